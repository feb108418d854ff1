import type { When } from '../../../kernel/fields.ts';
import type { Ctx } from '../../../runtime/context.ts';
import type { DigestRow, DigestScope } from '../../../runtime/digest.ts';
import { changeRecord, createRecord } from '../../../store/records.ts';
import { stopPlanClock } from '../leads/api.ts';
import { tell } from './events.ts';
import type { StepView, StoppedClock, Subject } from './model.ts';
import { lateSteps, openRow, openStep } from './queries.ts';
import { type NextStepRow, nextStepRecord } from './record.ts';

export { nextStepChanged } from './events.ts';
export type { StepView, StoppedClock, Subject } from './model.ts';

export interface NewStep {
  subject: Subject;
  text: string;
  due: When;
  /** Who is to do it. */
  ownerId: string;
}

/**
 * The open next step of a lead, deal or account. Cards of these records show it by themselves (record section);
 * this is for rules ("an open deal may not end without one").
 */
export function openStepOf(ctx: Ctx, subjectId: string): Promise<StepView | undefined> {
  return openStep(ctx, subjectId);
}

/**
 * Files the next step of a record in place of its open one, and stops the plan clock that runs for a lead or for
 * the deal it became. Rights on the subject and past times are the caller's to check.
 */
export async function setStep(
  ctx: Ctx,
  { subject, text, due, ownerId }: NewStep,
): Promise<{ step: NextStepRow; clock: StoppedClock | undefined }> {
  const earlier = await openRow(ctx, subject.id);
  if (earlier) await replace(ctx, earlier);
  const step = await createRecord(ctx, nextStepRecord, {
    subjectKind: subject.kind,
    subjectId: subject.id,
    ownerId,
    text,
    dueOn: due.on,
    dueAt: due.at === undefined ? null : new Date(due.at),
    status: 'open',
  });
  tell(ctx, step, 'set');
  const clock =
    subject.kind === 'account' ? undefined : await stopPlanClock(ctx, { kind: subject.kind, id: subject.id });
  return { step, clock };
}

/** Ends the open step of a record that is finished (deal won or lost, lead dropped); none open: nothing happens. */
export async function endStep(ctx: Ctx, subjectId: string): Promise<void> {
  const row = await openRow(ctx, subjectId);
  if (row) await replace(ctx, row);
}

/** Hands the open step on with the work: a lead's to its deal. One that is open there already stays instead. */
export async function moveStep(ctx: Ctx, fromId: string, to: Subject): Promise<boolean> {
  const row = await openRow(ctx, fromId);
  if (!row) return false;
  const taken = await openRow(ctx, to.id);
  if (taken) await replace(ctx, row);
  else await changeRecord(ctx, nextStepRecord, row, { subjectKind: to.kind, subjectId: to.id });
  return !taken;
}

/** The open step goes with its record to the new owner. */
export async function assignStep(ctx: Ctx, subjectId: string, ownerId: string): Promise<void> {
  const row = await openRow(ctx, subjectId);
  if (row) await changeRecord(ctx, nextStepRecord, row, { ownerId });
}

/** Open steps that should have been done by now, as figures list them; none is left out, however many there are. */
export async function overdueSteps(
  ctx: Ctx,
  scope: Pick<DigestScope, 'owners' | 'on' | 'now'>,
): Promise<DigestRow[]> {
  const steps = await lateSteps(ctx, scope.owners, scope);
  return steps.map(({ id, ownerId }) => ({ kind: nextStepRecord.kind, id, ownerId }));
}

async function replace(ctx: Ctx, row: NextStepRow): Promise<void> {
  await changeRecord(ctx, nextStepRecord, row, { status: 'replaced' });
  tell(ctx, row, 'replaced');
}
