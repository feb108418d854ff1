import type { Ctx } from '../../../runtime/context.ts';
import { on } from '../../../runtime/event.ts';
import { readMember } from '../../org/members/api.ts';
import { dealLost, dealMoved, dealReassigned, dealWon } from '../../sales/deals/api.ts';
import { leadJudged } from '../../sales/leads/api.ts';
import { nextStepChanged } from '../../sales/next-steps/api.ts';
import { digestMore, digestPosted, type Told } from './notifications.ts';
import { changeSaid, runsAbout } from './queries.ts';
import { type Settling, withSettled } from './rules.ts';
import { placeOf } from './schedule.ts';

const dayMs = 86_400_000;

interface About {
  kind: string;
  id: string;
}

/** Strikes through the lines about a record in the digests of the last day, where they stand. */
async function settle(ctx: Ctx, records: readonly About[], what: Settling): Promise<void> {
  const keys = records.map(({ kind, id }) => `${kind}:${id}`);
  const runs = await runsAbout(ctx, keys, new Date(ctx.now.getTime() - dayMs));
  for (const { id, key, said } of runs) {
    const changed = said && withSettled(said.sections, records, what);
    if (!said || !changed) continue;
    const after = { ...said, sections: changed.sections };
    await changeSaid(ctx, id, after);
    const to = await receiverOf(ctx, key);
    if (!to) continue;
    const told: Told = { key, to, said: after };
    ctx.edit(digestPosted, told);
    if (changed.thread) ctx.edit(digestMore, told);
  }
}

/** A key begins with the kind and the destination. */
async function receiverOf(ctx: Ctx, key: string): Promise<Told['to'] | undefined> {
  const [, destination = ''] = key.split(' ');
  const [what, id = ''] = destination.split(':');
  if (what === 'channel') {
    const place = await placeOf(ctx, { channelId: id });
    return place?.channel?.isShared ? undefined : place?.to;
  }
  return (await readMember(ctx, id)) && { memberId: id };
}

export const subscriptions = [
  on(nextStepChanged, 'digests.next-step-changed', (ctx, { subject, stepId, what }) =>
    settle(ctx, [{ kind: 'next-step', id: stepId }, subject], what === 'set' ? 'planned' : 'done'),
  ),
  on(dealMoved, 'digests.deal-moved', (ctx, { dealId }) =>
    settle(ctx, [{ kind: 'deal', id: dealId }], 'moved'),
  ),
  on(dealWon, 'digests.deal-won', (ctx, { dealId }) => settle(ctx, [{ kind: 'deal', id: dealId }], 'closed')),
  on(dealLost, 'digests.deal-lost', (ctx, { dealId }) =>
    settle(ctx, [{ kind: 'deal', id: dealId }], 'closed'),
  ),
  on(dealReassigned, 'digests.deal-reassigned', (ctx, { dealId }) =>
    settle(ctx, [{ kind: 'deal', id: dealId }], 'assigned'),
  ),
  on(leadJudged, 'digests.lead-judged', (ctx, { leadId }) =>
    settle(ctx, [{ kind: 'lead', id: leadId }], 'judged'),
  ),
];
