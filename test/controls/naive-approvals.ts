/**
 * Controls: the product's approvals with one mistake each, for the model test to find. Yes is said by a copy of the
 * product's way that is right without a mistake, which the same run shows.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { approvals as feature } from '../../src/features/org/approvals/feature.ts';
import {
  askingOf,
  end,
  grant,
  note,
  requireKind,
  route,
  type Standing,
  turnOver,
} from '../../src/features/org/approvals/process.ts';
import {
  approvalsById,
  lockApproval,
  stepsOf,
  updateStep,
} from '../../src/features/org/approvals/queries.ts';
import { type ApprovalRow, approvalRecord } from '../../src/features/org/approvals/record.ts';
import { canonicalTerms, openPosition } from '../../src/features/org/approvals/rules.ts';
import { approvals } from '../../src/features/org/approvals/tables.ts';
import { approvalViewOf } from '../../src/features/org/approvals/view.ts';
import { watchApprovals } from '../../src/features/org/approvals/watch.ts';
import { internalRoles } from '../../src/kernel/context.ts';
import { AppError } from '../../src/kernel/errors.ts';
import type { Action } from '../../src/runtime/action.ts';
import type { ApprovalCase } from '../../src/runtime/approval-kind.ts';
import { type Ctx, memberOf } from '../../src/runtime/context.ts';
import type { Feature } from '../../src/runtime/feature.ts';
import type { Job } from '../../src/runtime/job.ts';
import { changeRecord } from '../../src/store/records.ts';

export const mistakes = [
  'no-lock',
  'stale-terms',
  'stale-role',
  'owner-decides',
  'creator-decides',
  'editor-decides',
  'undo-reopens',
  'counter-keeps-terms',
  'clock-reset',
  'settles-twice',
] as const;
export type Mistake = (typeof mistakes)[number];

/** How long a look without a lock is old when it is acted on. */
const gapMs = 30;

interface Said {
  approval: { id: string };
  percent?: number | undefined;
  note?: string | undefined;
  terms?: number | undefined;
}

export function approvalsWith(mistake: Mistake | undefined): Feature {
  const actions = feature.actions.map((action): Action => {
    if (action.name !== 'approvals.approve') return action;
    return {
      ...action,
      roles: mistake === 'stale-role' ? internalRoles : action.roles,
      run: (ctx: Ctx, said: never) => approve(ctx, said as Said, mistake),
    } as Action;
  });
  const jobs = (feature.jobs ?? []).map(
    (job): Job => (mistake === 'clock-reset' && job.name === watchApprovals.name ? watchAnew(job) : job),
  );
  const records = (feature.records ?? []).map((kind) => {
    const { irreversible, ...reversible } = kind;
    return mistake === 'undo-reopens' ? reversible : kind;
  });
  return { ...feature, actions, jobs, records };
}

const refusal = (code: 'conflict' | 'forbidden') => new AppError(code, 'refused');

async function approve(ctx: Ctx, said: Said, mistake: Mistake | undefined) {
  const row = await look(ctx, said.approval.id, mistake);
  if (row.status !== 'pending' && mistake !== 'settles-twice') throw refusal('conflict');
  const kind = requireKind(ctx, row.kind);
  const now = await kind.read(ctx, row.asked, { lock: mistake !== 'no-lock' });
  const isSame = now && canonicalTerms(now.terms) === canonicalTerms(row.terms);
  if (!now || (!isSame && mistake !== 'stale-terms'))
    return view(ctx, (await end(ctx, row, 'superseded')).row);
  if (row.expiresAt <= ctx.now) return view(ctx, (await end(ctx, row, 'expired')).row);
  if (said.terms !== undefined && said.terms !== row.termsVersion && mistake !== 'stale-terms') {
    throw refusal('conflict');
  }
  const standing = await standingOf(ctx, row, now, mistake);
  const { memberId } = memberOf(ctx);
  if (seatsOf(standing, memberId).length === 0 || memberId === row.requesterId) throw refusal('forbidden');
  const offered = said.percent === undefined ? standing : await offer(ctx, standing, said.percent, mistake);
  for (const { id } of seatsOf(offered, memberId)) {
    await updateStep(ctx, id, { state: 'passed', passedById: memberId, passedAt: ctx.now });
  }
  const turned =
    said.percent === undefined
      ? await turnOver(ctx, offered, await stepsOf(ctx, [offered.row.id]))
      : offered.row;
  const after = await standingOf(ctx, turned, await caseOf(ctx, offered), undefined, mistake);
  if (openPosition(after.steps) !== undefined) {
    return view(ctx, (await note(ctx, after.row, said.percent === undefined ? 'passed' : 'countered')).row);
  }
  if (mistake !== 'no-lock') return view(ctx, (await grant(ctx, after)).row);
  return view(ctx, await settleBlindly(ctx, after));
}

