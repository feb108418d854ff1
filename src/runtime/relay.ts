import type { Tx } from '../store/tx.ts';
import type { Reader } from '../view/reader.ts';
import type { Translate } from '../view/translator.ts';
import type { Engine } from './engine.ts';
import { executeSystem } from './execute.ts';
import { lineFor } from './grammar/print.ts';
import type { Audience } from './notification.ts';
import type { AllWords, ChatPlatform, Destination } from './ports.ts';

/** A claimed piece of queued work. `fence` rises with every claim: only the latest claimer may settle. */
export interface QueuedWork {
  orgId: string;
  id: string;
  kind: 'event' | 'delivery' | 'job';
  name: string;
  handler: string;
  payload: unknown;
  causeAuditId: string | null;
  attempts: number;
  fence: number;
}

export type Settlement =
  | { state: 'sent'; receipts?: Record<string, unknown>[] }
  | { state: 'ready'; afterSeconds: number; reason: string }
  | { state: 'uncertain' | 'paused' | 'dead'; reason: string };

/** Queued work of all organizations, oldest first, in order within each key. */
export interface WorkQueue {
  /** Claims up to `limit` due pieces until the lease (database time) ends. */
  claim(limit: number, leaseSeconds: number): Promise<QueuedWork[]>;
  settle(work: QueuedWork, settlement: Settlement): Promise<void>;
  /** Marks it done inside an open transaction of its organization. */
  settleWithin(tx: Tx, work: QueuedWork): Promise<void>;
}

/** Where an audience can be reached, with the language and zone each of them reads in. */
export interface AddressBook {
  addressesOf(orgId: string, audience: readonly Audience[]): Promise<Address[]>;
}

export interface Address {
  platform: 'slack' | 'teams';
  to: Destination;
  memberId: string;
  locale: Reader['locale'];
  timeZone: string;
}

export interface RelayOptions {
  engine: Engine;
  queue: WorkQueue;
  addresses: AddressBook;
  platforms: ReadonlyMap<'slack' | 'teams', ChatPlatform>;
  words: AllWords;
  translate: Translate;
}

const batch = 20;
const leaseSeconds = 60;
const tickMs = 1000;
const mostAttempts = 8;

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
  const { engine, queue } = options;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<number> | undefined;
  let again = false;
  let stopped = false;

  async function round(): Promise<number> {
    let settled = 0;
    while (!stopped) {
      const claimed = await queue.claim(batch, leaseSeconds);
      if (claimed.length === 0) return settled;
      await Promise.all(claimed.map((work) => attempt(options, work)));
      settled += claimed.length;
    }
    return settled;
  }

  async function drain(): Promise<number> {
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      let settled = 0;
      do {
        again = false;
        settled += await round();
      } while (again && !stopped);
      return settled;
    })();
    try {
      return await running;
    } finally {
      running = undefined;
    }
  }

  const inBackground = () => {
    drain().catch((error) => engine.log.error({ err: error }, 'relay round failed'));
  };
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
      timer = undefined;
      await running?.catch(() => undefined);
    },
  };
}

async function attempt(options: RelayOptions, work: QueuedWork): Promise<void> {
  const { engine, queue } = options;
  try {
    if (work.kind === 'delivery') await queue.settle(work, await deliver(options, work));
    else await runHandler(options, work);
  } catch (error) {
    engine.log.error(
      { err: error, orgId: work.orgId, event: work.name, handler: work.handler },
      'queued work failed',
    );
    await queue.settle(
      work,
      work.attempts + 1 >= mostAttempts
        ? { state: 'dead', reason: 'failed too often' }
        : { state: 'ready', afterSeconds: 2 ** work.attempts, reason: 'failed' },
    );
  }
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

async function deliver(options: RelayOptions, work: QueuedWork): Promise<Settlement> {
  const { engine, addresses, platforms, words, translate } = options;
  const notification = engine.registry.notification(work.name);
  if (!notification) return { state: 'dead', reason: 'no such notification' };
  const payload = notification.payload.parse(work.payload) as never;
  const org = await engine.db.transaction({ as: 'app', orgId: work.orgId }, (tx) =>
    engine.sessions.organization(tx, work.orgId),
  );
  const card = notification.render(payload, { org, now: engine.clock.now() });
  const receipts: Record<string, unknown>[] = [];
  for (const address of await addresses.addressesOf(work.orgId, notification.audience(payload))) {
    const platform = platforms.get(address.platform);
    if (!platform) continue;
    const reader: Reader = {
      locale: address.locale,
      timeZone: address.timeZone,
      translate,
      commandLine: (line) => words[address.platform].commandLine(lineFor(line, address, engine.registry)),
    };
    const idempotencyKey = `${work.id}:${address.memberId}:${address.platform}`;
    try {
      const ref = await platform.post(address.to, card, reader, { idempotencyKey });
      receipts.push({ key: idempotencyKey, platform: address.platform, ...ref });
    } catch (error) {
      const failure = platform.classify(error);
      if (failure.kind === 'retry' && receipts.length === 0 && work.attempts + 1 < mostAttempts) {
        return { state: 'ready', afterSeconds: failure.afterSeconds ?? 2 ** work.attempts, reason: 'retry' };
      }
      receipts.push({ key: idempotencyKey, platform: address.platform, failed: failure.kind });
    }
  }
  return { state: 'sent', receipts };
}
