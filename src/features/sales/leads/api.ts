import type { Ctx } from '../../../runtime/context.ts';
import { changeRecord } from '../../../store/records.ts';
import { clocksOf } from './digest-queries.ts';
import { dueReviews, type LeadReview, type RunningClock, runningClock } from './queries.ts';
import { leadRecord } from './record.ts';
import { workingMinutesLeft } from './rules.ts';

export { leadCreated, leadJudged } from './events.ts';
export type { LeadView } from './model.ts';
export type { LeadReview, RunningClock } from './queries.ts';
export { readLead } from './queries.ts';
export { workingMinutesLeft } from './rules.ts';
export { dayText, durationText, instantText, sourceText } from './words.ts';

/**
 * Stops the plan clock of a lead, or of the lead a deal came from, because a plan was filed now. Says how many
 * working minutes were left (negative: that late); `undefined` if no clock was running.
 */
export async function stopPlanClock(
  ctx: Ctx,
  subject: { kind: 'lead' | 'deal'; id: string },
): Promise<{ minutesLeft: number } | undefined> {
  const lead = await runningClock(ctx, subject);
  if (!lead?.planDueAt) return undefined;
  await changeRecord(ctx, leadRecord, lead, { planFiledAt: ctx.now });
  return { minutesLeft: workingMinutesLeft(ctx.now, lead.planDueAt, ctx.org) };
}

/** Leads of a member, and deals they became, whose follow-up plan is still owed; the most urgent first. */
export function runningClocksOf(ctx: Ctx, memberId: string, limit: number): Promise<RunningClock[]> {
  return clocksOf(ctx, { memberIds: [memberId] }, { limit });
}

/** Nurtured leads of a member to be looked at again by `today`. */
export function dueReviewsOf(
  ctx: Ctx,
  memberId: string,
  today: string,
  limit: number,
): Promise<LeadReview[]> {
  return dueReviews(ctx, memberId, today, limit);
}
