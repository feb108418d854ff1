import type { z } from 'zod';
import type { Org } from '../kernel/context.ts';
import type { Card } from '../view/card.ts';

/** Who gets a message: a member in a direct message on the platforms they use, or the people of a role. */
export type Audience = { memberId: string } | { role: 'admin' | 'manager' | 'finance' };

/** A message the service sends by itself. `dedupeKey` makes a second one with the same key impossible. */
export interface NotificationDefinition<P> {
  name: string;
  payload: z.ZodType<P>;
  audience(payload: P): Audience[];
  dedupeKey?(payload: P): string;
  render(payload: P, at: { org: Org; now: Date }): Card;
}

export function defineNotification<P>(spec: NotificationDefinition<P>): NotificationDefinition<P> {
  return spec;
}
