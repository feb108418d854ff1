import { z } from 'zod';
import { scheduledRun } from '../../../kernel/schedule.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { on } from '../../../runtime/event.ts';
import { defineJob } from '../../../runtime/job.ts';
import type { Timer } from '../../../runtime/scheduler.ts';
import { memberChanged } from '../members/api.ts';
import { policyChanged, reviewWanted } from './events.ts';
import { grant, note, type Standing, stand } from './process.ts';
import { approvalsById, pendingIds, stepsOf, updateStep } from './queries.ts';
import type { StepRow } from './record.ts';
import { nextInLine } from './routing.ts';
import { openPosition } from './rules.ts';
import { reviewPlaces } from './standing.ts';
import { tellIfStuck } from './stuck.ts';

/** Who is asked in which open step, in a form that tells differences. */
function askedNow(steps: readonly StepRow[]): string {
  return JSON.stringify(
    steps
      .filter(({ state }) => state === 'open')
      .map(({ seats }) => seats.map(({ memberId, why }) => [memberId, why])),
  );
}

/**
 * Looks at a pending request again: ends it when it has lost its ground, grants it when by the rules of now nobody
 * is left to ask, and says why when it goes another way or nowhere.
 */
async function review(ctx: Ctx, id: string): Promise<Standing | undefined> {
  const [before] = await approvalsById(ctx, [id]);
  const steps = await stepsOf(ctx, [id]);
  const found = await stand(ctx, id);
  if (!found || !before || 'ended' in found) return undefined;
  if (openPosition(found.steps) === undefined) {
    await grant(ctx, found);
    return undefined;
  }
  if (askedNow(steps) !== askedNow(found.steps)) {
    const why = before.policyVersion === found.row.policyVersion ? 'people' : 'policy';
    await note(ctx, found.row, 'rerouted', { details: { why } });
  }
  // Nobody else may be asked now, and yet nobody who is may grant it any more.
  await tellIfStuck(ctx, found.row);
  return found;
}

/** Calls in whoever comes next where an answer takes too long; the clock of the request runs on. */
async function hurry(ctx: Ctx, id: string): Promise<void> {
  const found = await review(ctx, id);
  if (!found) return;
  const { row, asking } = found;
  for (const step of found.steps) {
    const isLate = step.escalateAt !== null && step.escalateAt <= ctx.now;
    if (step.state !== 'open' || step.escalatedAt !== null || !isLate) continue;
    const called = await nextInLine(ctx, step.part, asking, step.seats);
    await updateStep(ctx, step.id, { escalatedAt: ctx.now, seats: [...step.seats, ...called] });
    await note(ctx, row, 'escalated', { details: { added: called.length } });
  }
}

/** More than these are looked at each in a transaction of its own: none keeps others, or their deals, waiting. */
const mostTogether = 20;

/** Looks again at everything that waits, of one kind or of all. */
export async function reviewAll(ctx: Ctx, filter: { kind?: string } = {}): Promise<void> {
  const ids = await pendingIds(ctx, filter);
  if (ids.length > mostTogether) for (const approvalId of ids) ctx.emit(reviewWanted, { approvalId });
  else for (const id of ids) await hurry(ctx, id);
}

/** Looks after requests that wait: time, people who left, substitutes whose days begin or end, where they stand. */
export const watchApprovals = defineJob({
  name: 'approvals.watch',
  payload: z.object({ schedule: scheduledRun.optional() }),
  async run(ctx) {
    await reviewAll(ctx);
    await reviewPlaces(ctx);
  },
});

export const watchTimer: Timer = { job: watchApprovals.name, rule: { every: 'minutes', minutes: 15 } };

export const reviewSubscriptions = [
  on(reviewWanted, 'approvals.review', (ctx, { approvalId }) => hurry(ctx, approvalId)),
  on(memberChanged, 'approvals.people-changed', (ctx) => reviewAll(ctx)),
  on(policyChanged, 'approvals.policy-changed', (ctx, { kind }) => reviewAll(ctx, { kind })),
];

/** Looks again at what is pending about these subjects: something about them has changed. */
export async function reviewSubjects(ctx: Ctx, kind: string, subjectIds: readonly string[]): Promise<void> {
  if (subjectIds.length === 0) return;
  for (const id of await pendingIds(ctx, { kind, subjectIds })) await review(ctx, id);
}
