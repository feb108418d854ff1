import type { Ctx } from '../../../runtime/context.ts';
import { schedulesOf } from '../../../store/schedules.ts';
import { heldNow } from '../../org/channels/api.ts';
import { destinationOf, keyPrefixOf, runJob } from '../digests/api.ts';
import { stillWanted } from './held.ts';
import { watchedKinds } from './kinds.ts';
import type { AlertEnding } from './model.ts';
import {
  digestToldAt,
  endAlerts,
  type HeldAlert,
  heldAlerts,
  type Listener,
  lockListener,
  type NewAlert,
  openAlerts,
  openNew,
  rulesOfKinds,
  settleTellings,
} from './queries.ts';
import type { AlertRow } from './record.ts';
import { mostFound } from './rules.ts';
import { handOver, overBy, settle } from './settle.ts';
import { earOf, post, retell, tell } from './tell.ts';
import { dealsById, finders } from './watch-queries.ts';

const dayMs = 86_400_000;
/** What is held longer than this is nobody's news any more. */
const mostHeldMs = 7 * dayMs;
const mostHeld = 2000;
/** A digest so soon tells what waited. */
const soonMs = 4 * 3_600_000;
/** One whose time has come may still be at it. */
const runMs = 15 * 60_000;

/** Looks for what comes true and is over by itself, and tells what had to wait. */
export async function watch(ctx: Ctx): Promise<void> {
  const rules = await rulesOfKinds(ctx, watchedKinds);
  const asked = watchedKinds.filter((kind) => rules.some((rule) => rule.kind === kind));
  for (const kind of watchedKinds) await watchKind(ctx, kind, asked.includes(kind));
  // All of them together: many at once are told in one message. Those from before count too, for a rule that is
  // new is told what is so already.
  const open = await Promise.all(asked.map((kind) => openAlerts(ctx, { kinds: [kind] }, mostFound)));
  await tell(ctx, open.flat());
  await settleRecent(ctx);
  await tellHeld(ctx);
}

/**
 * Ends what is over and, where somebody asks for the kind, opens what has come true. What was told while somebody did
 * is ended all the same: it still stands there.
 */
async function watchKind(ctx: Ctx, kind: (typeof watchedKinds)[number], isAsked: boolean): Promise<void> {
  const open = await openAlerts(ctx, { kinds: [kind] }, mostFound);
  if (!isAsked && open.length === 0) return;
  const found = await finders[kind](ctx);
  const holds = new Set(found.map(({ recordId }) => recordId));
  // A list that was cut says nothing of what is not on it.
  const over = found.length < mostFound ? open.filter(({ recordId }) => !holds.has(recordId)) : [];
  const deals = new Map(
    (
      await dealsById(
        ctx,
        over.map(({ recordId }) => recordId),
      )
    ).map((one) => [one.deal.id, one]),
  );
  const ended = new Map<AlertEnding, string[]>();
  for (const alert of over) {
    const ending = await overBy(ctx, alert, deals.get(alert.recordId));
    ended.set(ending, [...(ended.get(ending) ?? []), alert.id]);
  }
  for (const [ending, ids] of ended) await endAlerts(ctx, ids, ending);
  await retell(ctx, [...ended.values()].flat());
  const handed = handedOver(open, found);
  await handOver(ctx, handed);
  if (!isAsked) return;
  const known = new Set(open.filter((alert) => !handed.includes(alert)).map(({ recordId }) => recordId));
  await openNew(
    ctx,
    found.filter(({ recordId }) => !known.has(recordId)),
  );
}

/** Alerts that hold of a record, but of somebody else by now. */
function handedOver(open: readonly AlertRow[], found: readonly NewAlert[]): AlertRow[] {
  const owners = new Map<string, (string | null)[]>();
  for (const { recordId, ownerId } of found) {
    owners.set(recordId, [...(owners.get(recordId) ?? []), ownerId]);
  }
  return open.filter(({ recordId, ownerId }) => owners.get(recordId)?.includes(ownerId) === false);
}

/** What followed a change and was taken back in a way nobody announced. */
async function settleRecent(ctx: Ctx): Promise<void> {
  const open = await openAlerts(ctx, { kinds: ['won', 'lost', 'moved-back', 'pushed'] }, mostFound);
  await settle(
    ctx,
    open.filter(({ firstAt }) => ctx.now.getTime() - firstAt.getTime() < dayMs),
  );
}

/** Tells in one message what waited for the end of quiet hours or of a mute, as far as it still is so. */
export async function tellHeld(ctx: Ctx): Promise<void> {
  const byListener = new Map<string, HeldAlert[]>();
  for (const held of await heldAlerts(ctx, mostHeld)) {
    const key = held.listener.channelId ?? held.listener.memberId ?? '';
    byListener.set(key, [...(byListener.get(key) ?? []), held]);
  }
  for (const key of [...byListener.keys()].sort()) await release(ctx, byListener.get(key) ?? []);
}

async function release(ctx: Ctx, held: readonly HeldAlert[]): Promise<void> {
  const [first] = held;
  if (!first) return;
  const { listener } = first;
  await lockListener(ctx, listener);
  const ear = await earOf(ctx, listener);
  if (ear && (await heldNow(ctx, ear.reader))) return;
  const digest = await digestOf(ctx, listener, first.at);
  if (ear && digest.isComing) return;
  const isTold = ({ at }: HeldAlert) => digest.toldAt !== undefined && at <= digest.toldAt;
  const isNews = ({ alert }: HeldAlert) =>
    alert.endedAt === null && ctx.now.getTime() - alert.firstAt.getTime() < mostHeldMs;
  const untold = ear ? held.filter((one) => isNews(one) && !isTold(one)) : [];
  const news = await stillWanted(ctx, listener, untold);
  const old = held.filter((one) => !news.includes(one)).map(({ alert }) => alert.id);
  await settleTellings(ctx, listener, old, { state: 'dropped', messageId: null });
  if (ear && news.length > 0) await post(ctx, ear, news, 'held');
}

/** The morning's digest of a place: whether it is about to tell what is held, and when it last did. */
async function digestOf(
  ctx: Ctx,
  listener: Listener,
  from: Date,
): Promise<{ isComing: boolean; toldAt: Date | undefined }> {
  const { channelId, memberId } = listener;
  const kind = channelId === null ? 'morning' : 'team';
  const target = channelId === null ? { memberId } : { channelId };
  const destination = destinationOf(target);
  const [schedules, toldAt] = await Promise.all([
    schedulesOf(ctx, { job: runJob, scope: kind, destination }),
    digestToldAt(ctx, keyPrefixOf(kind, target), from),
  ]);
  const now = ctx.now.getTime();
  const isComing = schedules.some(
    ({ pausedAt, nextRunAt, lastRunAt }) =>
      pausedAt === null &&
      (nextRunAt.getTime() <= now + soonMs ||
        (lastRunAt !== null && !toldAt && lastRunAt.getTime() > now - runMs)),
  );
  return { isComing, toldAt };
}
