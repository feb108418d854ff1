import type { z } from 'zod';
import type { Ctx } from './context.ts';

/** Something that happened, named in the past tense (`deals.won`). The payload is JSON. */
export interface EventDefinition<P> {
  name: string;
  payload: z.ZodType<P>;
}

/** One subscriber; the pair (event, handler) is the unit of retry. Handlers are idempotent by event id. */
export interface Subscription {
  event: string;
  handler: string;
  run(ctx: Ctx, payload: unknown): Promise<void>;
}

export function defineEvent<P>(name: string, payload: z.ZodType<P>): EventDefinition<P> {
  return { name, payload };
}

/** Subscribes `handler` (unique name) to an event. It runs after the commit, in a transaction of its own. */
export function on<P>(
  event: EventDefinition<P>,
  handler: string,
  run: (ctx: Ctx, payload: P) => Promise<void>,
): Subscription {
  return { event: event.name, handler, run: (ctx, payload) => run(ctx, event.payload.parse(payload)) };
}
