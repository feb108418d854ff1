import { AppError } from '../../../kernel/errors.ts';
import { f, type Ref } from '../../../kernel/fields.ts';
import { command } from '../../../kernel/text.ts';
import { type Ctx, memberOf } from '../../../runtime/context.ts';
import { readRecord } from '../../../store/records.ts';
import type { Press } from '../../../view/press.ts';
import { requireWrite } from '../../org/members/api.ts';
import { t } from './messages.ts';
import { openRow, type SubjectFacts, shownList } from './queries.ts';
import { type NextStepRow, nextStepRecord } from './record.ts';
import { isStale } from './rules.ts';
import { labelOf, openPress, subjectLookups, subjectOf } from './subjects.ts';
import { statusTexts } from './words.ts';

/** How `done` and `snooze` are told which step: by its row in the list last shown, or by its record. */
export const stepFields = () => ({
  row: f.number(t('row'), { min: 1, max: 99, hint: t('row-hint', { today: command('today') }) }).optional(),
  subject: f.ref(subjectLookups, t('subject')).optional(),
});

export const stepNeeded = {
  path: ['subject'],
  params: { missing: true, message: t('which-step') },
};

export interface StepChoice {
  row?: number | undefined;
  subject?: Ref | undefined;
}

export interface MeantStep {
  step: NextStepRow;
  subject: SubjectFacts;
}

/** Rows of a list that is more than a day old, or was never shown, are not acted on: the list comes (again). */
export async function whenStale(ctx: Ctx, { row }: StepChoice): Promise<Press | undefined> {
  if (row === undefined) return undefined;
  const list = await shownList(ctx, memberOf(ctx).memberId);
  return list && !isStale(list.shownAt, ctx.now)
    ? undefined
    : { a: 'next-steps.today', i: { isAgain: true } };
}

/** The open step that is meant, if the actor may change it. Throws AppError with the way on. */
export async function meantStep(ctx: Ctx, choice: StepChoice): Promise<MeantStep> {
  const found = choice.row === undefined ? await bySubject(ctx, choice) : await byRow(ctx, choice.row);
  const { step, subject } = found;
  if (step.ownerId !== memberOf(ctx).memberId) {
    await requireWrite(ctx, { ownerId: subject.ownerId ?? step.ownerId, label: labelOf(subject) });
  }
  return found;
}

async function bySubject(ctx: Ctx, { subject: ref }: StepChoice): Promise<MeantStep> {
  if (!ref) throw new AppError('invalid_input', t('which-step'));
  const subject = await subjectOf(ctx, ref);
  const step = await openRow(ctx, subject.id);
  if (!step) throw noStep(subject);
  return { step, subject };
}

async function byRow(ctx: Ctx, row: number): Promise<MeantStep> {
  const list = await shownList(ctx, memberOf(ctx).memberId);
  const meant = list?.rows[row - 1];
  if (!meant) {
    throw new AppError('not_found', t('no-row', { row, rows: list?.rows.length ?? 0 }), {
      waysOut: [{ label: t('show-list'), action: 'next-steps.today', input: {} }],
    });
  }
  if (meant.kind !== nextStepRecord.kind) throw noStep(await subjectOf(ctx, meant));
  const step = await readRecord(ctx, nextStepRecord, meant.id);
  if (!step) throw new AppError('not_found', t('gone'));
  const subject = await subjectOf(ctx, { kind: step.subjectKind, id: step.subjectId });
  if (step.status !== 'open' || step.archivedAt !== null) {
    const status = step.archivedAt === null ? statusTexts[step.status] : t('status-gone');
    throw new AppError(
      'conflict',
      t('not-open', { row, record: labelOf(subject), text: step.text, status }),
      {
        waysOut: [{ label: t('show-list'), action: 'next-steps.today', input: {} }],
      },
    );
  }
  return { step, subject };
}

function noStep(subject: SubjectFacts): AppError {
  const { a: action, i: input } = openPress(subject);
  return new AppError('rule', t('no-step', { record: labelOf(subject) }), {
    waysOut: [
      { label: t('set-step'), action: 'next-steps.set', input: { subject: subject.number } },
      { label: t('open-it'), action, input },
    ],
  });
}
