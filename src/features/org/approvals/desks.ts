import { AppError } from '../../../kernel/errors.ts';
import type { Ref } from '../../../kernel/fields.ts';
import { type Inline, type Locale, strong } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { changeRecord, createRecord } from '../../../store/records.ts';
import {
  type ChannelRow,
  channelAt,
  channelDestination,
  channelOf,
  channelRecord,
  ensureChannel,
  isHere,
} from '../channels/api.ts';
import type { DeskChange, DeskList } from './desk-model.ts';
import { isFor, reachReader, scopeView } from './desk-scope.ts';
import { t } from './messages.ts';
import { approvalAsked } from './notifications.ts';
import { deskRow } from './policy-queries.ts';
import { liveDesks } from './queries.ts';
import { type DeskRow, deskRecord } from './record.ts';
import { requireDeskRight } from './rights.ts';
import { reviewPlaces } from './standing.ts';
import { approvalViews } from './view.ts';
import { pendingRequests } from './waiting-queries.ts';

/** Requests that wait are shown in a new desk, so many at most. */
const mostShown = 20;
/** And looked at. */
const mostLooked = 1000;
const mostDesks = 50;

/** A channel as it is called. */
export function channelText(label: string): Inline {
  return strong(label);
}

/**
 * Which of two channels that were said together is meant: the one that is not where somebody stands (`here #deal-desk`).
 * Throws AppError `invalid_input` where two others are named.
 */
export async function channelMeant(
  ctx: Ctx,
  first: Ref | undefined,
  second: Ref | undefined,
): Promise<{ meant: Ref | undefined; isNotHere: boolean }> {
  if (!first || !second) return { meant: first ?? second, isNotHere: false };
  if (first.key === second.key) return { meant: first, isNotHere: false };
  if (await isHere(ctx, first)) return { meant: second, isNotHere: true };
  if (await isHere(ctx, second)) return { meant: first, isNotHere: true };
  const values = { first: channelText(first.label), second: channelText(second.label) };
  throw new AppError('invalid_input', t('desk-two', values));
}

/**
 * Makes a channel a desk: it gets the card of every request of people the actor sees, of those that wait at once; with
 * `unit` only of that team or region. What somebody else has set up, who still may, is widened and never narrowed.
 * Throws AppError `rule` where people of other companies read along, `forbidden` naming who may.
 */
export async function openDesk(ctx: Ctx, ref: Ref | undefined, unit: Ref | undefined): Promise<DeskChange> {
  // Whoever set a channel up may not for that put margins into it: they may be a rep by now.
  await requireDeskRight(ctx, undefined);
  const channel = await ensureChannel(ctx, ref);
  const label = channelRecord.label(channel);
  if (channel.isShared) throw new AppError('rule', t('desk-shared', { channel: channelText(label) }));
  const setById = ctx.actor.kind === 'member' ? ctx.actor.memberId : null;
  const wanted = { setById, unitId: unit?.id ?? null, kind: null };
  const known = await deskRow(ctx, channel.id);
  const reachOf = reachReader(ctx);
  const isNews = !known || (await changes(known, wanted, reachOf));
  const desk = !isNews
    ? known
    : known
      ? await changeRecord(ctx, deskRecord, known, { ...wanted, archivedAt: null })
      : await createRecord(ctx, deskRecord, { ...wanted, channelId: channel.id });
  const waiting = isNews ? await showWaiting(ctx, channel, desk) : 0;
  if (isNews) await reviewPlaces(ctx);
  const scope = await scopeView(ctx, desk, await reachOf(desk));
  return { channel: label, isOn: true, isNews, waiting, scope };
}

/** Whether a desk becomes another one by what is wanted. */
async function changes(
  known: DeskRow,
  wanted: Pick<DeskRow, 'setById' | 'unitId'>,
  reachOf: ReturnType<typeof reachReader>,
): Promise<boolean> {
  if (known.archivedAt !== null) return true;
  const isSameUnit = known.unitId === wanted.unitId;
  if (known.setById === wanted.setById) return !isSameUnit;
  const [was, becomes] = [(await reachOf(known)).owners, (await reachOf(wanted)).owners];
  if (was === undefined) return true;
  if (becomes === undefined || !('all' in becomes)) return false;
  return !('all' in was) || !isSameUnit;
}

/** Queues the cards of what waits; a card that already stands there is not sent twice. */
export async function showWaiting(ctx: Ctx, channel: ChannelRow, desk: DeskRow): Promise<number> {
  const reach = await reachReader(ctx)(desk);
  const ids: string[] = [];
  for (const row of await pendingRequests(ctx, { owners: reach.owners ?? { memberIds: [] } }, mostLooked)) {
    if (ids.length < mostShown && (await isFor(ctx, row, desk, reach))) ids.push(row.id);
  }
  const { timeZone } = channel;
  const place = { channel: { ...channelDestination(channel), locale: channel.locale as Locale, timeZone } };
  for (const view of await approvalViews(ctx, ids, { blocks: true })) {
    ctx.notify(approvalAsked, { view: { ...view, log: view.log.slice(-3) }, places: [place] });
  }
  return ids.length;
}

export async function closeDesk(ctx: Ctx, ref: Ref | undefined): Promise<DeskChange> {
  const channel = ref ? await channelOf(ctx, ref) : await channelAt(ctx);
  const row = channel && (await deskRow(ctx, channel.id));
  const closed = { isOn: false, waiting: 0, scope: null };
  if (!channel || row?.archivedAt !== null) {
    const label = channel ? channelRecord.label(channel) : (ref?.label ?? '');
    return { ...closed, channel: label, isNews: false };
  }
  await requireDeskRight(ctx, channel);
  await changeRecord(ctx, deskRecord, row, { archivedAt: ctx.now });
  await reviewPlaces(ctx);
  return { ...closed, channel: channelRecord.label(channel), isNews: true };
}

export async function desksShown(ctx: Ctx): Promise<DeskList> {
  const reachOf = reachReader(ctx);
  const desks: DeskList['desks'] = [];
  for (const { channel, desk } of await liveDesks(ctx, mostDesks)) {
    desks.push({
      id: channel.id,
      label: channelRecord.label(channel),
      platform: channel.platform,
      isShared: channel.isShared,
      scope: await scopeView(ctx, desk, await reachOf(desk)),
    });
  }
  return { desks };
}
