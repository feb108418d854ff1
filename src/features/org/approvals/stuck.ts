import { dayIn } from '../../../kernel/dates.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { approvalStuck, type StuckWhy } from './notifications.ts';
import { turns } from './process.ts';
import { currentPolicy, stepsOf } from './queries.ts';
import type { ApprovalRow } from './record.ts';
import { anyReaches, seatsFor } from './routing.ts';
import { lacksDeciders } from './rules.ts';
import { approvalViewOf } from './view.ts';

/** What nobody can bring to an end is told to the admins, also where other people are asked first or beside it. */
export async function tellIfStuck(ctx: Ctx, row: ApprovalRow): Promise<void> {
  const why = row.status === 'pending' ? await whyStuck(ctx, row) : undefined;
  if (!why) return;
  const view = await approvalViewOf(ctx, row.id);
  ctx.notify(approvalStuck, { view, why, on: dayIn(ctx.now, ctx.org.timeZone) });
}

/** By people and rules of now. */
async function whyStuck(ctx: Ctx, row: ApprovalRow): Promise<StuckWhy | undefined> {
  const steps = await stepsOf(ctx, [row.id]);
  const { open, later } = turns(steps);
  if (lacksDeciders(open)) return 'people';
  const { rules: policy } = await currentPolicy(ctx, row.kind);
  if (policy.limits.length === 0) return undefined;
  const asking = { requesterId: row.requesterId, excluded: new Set(row.involvedIds) };
  const people = steps.flatMap(({ passedById }) => passedById ?? []);
  people.push(...open.flatMap(({ seats }) => seats.map(({ memberId }) => memberId)));
  for (const { part } of later) {
    people.push(...(await seatsFor(ctx, part, asking)).map(({ memberId }) => memberId));
  }
  return (await anyReaches(ctx, policy, row.facts, people)) ? undefined : 'limits';
}
