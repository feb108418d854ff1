import type { Ctx } from '../../../runtime/context.ts';
import { heldNow } from '../../org/channels/api.ts';
import { watchedKinds } from './kinds.ts';
import type { AlertEnding } from './model.ts';
import {
  endAlerts,
  type HeldAlert,
  heldAlerts,
  lockListener,
  openAlerts,
  openNew,
  rulesOfKinds,
  settleTellings,
} from './queries.ts';
import { overBy, settle } from './settle.ts';
import { earOf, post, retell, tell } from './tell.ts';
import { dealsById, finders, mostFound } from './watch-queries.ts';

const dayMs = 86_400_000;
/** What is held longer than this is nobody's news any more. */
const mostHeldMs = 7 * dayMs;
const mostHeld = 2000;

/** Looks for what comes true and is over by itself, and tells what had to wait. */
export async function watch(ctx: Ctx): Promise<void> {
  const rules = await rulesOfKinds(ctx, watchedKinds);
  for (const kind of watchedKinds) {
    if (rules.some((rule) => rule.kind === kind)) await watchKind(ctx, kind);
  }
  await settleRecent(ctx);
  await tellHeld(ctx);
}

async function watchKind(ctx: Ctx, kind: (typeof watchedKinds)[number]): Promise<void> {
  const [found, open] = await Promise.all([
    finders[kind](ctx),
    openAlerts(ctx, { kinds: [kind] }, mostFound),
  ]);
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
  const known = new Set(open.map(({ recordId }) => recordId));
  await openNew(
    ctx,
    found.filter(({ recordId }) => !known.has(recordId)),
  );
  // Those from before count too: a rule that is new is told what is so.
  await tell(ctx, await openAlerts(ctx, { kinds: [kind] }, mostFound));
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
  const isNews = ({ alert }: HeldAlert) =>
    alert.endedAt === null && ctx.now.getTime() - alert.firstAt.getTime() < mostHeldMs;
  const news = ear ? held.filter(isNews) : [];
  const old = held.filter((one) => !news.includes(one)).map(({ alert }) => alert.id);
  await settleTellings(ctx, listener, old, { state: 'dropped', messageId: null });
  if (ear && news.length > 0) await post(ctx, ear, news, 'held');
}
