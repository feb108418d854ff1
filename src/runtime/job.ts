import type { z } from 'zod';
import type { Ctx } from './context.ts';

/** Work that runs after the answer, at least once, as a system actor. */
export interface Job {
  name: string;
  payload: z.ZodType;
  run(ctx: Ctx, payload: unknown): Promise<void>;
}

export function defineJob<P>(job: {
  name: string;
  payload: z.ZodType<P>;
  run(ctx: Ctx, payload: P): Promise<void>;
}): Job {
  return { ...job, run: (ctx, payload) => job.run(ctx, job.payload.parse(payload)) };
}
