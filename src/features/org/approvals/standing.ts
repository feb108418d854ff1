import type { Ctx } from '../../../runtime/context.ts';
import { on } from '../../../runtime/event.ts';
import type { Audience, NotificationDefinition } from '../../../runtime/notification.ts';
import {
  audienceChanged,
  type ChannelDestination,
  channelDestination,
  readChannel,
} from '../channels/api.ts';
import { memberChanged } from '../members/api.ts';
import { isFor, reachReader } from './desk-scope.ts';
import { placesChanged } from './events.ts';
import { approvalAsked, approvalLogged } from './notifications.ts';
import { desksOf } from './queries.ts';
import { answeredBefore, type ChannelPost, pendingCards, postsIn } from './standing-queries.ts';

/** Messages of each sort taken out of a channel that others read along in; older ones are left. */
const mostWithdrawn = 500;
/** After that the last edit of a request that has its answer has been made. */
const settledMs = 24 * 3600 * 1000;

const isSame = (a: ChannelDestination, b: ChannelDestination) =>
  a.platform === b.platform && a.installation === b.installation && a.channelId === b.channelId;

/**
 * Looks whether the cards of pending requests stand where they may by the desks, people and rights of now; those that
 * do not are moved in transactions of their own.
 */
export async function reviewPlaces(ctx: Ctx): Promise<void> {
  const reachOf = reachReader(ctx);
  const desks = new Map<string, ReturnType<typeof desksOf>>();
  const moved = new Set<string>();
  for (const card of await pendingCards(ctx, approvalAsked.name)) {
    const { approvalId, kind, place, isTold } = card;
    const ofKind = desks.get(kind) ?? desksOf(ctx, kind);
    desks.set(kind, ofKind);
    const at = (await ofKind).find(({ channel }) => isSame(channelDestination(channel), place));
    const may = at !== undefined && (await isFor(ctx, card, at.desk, await reachOf(at.desk)));
    if (may !== isTold) moved.add(approvalId);
  }
  for (const approvalId of moved) ctx.emit(placesChanged, { approvalId });
}

interface Placed {
  places: Audience[];
}

/**
 * Takes what was said of requests out of a channel people of another company read by now, requests that have their
 * answer and the log in their threads included.
 */
async function withdrawFrom(ctx: Ctx, place: ChannelDestination): Promise<void> {
  const cards = await postsIn(ctx, approvalAsked.name, place, mostWithdrawn);
  const ids = cards.map(({ key }) => key);
  const settled = await answeredBefore(ctx, ids, new Date(ctx.now.getTime() - settledMs));
  const said = cards.filter(({ key }) => settled.has(key));
  withdraw(ctx, approvalAsked, said, place);
  // The latest news of these may be on its way: their cards are made anew.
  for (const approvalId of ids) if (!settled.has(approvalId)) ctx.emit(placesChanged, { approvalId });
  withdraw(ctx, approvalLogged, await postsIn(ctx, approvalLogged.name, place, mostWithdrawn), place);
}

/** Leaves the words as they are, for the other places they stand in. */
function withdraw<P extends Placed>(
  ctx: Ctx,
  notification: NotificationDefinition<P>,
  said: readonly ChannelPost[],
  from: ChannelDestination,
): void {
  for (const { payload } of said) {
    const read = notification.payload.safeParse(payload);
    if (!read.success) continue;
    const places = read.data.places.filter((place) => !('channel' in place && isSame(place.channel, from)));
    ctx.edit(notification, { ...read.data, places });
  }
}

export const placeSubscriptions = [
  on(memberChanged, 'approvals.people-moved', (ctx) => reviewPlaces(ctx)),
  on(audienceChanged, 'approvals.audience-changed', async (ctx, { channelId, isShared }) => {
    const channel = await readChannel(ctx, channelId);
    if (isShared && channel) await withdrawFrom(ctx, channelDestination(channel));
    else await reviewPlaces(ctx);
  }),
];
