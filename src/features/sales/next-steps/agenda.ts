import type { Ctx } from '../../../runtime/context.ts';
import { dueReviewsOf, runningClocksOf } from '../leads/api.ts';
import type { StepView, SubjectView, TodayRow } from './model.ts';
import { dueSteps, unplannedDeals } from './queries.ts';
import { nextStepRecord } from './record.ts';
import { isLate } from './rules.ts';

/** One line of a person's day: what is shown, and the record a row number stands for. */
export interface AgendaEntry {
  shown: Omit<TodayRow, 'row'>;
  record: { kind: string; id: string };
}

/** Reads one part of a member's day, at most `limit` entries of it. */
export type AgendaPart = (ctx: Ctx, memberId: string, today: string, limit: number) => Promise<AgendaEntry[]>;

/** Overdue steps, then those due today. */
export const steps: AgendaPart = async (ctx, memberId, today, limit) => {
  const entries = (await dueSteps(ctx, memberId, today, limit)).map((step) =>
    stepEntry(step, today, ctx.now),
  );
  const late = entries.filter(({ shown }) => shown.group === 'overdue');
  return [...late, ...entries.filter(({ shown }) => shown.group === 'today')];
};

/** Follow-up plans that are owed. */
export const clocks: AgendaPart = async (ctx, memberId, _today, limit) =>
  (await runningClocksOf(ctx, memberId, limit)).map(({ planDueAt, ...subject }) =>
    recordEntry('clock', subject, { dueAt: planDueAt.toISOString() }),
  );

/** Open deals nobody has planned for. */
export const unplanned: AgendaPart = async (ctx, memberId, _today, limit) =>
  (await unplannedDeals(ctx, memberId, limit)).map((deal) => recordEntry('unplanned', deal));

/** Nurtured leads to be looked at again. */
export const reviews: AgendaPart = async (ctx, memberId, today, limit) =>
  (await dueReviewsOf(ctx, memberId, today, limit)).map(({ reviewOn, ...lead }) =>
    recordEntry('review', { kind: 'lead', ...lead }, { dueOn: reviewOn }),
  );

/** The list of `today`: at most so many of each part; the rest comes up as these are done. */
const parts: readonly { read: AgendaPart; limit: number }[] = [
  { read: steps, limit: 15 },
  { read: clocks, limit: 8 },
  { read: unplanned, limit: 5 },
  { read: reviews, limit: 5 },
];

export async function agendaOf(
  ctx: Ctx,
  memberId: string,
  today: string,
): Promise<{ entries: AgendaEntry[]; hasMore: boolean }> {
  const found = await Promise.all(parts.map(({ read, limit }) => read(ctx, memberId, today, limit + 1)));
  return {
    entries: found.flatMap((entries, index) => entries.slice(0, parts[index]?.limit)),
    hasMore: found.some((entries, index) => entries.length > (parts[index]?.limit ?? 0)),
  };
}

function stepEntry(step: StepView & { id: string }, today: string, now: Date): AgendaEntry {
  const { subject, text, dueOn, dueAt } = step;
  return {
    shown: { group: isLate(step, today, now) ? 'overdue' : 'today', subject, text, dueOn, dueAt },
    record: { kind: nextStepRecord.kind, id: step.id },
  };
}

function recordEntry(
  group: TodayRow['group'],
  { id, kind, number, name }: SubjectView & { id: string },
  due: { dueOn?: string; dueAt?: string } = {},
): AgendaEntry {
  const subject = { kind, number, name };
  return {
    shown: { group, subject, text: null, dueOn: due.dueOn ?? null, dueAt: due.dueAt ?? null },
    record: { kind, id },
  };
}
