import type { Ctx } from '../../../runtime/context.ts';
import { on } from '../../../runtime/event.ts';
import { approvalChanged } from '../../org/approvals/api.ts';
import { changesUndone } from '../../org/audit/api.ts';
import { quoteChanged, quoteTerms } from '../../revenue/quotes/api.ts';
import {
  dealLost,
  dealMoved,
  dealPushed,
  dealReassigned,
  dealReopened,
  dealWon,
} from '../../sales/deals/api.ts';
import { leadCreated } from '../../sales/leads/api.ts';
import { allStages } from '../../sales/pipelines/api.ts';
import type { AlertKind, WatchedKind } from './kinds.ts';
import type { AlertFacts } from './model.ts';
import { evolve, type NewAlert, openAlerts, openNew, rulesOfKinds } from './queries.ts';
import { isSameFacts } from './rules.ts';
import { handOver, settle, settleRecord } from './settle.ts';
import { retell, tell } from './tell.ts';
import {
  accountOfContact,
  alertOfDeal,
  alertOfLead,
  dealsById,
  finders,
  subjectOfStep,
} from './watch-queries.ts';

/**
 * Something has come true. What holds of the record already goes on and is said anew where it stands; the rest is
 * told. Nobody wants to hear of it: nothing is written down.
 */
async function happened(ctx: Ctx, alert: NewAlert): Promise<void> {
  const open = (await openAlerts(ctx, { recordId: alert.recordId }, 20)).find(
    ({ kind }) => kind === alert.kind,
  );
  if (open && open.ownerId !== alert.ownerId) await handOver(ctx, [open]);
  else if (open) {
    await evolve(ctx, open.id, alert);
    return retell(ctx, [open.id]);
  }
  const rules = await rulesOfKinds(ctx, [alert.kind]);
  if (rules.length > 0) await tell(ctx, await openNew(ctx, [alert]));
}

/**
 * Says anew what an alert tells that only the watch opens: who is asked now, until when a quote stands now. What no
 * longer holds ends.
 */
async function refresh(ctx: Ctx, kind: WatchedKind, recordId: string): Promise<void> {
  const [open] = (await openAlerts(ctx, { recordId }, 20)).filter((alert) => alert.kind === kind);
  if (!open) return;
  await settle(ctx, [open]);
  const [found] = await finders[kind](ctx, recordId);
  if (!found) return;
  if (found.ownerId !== open.ownerId) return handOver(ctx, [open]);
  if (isSameFacts(found.facts, open.facts)) return;
  await evolve(ctx, open.id, found);
  await retell(ctx, [open.id]);
}

/** Of a deal as it is now: between the change and this it may have gone on. */
async function ofDeal(
  ctx: Ctx,
  kind: AlertKind,
  dealId: string,
  holds: (deal: Awaited<ReturnType<typeof dealsById>>[number]['deal']) => boolean,
  more: (deal: Awaited<ReturnType<typeof dealsById>>[number]['deal']) => Partial<AlertFacts>,
): Promise<void> {
  await settleRecord(ctx, dealId);
  const [found] = await dealsById(ctx, [dealId]);
  if (!found || found.deal.archivedAt !== null || !holds(found.deal)) return;
  await happened(ctx, alertOfDeal(kind, found, more(found.deal)));
}

export const subscriptions = [
  on(dealWon, 'alerts.won', (ctx, { dealId }) =>
    ofDeal(
      ctx,
      'won',
      dealId,
      ({ status }) => status === 'won',
      ({ reason }) => (reason === null ? {} : { reason }),
    ),
  ),
  on(dealLost, 'alerts.lost', (ctx, { dealId }) =>
    ofDeal(
      ctx,
      'lost',
      dealId,
      ({ status }) => status === 'lost',
      ({ reason, rival }) => ({
        ...(reason === null ? {} : { reason }),
        ...(rival === null ? {} : { rival }),
      }),
    ),
  ),
  on(dealMoved, 'alerts.moved', async (ctx, { dealId, back, fromStageId, toStageId }) => {
    if (!back) return settleRecord(ctx, dealId);
    const stages = await allStages(ctx);
    const named = (id: string) => {
      const stage = stages.find((one) => one.id === id);
      return stage && { name: stage.name, nameZh: stage.nameZh };
    };
    const [stage, fromStage] = [named(toStageId), named(fromStageId)];
    await ofDeal(
      ctx,
      'moved-back',
      dealId,
      ({ status, stageId }) => status === 'open' && stageId === toStageId,
      () => ({ ...(stage ? { stage } : {}), ...(fromStage ? { fromStage } : {}) }),
    );
  }),
  on(dealPushed, 'alerts.pushed', async (ctx, { dealId }) =>
    ofDeal(
      ctx,
      'pushed',
      dealId,
      ({ status, pushCount }) => status === 'open' && pushCount >= 2,
      ({ pushCount, closeOn }) => ({ count: pushCount, ...(closeOn === null ? {} : { on: closeOn }) }),
    ),
  ),
  on(dealReopened, 'alerts.reopened', (ctx, { dealId }) => settleRecord(ctx, dealId)),
  on(dealReassigned, 'alerts.reassigned', async (ctx, { dealId, ownerId }) => {
    await settleRecord(ctx, dealId);
    if (ownerId !== null) return;
    for (const found of await finders.unowned(ctx, dealId)) await happened(ctx, found);
  }),
  on(leadCreated, 'alerts.new-lead', async (ctx, { leadId }) => {
    const rules = await rulesOfKinds(ctx, ['new-lead']);
    const found = rules.length > 0 ? await alertOfLead(ctx, leadId) : undefined;
    if (found) await happened(ctx, found);
  }),
  on(approvalChanged, 'alerts.approval', (ctx, { approvalId }) => refresh(ctx, 'approval', approvalId)),
  on(quoteChanged, 'alerts.quote', (ctx, { dealId }) => refresh(ctx, 'quote-expiring', dealId)),
  on(changesUndone, 'alerts.undone', async (ctx, { records }) => {
    const ids = new Set<string>();
    for (const { kind, id } of records) {
      const about = await recordAbout(ctx, kind, id);
      if (about !== undefined) ids.add(about);
    }
    for (const id of ids) await settleRecord(ctx, id);
  }),
];

async function recordAbout(ctx: Ctx, kind: string, id: string): Promise<string | undefined> {
  switch (kind) {
    case 'deal':
    case 'lead':
    case 'account':
      return id;
    case 'next-step':
      return subjectOfStep(ctx, id);
    case 'contact':
      return accountOfContact(ctx, id);
    case 'quote':
      return (await quoteTerms(ctx, id))?.dealId;
    default:
      return undefined;
  }
}
