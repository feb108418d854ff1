import type { Org } from '../../kernel/context.ts';
import type { Card } from '../../view/card.ts';
import { cardText } from '../../view/plain-text.ts';
import type { Reader } from '../../view/reader.ts';
import type { Engine } from '../engine.ts';
import { lineFor } from '../grammar/print.ts';
import type { NotificationDefinition, RenderContext } from '../notification.ts';
import type { ChatPlatform, DeliveryFailure, MessageRef, OutboxEntry } from '../ports.ts';
import { deliveryPaused } from './events.ts';
import type { RelayOptions } from './relay.ts';
import { mayStand, standingCard } from './standing.ts';
import { destinationKey, installationOfKey, type Post, type QueuedWork, type Settlement } from './work.ts';

/** From here on messages that wait for one place are told as one. */
const mostWaiting = 10;
/** What could not be sent for so long is nobody's news any more. */
export const mostAgeSeconds = 24 * 3600;
const longestWaitSeconds = 300;

type Notification = NotificationDefinition<unknown>;

/** Sends, edits or finds again one message. Answers how the work is to be settled; `undefined`: it is another's now. */
export async function deliver(options: RelayOptions, work: QueuedWork): Promise<Settlement | undefined> {
  const notification = options.engine.registry.notification(work.name);
  if (!notification) return { state: 'dead', reason: 'no such notification' };
  const post = await options.posts.read(work);
  if (!post) return { state: 'cancelled', reason: 'no such message' };
  const platform = options.platforms.get(post.platform);
  if (!platform) return { state: 'dead', reason: `${post.platform} is not configured` };
  const attempt = { options, work, post, notification, platform };
  try {
    return work.op === 'revise' ? await revise(attempt) : await send(attempt);
  } catch (error) {
    if (!(error instanceof Unsent) || options.isOurFailure(error.cause)) throw error;
    const failure = platform.classify(error.cause);
    if (failure.kind === 'poison') {
      const { orgId, name } = work;
      options.engine.log.error({ err: error, orgId, notification: name, postId: post.id }, 'message refused');
    }
    const settlement = settlementOf(attempt, failure, error.whileLooking);
    const isOpen = error.whileLooking && (settlement.state === 'ready' || settlement.state === 'paused');
    return isOpen ? { ...settlement, begun: true } : settlement;
  }
}

/** A platform, or making the card for it, has failed; everything else that fails is ours and says nothing of them. */
class Unsent extends Error {
  /** While looking for an earlier try: whether that one arrived is as open as before. */
  readonly whileLooking: boolean;

  constructor(cause: unknown, whileLooking: boolean) {
    super('not sent', { cause });
    this.name = 'Unsent';
    this.whileLooking = whileLooking;
  }
}

async function reach<T>(run: () => T | Promise<T>, whileLooking = false): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw new Unsent(error, whileLooking);
  }
}

interface Attempt {
  options: RelayOptions;
  work: QueuedWork;
  post: Post;
  notification: Notification;
  platform: ChatPlatform;
}

async function send({
  options,
  work,
  post,
  notification,
  platform,
}: Attempt): Promise<Settlement | undefined> {
  if (post.ref) return { state: 'sent' };
  if (post.foldedInto) return { state: 'cancelled', reason: 'told within another message' };
  const isStale = work.ageSeconds > (notification.staleAfterHours ?? Number.POSITIVE_INFINITY) * 3600;
  if (isStale && !work.mayHaveArrived) return { state: 'cancelled', reason: 'too old' };
  if (work.ageSeconds > mostAgeSeconds && !work.mayHaveArrived) return { state: 'dead', reason: 'too old' };
  const { orgId } = work;
  const parent = notification.threadOf?.(post.payload);
  const above = parent && (await options.posts.find(orgId, parent.notification, parent.key, post));
  const threadOf = above?.ref;
  const thread = threadOf === undefined ? {} : { threadOf };
  if (work.mayHaveArrived) {
    if (!platform.find && notification.whenUncertain !== 'resend') {
      return { state: 'uncertain', reason: 'no answer' };
    }
    const found = await reach(() => platform.find?.(post.to, post.id, thread), true);
    if (found) return { state: 'sent', receipt: found };
    if (work.ageSeconds > mostAgeSeconds) return { state: 'dead', reason: 'too old' };
  }
  if (!(await isStillHere(options, orgId, post))) return { state: 'cancelled', reason: 'left' };
  const head = parent && options.engine.registry.notification(parent.notification);
  const isWithdrawn = head && above && !mayStand(head, above.payload, post);
  if (isWithdrawn || !mayStand(notification, post.payload, post)) {
    return { state: 'cancelled', reason: 'not for this place any more' };
  }
  const reader = readerOf(options, post);
  const card = await cardOf({ options, work, post, notification, platform }, reader);
  if (!(await options.queue.begin(work, options.timing.leaseSeconds))) return undefined;
  const receipt = await reach(() => postInThread(platform, post, card, reader, threadOf));
  return { state: 'sent', receipt };
}

/** If the message it belongs under was deleted meanwhile, it stands on its own. */
async function postInThread(
  platform: ChatPlatform,
  { id: idempotencyKey, to }: Post,
  card: Card,
  reader: Reader,
  threadOf: MessageRef | undefined,
): Promise<MessageRef> {
  if (!threadOf) return platform.post(to, card, reader, { idempotencyKey });
  try {
    return await platform.post(to, card, reader, { idempotencyKey, threadOf });
  } catch (error) {
    if (platform.classify(error).kind !== 'drop-destination') throw error;
    return platform.post(to, card, reader, { idempotencyKey });
  }
}

