import type { Ctx } from '../../../runtime/context.ts';
import { on } from '../../../runtime/event.ts';
import { approvalDecided } from '../../org/approvals/api.ts';
import { readMember } from '../../org/members/api.ts';
import { expiringQuotes, quoteChanged } from '../../revenue/quotes/api.ts';
import { dealLost, dealMoved, dealReassigned, dealWon } from '../../sales/deals/api.ts';
import { leadJudged } from '../../sales/leads/api.ts';
import { nextStepChanged } from '../../sales/next-steps/api.ts';
import { kindShape } from './model.ts';
import { digestMore, digestPosted, type Told } from './notifications.ts';
import { changeSaid, digestRow, runsAbout } from './queries.ts';
import { type Settling, withSettled } from './rules.ts';
import { placeOf } from './schedule.ts';

const dayMs = 86_400_000;

interface About {
  kind: string;
  id: string;
}

/**
 * Strikes through the lines about a record in the digests of the last day, where they stand. Not in a channel that
 * another company reads by now, nor where the digest was stopped since.
 */
async function settle(ctx: Ctx, records: readonly About[], what: Settling): Promise<void> {
  const keys = records.map(({ kind, id }) => `${kind}:${id}`);
  const runs = await runsAbout(ctx, keys, new Date(ctx.now.getTime() - dayMs));
  for (const { id, key, said, asOf } of runs) {
    const changed = said && withSettled(said.sections, records, what);
    if (!said || !changed) continue;
    const after = { ...said, sections: changed.sections };
    await changeSaid(ctx, id, after);
    const to = await receiverOf(ctx, key, asOf);
    if (!to) continue;
    const told: Told = { key, to, said: after };
    ctx.edit(digestPosted, told);
    if (changed.thread) ctx.edit(digestMore, told);
  }
}

/** A key begins with the kind and the destination. */
async function receiverOf(ctx: Ctx, key: string, asOf: Date): Promise<Told['to'] | undefined> {
  const [kind = '', destination = ''] = key.split(' ');
  const [what, id = ''] = destination.split(':');
  if (what === 'channel') {
    const target = { channelId: id };
    const [place, row] = await Promise.all([
      placeOf(ctx, target),
      digestRow(ctx, kindShape.parse(kind), target),
    ]);
    // One that was asked for at once needs none to be set up.
    const stoppedAt = row?.stoppedAt ?? row?.archivedAt;
    if (place?.channel?.isShared || (stoppedAt && stoppedAt >= asOf)) return undefined;
    return place?.to;
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
  on(approvalDecided, 'digests.approval-decided', (ctx, { approvalId }) =>
    settle(ctx, [{ kind: 'approval', id: approvalId }], 'decided'),
  ),
  on(quoteChanged, 'digests.quote-changed', async (ctx, { quoteId, dealId }) => {
    const expiring = await expiringQuotes(ctx, { all: true }, { dealId });
    if (expiring.some((quote) => quote.quoteId === quoteId)) return;
    await settle(ctx, [{ kind: 'quote', id: quoteId }], 'decided');
  }),
];
