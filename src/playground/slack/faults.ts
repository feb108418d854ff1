import { generator } from '../generator.ts';

/** What goes wrong with calls of the Web API. */
export interface Fault {
  /**
   * `429`, `500`: refused before any effect. `lost_answer`: done, but the answer never arrives. `slow`: done after
   * `delayMs`. `timeout`: nothing is done, and the answer comes after `delayMs` (longer than any client waits).
   */
  kind: '429' | '500' | 'lost_answer' | 'archived_channel' | 'revoked_token' | 'slow' | 'timeout';
  /** Share of the calls that are hit, 0 to 1; all of them unless said otherwise. */
  rate?: number;
  /** How many calls are hit before the fault ends by itself. */
  count?: number;
  channel?: string;
  /** Web API method, such as `chat.postMessage`; without one, every method. */
  method?: string;
  team?: string;
  /** Seconds, for `429`. */
  retryAfter?: number;
  delayMs?: number;
  /** How a lost answer looks: a 500, or a connection that breaks. */
  lostAs?: '500' | 'abort';
}

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  list(): Fault[];
  /** Restarts the random sequence, so that a run can be repeated. */
  seed(seed: number): void;
  /** About one message per second and channel, as Slack allows. Off unless switched on. */
  limitPosts(isOn: boolean): void;
  /** How often each kind has struck since the last reset. */
  struck(): Record<string, number>;
}

export interface FaultBox extends Faults {
  pick(call: { method: string; channel: string | undefined; team: string | undefined }): Fault | undefined;
  /** Seconds to wait, or 0 if the post may go through now. */
  takePost(channel: string, now: number): number;
}

export function createFaults(seed = 1): FaultBox {
  let active: { fault: Fault; left: number }[] = [];
  let random = generator(seed);
  let isLimited = false;
  const buckets = new Map<string, { tokens: number; at: number }>();
  const counts: Record<string, number> = {};
  const strike = (kind: string) => {
    counts[kind] = (counts[kind] ?? 0) + 1;
  };

  return {
    add(fault) {
      active.push({ fault, left: fault.count ?? Number.POSITIVE_INFINITY });
    },
    clear() {
      active = [];
      buckets.clear();
      isLimited = false;
      for (const kind of Object.keys(counts)) delete counts[kind];
    },
    list: () => active.map(({ fault, left }) => (Number.isFinite(left) ? { ...fault, count: left } : fault)),
    seed(next) {
      random = generator(next);
    },
    limitPosts(isOn) {
      isLimited = isOn;
      buckets.clear();
    },
    struck: () => ({ ...counts }),
    pick({ method, channel, team }) {
      for (const entry of active) {
        const { fault } = entry;
        if (fault.method && fault.method !== method) continue;
        if (fault.channel && fault.channel !== channel) continue;
        if (fault.team && fault.team !== team) continue;
        if (fault.kind === 'archived_channel' && !channel) continue;
        if (random() >= (fault.rate ?? 1)) continue;
        entry.left -= 1;
        if (entry.left <= 0) active = active.filter((other) => other !== entry);
        strike(fault.kind);
        return fault;
      }
      return undefined;
    },
    takePost(channel, now) {
      if (!isLimited) return 0;
      const bucket = buckets.get(channel) ?? { tokens: burst, at: now };
      bucket.tokens = Math.min(burst, bucket.tokens + (now - bucket.at) / 1000);
      bucket.at = now;
      buckets.set(channel, bucket);
      if (bucket.tokens < 1) {
        strike('rate_limited');
        return Math.max(1, Math.ceil(1 - bucket.tokens));
      }
      bucket.tokens -= 1;
      return 0;
    },
  };
}

/** Slack tolerates short bursts; how short isn't documented. */
const burst = 2;
