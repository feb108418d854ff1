import type { Ctx } from '../../../runtime/context.ts';
import { stagesOf } from '../../sales/pipelines/api.ts';
import { isWatched } from './kinds.ts';
import type { AlertEnding } from './model.ts';
import { endAlerts, openAlerts } from './queries.ts';
import type { AlertRow } from './record.ts';
import { endingOf } from './rules.ts';
import { retell } from './tell.ts';
import { approvalEnding, quoteEnding } from './waiting-queries.ts';
import { archivedOf, type DealFound, dealsById, finders } from './watch-queries.ts';

/** Alerts of one record; it has one of each kind at most. */
const mostOfRecord = 20;

/** Ends what no longer holds of a record, and says so where it was told. */
export async function settleRecord(ctx: Ctx, recordId: string): Promise<void> {
  await settle(ctx, await openAlerts(ctx, { recordId }, mostOfRecord));
}

/** The same for alerts that are still taken to hold. */
export async function settle(ctx: Ctx, alerts: readonly AlertRow[]): Promise<void> {
  if (alerts.length === 0) return;
  const dealIds = alerts.filter(({ recordKind }) => recordKind === 'deal').map(({ recordId }) => recordId);
  const deals = new Map((await dealsById(ctx, [...new Set(dealIds)])).map((found) => [found.deal.id, found]));
  const ended = new Map<AlertEnding, string[]>();
  for (const alert of alerts) {
    const ending = await endingNow(ctx, alert, deals.get(alert.recordId));
    if (ending) ended.set(ending, [...(ended.get(ending) ?? []), alert.id]);
  }
  for (const [ending, ids] of ended) await endAlerts(ctx, ids, ending);
  await retell(ctx, [...ended.values()].flat());
}

/** Ends alerts of records that are somebody else's by now: those told of them may not see what comes next. */
export async function handOver(ctx: Ctx, alerts: readonly AlertRow[]): Promise<void> {
  const ids = alerts.map(({ id }) => id);
  await endAlerts(ctx, ids, 'handed-over');
  await retell(ctx, ids);
}

async function endingNow(
  ctx: Ctx,
  alert: AlertRow,
  found: DealFound | undefined,
): Promise<AlertEnding | undefined> {
  const { kind, recordKind, recordId } = alert;
  if (isWatched(kind)) {
    const [holds] = await finders[kind](ctx, recordId);
    return holds ? undefined : overBy(ctx, alert, found);
  }
  if (recordKind !== 'deal' || kind === 'new-lead') {
    const isGone = isArchivable(recordKind) && (await archivedOf(ctx, recordKind, recordId));
    return isGone ? 'archived' : undefined;
  }
  if (!found) return 'archived';
  const { status, archivedAt, pushCount } = found.deal;
  const deal = { status, isArchived: archivedAt !== null, pushCount, position: found.stage.position };
  const movedTo = kind === 'moved-back' ? await placeOf(ctx, alert) : undefined;
  return endingOf(kind, deal, movedTo);
}

function isArchivable(kind: AlertRow['recordKind']): kind is 'lead' | 'account' {
  return kind === 'lead' || kind === 'account';
}

/** How something that was looked for regularly is over. */
export async function overBy(
  ctx: Ctx,
  alert: Pick<AlertRow, 'kind' | 'recordKind' | 'recordId' | 'facts'>,
  found: Pick<DealFound, 'deal'> | undefined,
): Promise<AlertEnding> {
  const { kind, recordKind, recordId } = alert;
  if (recordKind === 'approval') return approvalEnding(ctx, recordId);
  if (recordKind === 'deal') {
    if (!found || found.deal.archivedAt !== null) return 'archived';
    if (found.deal.status !== 'open') return 'closed';
  } else if (await archivedOf(ctx, recordKind, recordId)) {
    return 'archived';
  }
  if (kind === 'quote-expiring') return quoteEnding(ctx, alert);
  return kind === 'stuck' ? 'moved-on' : 'done';
}

/** The place of the stage a deal fell back to; a stage that was removed has none. */
async function placeOf(ctx: Ctx, { facts }: AlertRow): Promise<number | undefined> {
  const stages = await stagesOf(ctx);
  return stages.find(({ name }) => name === facts.stage?.name)?.position;
}
