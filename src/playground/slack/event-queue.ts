import type { Json } from '../json.ts';
import type { Answer, Courier } from './delivery.ts';

export interface Attempt extends Answer {
  /** 0 for the first try. */
  retry: number;
}

/** An event and how its delivery went so far. */
export interface EventDelivery {
  eventId: string;
  envelope: Json;
  attempts: Attempt[];
  state: 'delivered' | 'waiting' | 'given_up';
}

export interface EventQueue {
  /** Resolves after the first try and, if that failed, the retry that follows at once. */
  deliver(envelope: Json): Promise<EventDelivery>;
  /** Sends the same envelope once more, as Slack sometimes does. */
  repeat(eventId: string): Promise<EventDelivery>;
  /** Runs the next retry of everything that waits, without the wait. */
  retryNow(): Promise<EventDelivery[]>;
  list(): EventDelivery[];
  /** Resolves when nothing is on its way; retries that wait for their time don't count. */
  idle(): Promise<void>;
  reset(): void;
}

/** Waits before the 1st, 2nd and 3rd retry. */
const waits = [0, 60_000, 300_000];

export function createEventQueue(courier: Courier): EventQueue {
  let deliveries: EventDelivery[] = [];
  const timers = new Map<string, NodeJS.Timeout>();
  const running = new Set<Promise<unknown>>();

  async function attempt(delivery: EventDelivery): Promise<void> {
    const retry = delivery.attempts.length;
    const last = delivery.attempts.at(-1);
    const headers: Record<string, string> =
      last === undefined
        ? {}
        : { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': reasonOf(last) };
    const answer = await courier.sendJson(delivery.envelope, headers);
    delivery.attempts.push({ ...answer, retry });
    if (answer.status >= 200 && answer.status < 300) delivery.state = 'delivered';
    else if (answer.isRetryRefused || retry >= waits.length) delivery.state = 'given_up';
    else await planNext(delivery);
  }

  async function planNext(delivery: EventDelivery): Promise<void> {
    delivery.state = 'waiting';
    const wait = waits[delivery.attempts.length - 1] ?? 0;
    if (wait === 0) return attempt(delivery);
    const timer = setTimeout(() => void track(resume(delivery)), wait);
    timer.unref();
    timers.set(delivery.eventId, timer);
  }

  async function resume(delivery: EventDelivery): Promise<void> {
    clearTimeout(timers.get(delivery.eventId));
    timers.delete(delivery.eventId);
    await attempt(delivery);
  }

  async function track<T>(work: Promise<T>): Promise<T> {
    running.add(work);
    try {
      return await work;
    } finally {
      running.delete(work);
    }
  }

  return {
    async deliver(envelope) {
      const delivery: EventDelivery = {
        eventId: String(envelope.event_id),
        envelope,
        attempts: [],
        state: 'waiting',
      };
      deliveries.push(delivery);
      if (deliveries.length > 5_000) deliveries = deliveries.slice(1_000);
      await track(attempt(delivery));
      return delivery;
    },
    async repeat(eventId) {
      const delivery = deliveries.find((entry) => entry.eventId === eventId);
      if (!delivery) throw new Error(`No event ${eventId} was sent.`);
      const again: EventDelivery = { ...delivery, attempts: [], state: 'waiting' };
      await track(attempt(again));
      return again;
    },
    async retryNow() {
      const waiting = deliveries.filter((delivery) => timers.has(delivery.eventId));
      await Promise.all(waiting.map((delivery) => track(resume(delivery))));
      return waiting;
    },
    list: () => [...deliveries],
    async idle() {
      while (running.size > 0) await Promise.allSettled([...running]);
    },
    reset() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      deliveries = [];
    },
  };
}

function reasonOf(answer: Answer): string {
  if (answer.failure === 'timeout') return 'http_timeout';
  return answer.failure === 'connection' ? 'connection_failed' : 'http_error';
}
