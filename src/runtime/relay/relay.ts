import type { Translate } from '../../view/translator.ts';
import type { Engine } from '../engine.ts';
import { executeSystem } from '../execute.ts';
import type { AllWords, ChatPlatform } from '../ports.ts';
import { Postponed } from './ask-accounts.ts';
import { deliver, mostAgeSeconds, organizationOf, renderContext } from './deliver.ts';
import { isNews } from './standing.ts';
import type { AddressBook, Posts, QueuedWork, WorkQueue } from './work.ts';

export interface RelayTiming {
  /** Longer than any one request takes, looking included. */
  leaseSeconds: number;
  /** After a lost answer: the platform may still be at it. */
  lookAfterSeconds: number;
}

export const usualTiming: RelayTiming = { leaseSeconds: 45, lookAfterSeconds: 5 };

export interface RelayOptions {
  engine: Engine;
  queue: WorkQueue;
  posts: Posts;
  addresses: AddressBook;
  platforms: ReadonlyMap<'slack' | 'teams', ChatPlatform>;
  words: AllWords;
  translate: Translate;
  timing: RelayTiming;
  /** The database has failed, not the platform. */
  isOurFailure(error: unknown): boolean;
  /** In [0, 1), for jitter. */
  random(): number;
}

/** Pieces worked on at once; a platform that hangs holds up its own share of them until its circuit breaks. */
const mostInFlight = 24;
const tickMs = 1000;
const mostAttempts = 12;
const longestWaitSeconds = 300;

export interface Relay {
  start(): void;
  /** Work was queued: look now, not at the next tick. */
  wake(): void;
  /** Works until nothing is due. Returns how many pieces were settled. */
  drain(): Promise<number>;
  /** Lets running work finish and takes no more. */
  stop(): Promise<void>;
}

/** Runs what commits have queued: subscribers and jobs through the engine, messages to chat platforms. */
export function createRelay(options: RelayOptions): Relay {
  const { engine, queue, timing } = options;
  let timer: NodeJS.Timeout | undefined;
  let soon: NodeJS.Timeout | undefined;
  let running: Promise<number> | undefined;
  /** Something was queued since the last claim. */
  let again = false;
  let claimAgain: () => void = () => undefined;
  let stopped = false;

  async function round(): Promise<number> {
    const inFlight = new Set<Promise<void>>();
    let settled = 0;
    try {
      while (!stopped) {
        again = false;
        const before = settled;
        const { work, nextInMs } = await queue.claim(mostInFlight - inFlight.size, timing.leaseSeconds);
        for (const piece of work) {
          const done: Promise<void> = attempt(options, piece).finally(() => {
            settled += 1;
            inFlight.delete(done);
          });
          inFlight.add(done);
        }
        if (nextInMs !== undefined) lookIn(nextInMs);
        // What was settled while these were looked for may have made room for others, or made them.
        again ||= settled > before;
        if (inFlight.size === 0 && !again) return settled;
        // Room for the next ones is made by the fastest; a slow one keeps nobody from what was queued since.
        if (!again && (work.length === 0 || inFlight.size >= mostInFlight)) {
          await Promise.race([...inFlight, new Promise<void>((resolve) => (claimAgain = resolve))]);
        }
      }
      return settled;
    } finally {
      await Promise.all(inFlight);
    }
  }

  async function drain(): Promise<number> {
    if (running) {
      again = true;
      claimAgain();
      return running;
    }
    running = round();
    try {
      return await running;
    } finally {
      running = undefined;
    }
  }

  const inBackground = () => {
    drain().catch((error) => engine.log.error({ err: error }, 'relay round failed'));
  };
  function lookIn(ms: number): void {
    if (!timer || soon || ms >= tickMs) return;
    soon = setTimeout(() => {
      soon = undefined;
      inBackground();
    }, ms);
  }
  return {
    drain,
    wake: () => {
      if (timer) inBackground();
    },
    start: () => {
      stopped = false;
      timer = setInterval(inBackground, tickMs);
    },
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      clearTimeout(soon);
      timer = undefined;
      soon = undefined;
      await running?.catch(() => undefined);
    },
  };
}

/** Never rejects: what cannot even be settled comes back when its lease ends. */
async function attempt(options: RelayOptions, work: QueuedWork): Promise<void> {
  const { engine, queue } = options;
  const { orgId, name, handler } = work;
  try {
    await runOne(options, work);
  } catch (error) {
    engine.log.error({ err: error, orgId, event: name, handler }, 'queued work failed');
    const wanted = error instanceof Postponed ? error.afterSeconds : undefined;
    const afterSeconds = wanted ?? Math.min(2 ** work.attempts, longestWaitSeconds);
    // That the database fails says nothing of the work; only what is too old as well is given up over it.
    const isHopeless = options.isOurFailure(error)
      ? work.ageSeconds > mostAgeSeconds
      : work.attempts + 1 >= mostAttempts;
    await queue
      .settle(
        work,
        isHopeless
          ? { state: 'dead', reason: 'failed too often' }
          : // A request that may have left is looked for, whatever went wrong after it.
            { state: 'ready', afterSeconds, reason: 'failed', begun: work.kind === 'delivery' },
      )
      .catch((again) => engine.log.warn({ err: again, orgId, event: name }, 'not settled'));
  }
}

async function runOne(options: RelayOptions, work: QueuedWork): Promise<void> {
  if (work.kind !== 'delivery') return runHandler(options, work);
  if (work.op === 'send' || work.op === 'edit') return expand(options, work);
  const settlement = await deliver(options, work);
  if (settlement) await options.queue.settle(work, settlement);
}

/** Finds out whom a notification concerns. One row per destination: each has its own order, tries and receipt. */
async function expand(
  { engine, queue, posts, addresses, platforms }: RelayOptions,
  work: QueuedWork,
): Promise<void> {
  const notification = engine.registry.notification(work.name);
  if (!notification) return queue.settle(work, { state: 'dead', reason: 'no such notification' });
  const payload = notification.payload.parse(work.payload);
  const key = notification.dedupeKey?.(payload) ?? work.id;
  if (work.op === 'edit') {
    const org = await organizationOf(engine, work.orgId);
    return posts.edit(work, key, (before, place) =>
      isNews(notification, [before, payload], place, renderContext(engine, org, place)),
    );
  }
  const all = await addresses.addressesOf(work.orgId, notification.audience(payload));
  return posts.send(
    work,
    key,
    all.filter(({ platform }) => platforms.has(platform)),
  );
}

async function runHandler({ engine, queue }: RelayOptions, work: QueuedWork): Promise<void> {
  const subscription =
    work.kind === 'event'
      ? engine.registry.subscription(work.name, work.handler)
      : engine.registry.job(work.name);
  if (!subscription) return queue.settle(work, { state: 'dead', reason: 'no such handler' });
  const handler = work.kind === 'event' ? work.handler : work.name;
  await executeSystem(
    engine,
    { kind: 'system', orgId: work.orgId, handler, causeAuditId: work.causeAuditId },
    (ctx) => subscription.run(ctx, work.payload),
    (session) => queue.settleWithin(session.tx, work),
  );
}
