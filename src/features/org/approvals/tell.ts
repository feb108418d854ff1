import type { Locale } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { on } from '../../../runtime/event.ts';
import type { Audience } from '../../../runtime/notification.ts';
import { channelDestination } from '../channels/api.ts';
import { isFor, reachReader } from './desk-scope.ts';
import { approvalChanged, placesChanged } from './events.ts';
import type { ApprovalView, LogView } from './model.ts';
import {
  approvalAnswered,
  approvalAsked,
  approvalLogged,
  approvalReminder,
  approvalSaid,
} from './notifications.ts';
import { approvalsById, keepApproval, keepDesksOf, logEntry } from './queries.ts';
import type { ApprovalRow } from './record.ts';
import { tellIfStuck } from './stuck.ts';
import { approvalViewOf, logViewOf } from './view.ts';

/** Desks that get a request, as people and rights stand now, as places. */
async function deskPlaces(ctx: Ctx, row: ApprovalRow): Promise<Audience[]> {
  const reachOf = reachReader(ctx);
  const places: Audience[] = [];
  for (const { channel, desk } of await keepDesksOf(ctx, row.kind)) {
    if (!(await isFor(ctx, row, desk, await reachOf(desk)))) continue;
    const { timeZone } = channel;
    places.push({ channel: { ...channelDestination(channel), locale: channel.locale as Locale, timeZone } });
  }
  return places;
}

/** The card of a request with every place it is for. */
async function cardNow(ctx: Ctx, row: ApprovalRow): Promise<{ view: ApprovalView; places: Audience[] }> {
  const view = await approvalViewOf(ctx, row.id, { blocks: true });
  const asked = view.seats.map(({ memberId }): Audience => ({ memberId }));
  return { view: { ...view, log: toldLog(view.log) }, places: [...asked, ...(await deskPlaces(ctx, row))] };
}

/**
 * Shows what was done about a request: its card everywhere, the log under it, and whoever has to know. May run again
 * for the same entry: every message has its key.
 */
async function tell(ctx: Ctx, approvalId: string, logId: string): Promise<void> {
  // Until the commit nobody decides: their news would otherwise be queued before ours, and the card that waits for an
  // answer posted after it has been given.
  await keepApproval(ctx, approvalId);
  const [row] = await approvalsById(ctx, [approvalId]);
  const found = await logEntry(ctx, logId);
  if (!row || !found) return;
  const card = await cardNow(ctx, row);
  const { view, places } = card;
  const entry = logViewOf(found);
  if (view.status === 'pending') ctx.notify(approvalAsked, card);
  if (entry.entry === 'asked') return;
  ctx.edit(approvalAsked, card);
  ctx.notify(approvalLogged, { view, logId, entry, places: places.filter((place) => 'channel' in place) });
  tellPeople(ctx, { view, logId, entry, actorId: found.memberId });
  await tellIfStuck(ctx, row);
}

/** Shows the card of a request where it is for, and takes it out of channels it is not for any more. */
async function moveCard(ctx: Ctx, approvalId: string): Promise<void> {
  await keepApproval(ctx, approvalId);
  const [row] = await approvalsById(ctx, [approvalId]);
  if (row) ctx.edit(approvalAsked, await cardNow(ctx, row));
}

/** The last few entries, and those the outcome is told with: what was asked for and what was offered. */
function toldLog(log: readonly LogView[]): LogView[] {
  return log.filter(
    ({ entry }, index) => entry === 'asked' || entry === 'countered' || index >= log.length - 3,
  );
}

interface Told {
  view: ApprovalView;
  logId: string;
  entry: LogView;
  actorId: string | null;
}

function tellPeople(ctx: Ctx, { view, logId, entry, actorId }: Told): void {
  const { requester, seats, status } = view;
  const others = [requester.memberId, ...seats.map(({ memberId }) => memberId)].filter(
    (id) => id !== actorId,
  );
  const places = [...new Set(others)].map((memberId): Audience => ({ memberId }));
  switch (entry.entry) {
    case 'said':
      ctx.notify(approvalSaid, { view, logId, entry, places });
      break;
    case 'escalated': {
      const seated = seats.map(({ memberId }): Audience => ({ memberId }));
      ctx.notify(approvalReminder, { view, logId, places: seated });
      break;
    }
    case 'asked':
    case 'passed':
    case 'countered':
    case 'rerouted':
    case 'approved':
    case 'rejected':
    case 'withdrawn':
    case 'expired':
    case 'superseded':
      if (status !== 'pending' && actorId !== requester.memberId) ctx.notify(approvalAnswered, { view });
      break;
    default:
      entry.entry satisfies never;
  }
}

export const tellChanges = on(approvalChanged, 'approvals.tell', (ctx, { approvalId, logId }) =>
  tell(ctx, approvalId, logId),
);

export const moveCards = on(placesChanged, 'approvals.move', (ctx, { approvalId }) =>
  moveCard(ctx, approvalId),
);
