import { z } from 'zod';
import type { Ctx } from '../../../runtime/context.ts';
import { defineEvent } from '../../../runtime/event.ts';
import { subjectKinds } from './model.ts';
import type { NextStepRow } from './record.ts';

/**
 * A person did something to a next step. `set`: it is new; `replaced`: another one was set, or its record needs
 * none any more (deal won or lost, lead dropped). What an import writes is not told.
 */
export const nextStepChanged = defineEvent(
  'next-steps.changed',
  z.strictObject({
    subject: z.strictObject({ kind: z.enum(subjectKinds), id: z.uuid() }),
    stepId: z.uuid(),
    ownerId: z.uuid(),
    what: z.enum(['set', 'done', 'snoozed', 'replaced']),
  }),
);

/** Emits next-steps.changed for a step as it was read or written. */
export function tell(ctx: Ctx, step: NextStepRow, what: 'set' | 'done' | 'snoozed' | 'replaced'): void {
  const { id: stepId, ownerId, subjectKind: kind, subjectId: id } = step;
  ctx.emit(nextStepChanged, { subject: { kind, id }, stepId, ownerId, what });
}