async function cardOf(attempt: Attempt, reader: Reader): Promise<Card> {
  const { options, work, post, notification } = attempt;
  const at = renderContext(options.engine, await organizationOf(options.engine, work.orgId), post);
  // New words are for what stands there: nothing that waits becomes part of it.
  const most = work.op === 'revise' ? undefined : mostWaiting;
  const others = notification.fold ? await options.posts.fold(work, post, most) : [];
  const { fold } = notification;
  const card = await reach(() =>
    fold && others.length > 0
      ? fold([post.payload, ...others], at)
      : standingCard(notification, post.payload, post, at),
  );
  return work.op === 'plain' ? { tone: 'plain', blocks: [{ t: 'text', of: cardText(card, reader) }] } : card;
}

async function revise(attempt: Attempt): Promise<Settlement> {
  const { options, work, post, platform } = attempt;
  const { ref } = post;
  if (!ref) return { state: 'cancelled', reason: 'not posted' };
  if (!(await isStillHere(options, work.orgId, post))) return { state: 'cancelled', reason: 'left' };
  const reader = readerOf(options, post);
  const card = await cardOf(attempt, reader);
  await reach(() => platform.update(post.to.installation, ref, card, reader));
  return { state: 'sent' };
}

/** Whoever has left while it waited, or uses that account no more, is told nothing further. */
async function isStillHere(
  { addresses }: RelayOptions,
  orgId: string,
  { memberId, platform, to }: Post,
): Promise<boolean> {
  if (memberId === null) return true;
  const key = destinationKey({ platform, to });
  const now = await addresses.addressesOf(orgId, [{ memberId }]);
  return now.some((address) => destinationKey(address) === key);
}

export function organizationOf({ db, sessions }: Engine, orgId: string): Promise<Org> {
  return db.transaction({ as: 'app', orgId }, (tx) => sessions.organization(tx, orgId));
}

export function renderContext(
  { clock }: Engine,
  org: Org,
  { platform, memberId }: Pick<Post, 'platform' | 'memberId'>,
): RenderContext {
  return { org, now: clock.now(), platform, memberId: memberId ?? undefined };
}

function readerOf({ translate, words, engine }: RelayOptions, post: Post): Reader {
  const { locale, timeZone, platform } = post;
  return {
    locale,
    timeZone,
    translate,
    commandLine: (line) => words[platform].commandLine(lineFor(line, { locale }, engine.registry)),
  };
}

function settlementOf(
  { options, work, post, notification }: Attempt,
  failure: DeliveryFailure,
  whileLooking: boolean,
): Settlement {
  const isEdit = work.op === 'revise';
  switch (failure.kind) {
    case 'retry': {
      const { afterSeconds } = failure;
      const wait = afterSeconds ?? Math.min(2 ** work.attempts, longestWaitSeconds);
      const platformIsDown = afterSeconds === undefined;
      if (work.ageSeconds > mostAgeSeconds) {
        return { state: whileLooking ? 'uncertain' : 'dead', reason: 'too old', platformIsDown };
      }
      return { state: 'ready', afterSeconds: jittered(options, wait), reason: 'retry', platformIsDown };
    }
    case 'uncertain': {
      const platformIsDown = true;
      // Editing twice is editing once.
      if (isEdit) {
        const afterSeconds = jittered(options, Math.min(2 ** work.attempts, longestWaitSeconds));
        if (work.ageSeconds > mostAgeSeconds) return { state: 'dead', reason: 'too old', platformIsDown };
        return { state: 'ready', afterSeconds, reason: 'no answer', platformIsDown };
      }
      const canLook = options.platforms.get(post.platform)?.find !== undefined;
      const mayTry = canLook
        ? !failure.cannotLook && !(whileLooking && work.ageSeconds > mostAgeSeconds)
        : notification.whenUncertain === 'resend' && work.attempts < mostResends;
      if (!mayTry) return { state: 'uncertain', reason: 'no answer', platformIsDown };
      // Looking for a lost message: after 5, 10, 20 … seconds.
      const afterSeconds = options.timing.lookAfterSeconds * 2 ** Math.min(work.attempts, 5);
      return { state: 'ready', afterSeconds, begun: true, reason: 'no answer', platformIsDown };
    }
    case 'drop-destination':
      // One message that cannot be changed says nothing of the place; the next new one will.
      return isEdit
        ? { state: 'gone', reason: failure.reason }
        : pausedBy(options, work, post, failure.reason);
    case 'pause-installation':
      return pausedBy(options, work, post, failure.reason, installationOfKey(work.orderKey));
    case 'poison':
      // It says nothing of the message itself, which may stand there.
      if (whileLooking) return { state: 'uncertain', reason: failure.reason };
      return work.op === 'post'
        ? { state: 'refused', reason: failure.reason }
        : { state: 'dead', reason: failure.reason };
    default:
      return failure satisfies never;
  }
}

const mostResends = 12;

/** Those who were turned away together do not come back together. */
function jittered({ random }: RelayOptions, seconds: number): number {
  return seconds * (1 + random() * 0.25);
}

function pausedBy(
  { engine }: RelayOptions,
  work: QueuedWork,
  post: Post,
  reason: string,
  gate = work.orderKey,
): Settlement {
  const { platform, to } = post;
  const payload = {
    gate,
    scope: gate === work.orderKey ? ('destination' as const) : ('installation' as const),
    platform,
    installation: to.installation,
    place: { kind: to.kind, id: to.kind === 'channel' ? to.channelId : to.userId },
    reason,
    postId: post.id,
  };
  const announce = engine.registry.subscriptions(deliveryPaused.name).map(
    ({ handler }): OutboxEntry => ({
      kind: 'event',
      event: deliveryPaused.name,
      handler,
      payload,
      orderKey: `${gate} ${deliveryPaused.name} ${handler}`,
    }),
  );
  return { state: 'paused', gate, reason, announce };
}