async function look(ctx: Ctx, id: string, mistake: Mistake | undefined): Promise<ApprovalRow> {
  const [seen] = mistake === 'no-lock' ? await approvalsById(ctx, [id]) : [await lockApproval(ctx, id)];
  if (!seen) throw refusal('conflict');
  if (mistake === 'no-lock') await sleep(gapMs);
  return seen;
}

async function caseOf(ctx: Ctx, { kind, row }: Standing): Promise<ApprovalCase> {
  const now = await kind.read(ctx, row.asked);
  if (!now) throw refusal('conflict');
  return now;
}

/** As people and rules stand; with mistakes: as they stood at the last look, or whoever owns it. */
async function standingOf(
  ctx: Ctx,
  row: ApprovalRow,
  now: ApprovalCase,
  mistake: Mistake | undefined,
  routedWith: Mistake | undefined = mistake,
): Promise<Standing> {
  const before = await stepsOf(ctx, [row.id]);
  const standing = await route(ctx, row, requireKind(ctx, row.kind), freed(now, routedWith));
  if (mistake !== 'stale-role') return standing;
  const asking = await askingOf(ctx, row.requesterId, now, row.requestedAt);
  return { ...standing, steps: before, asking };
}

/** With one of those who have a hand in it let in; the creator is told first, the last editor last. */
function freed(now: ApprovalCase, mistake: Mistake | undefined): ApprovalCase {
  if (mistake === 'owner-decides') return { ...now, ownerId: null };
  if (mistake === 'creator-decides') return { ...now, involvedIds: now.involvedIds.slice(1) };
  return mistake === 'editor-decides' ? { ...now, involvedIds: now.involvedIds.slice(0, 1) } : now;
}

function seatsOf({ steps, asking }: Standing, memberId: string) {
  if (asking.excluded.has(memberId)) return [];
  return steps.filter(
    ({ state, seats }) => state === 'open' && seats.some((seat) => seat.memberId === memberId),
  );
}

async function offer(
  ctx: Ctx,
  standing: Standing,
  percentBasisPoints: number,
  mistake: Mistake | undefined,
): Promise<Standing> {
  const { row, kind } = standing;
  const asked = await kind.counter?.(ctx, row.asked, { percentBasisPoints });
  const now = asked && (await kind.read(ctx, asked));
  if (!now) throw refusal('conflict');
  const terms = mistake === 'counter-keeps-terms' ? {} : { asked, terms: now.terms, facts: now.facts };
  const changed = await changeRecord(ctx, approvalRecord, row, {
    ...terms,
    termsVersion: row.termsVersion + 1,
    counteredById: memberOf(ctx).memberId,
  });
  return standingOf(ctx, changed, mistake === 'counter-keeps-terms' ? standing.case : now, mistake);
}

/** Ends a request whatever has become of it since the look. */
async function settleBlindly(ctx: Ctx, { row, kind }: Standing): Promise<ApprovalRow> {
  const status = row.counteredById === null ? ('approved' as const) : ('countered' as const);
  const decided = {
    status,
    decidedById: memberOf(ctx).memberId,
    decidedAt: ctx.now,
    decidedVia: ctx.platform,
  };
  await ctx.tx.update(approvals).set(decided).where(eq(approvals.id, row.id));
  await kind.grant(ctx, row.asked, { id: row.id, number: `A-${row.number}` });
  ctx.changed({
    kind: 'approval',
    recordId: row.id,
    number: `A-${row.number}`,
    op: 'update',
    version: row.version + 1,
    before: { status: row.status },
    after: { status },
  });
  return row;
}

const view = (ctx: Ctx, { id }: ApprovalRow) => approvalViewOf(ctx, id);

/** Who is called in gets the whole time once more. */
function watchAnew(job: Job): Job {
  return {
    ...job,
    async run(ctx, payload) {
      await job.run(ctx, payload);
      const later = new Date(ctx.now.getTime() + 40 * 3_600_000);
      const called = ctx.tx.update(approvals).set({ expiresAt: later });
      await called.where(eq(approvals.status, 'pending'));
    },
  };
}
