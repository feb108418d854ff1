import { generator } from '../generator.ts';

/** What goes wrong with calls of the connector, or with activities on their way to the service. */
export interface Fault {
  /**
   * On calls: `429`, `500` are refused before any effect. `lost_answer`: done, but the connection is cut. `slow`: done
   * after `delayMs`. `timeout`: nothing is done, and the answer comes after `delayMs` (longer than any client waits).
   * `archived`: the conversation takes no messages. `deleted`: it is gone. `revoked`: credentials and tokens count
   * for nothing. On activities: `wrong_signature`: signed by somebody else's key. `twice`: delivered two times.
   * `retried`: a delivery that failed or was answered 5xx comes once more.
   */
  kind:
    | '429'
    | '500'
    | 'lost_answer'
    | 'slow'
    | 'timeout'
    | 'archived'
    | 'deleted'
    | 'revoked'
    | 'wrong_signature'
    | 'twice'
    | 'retried';
  /** Share of the calls that are hit, 0 to 1; all of them unless said otherwise. */
  rate?: number;
  /** How many are hit before the fault ends by itself. */
  count?: number;
  conversation?: string;
  tenant?: string;
  /** One kind of call, such as `post`; without one, every kind. */
  operation?: Operation;
  /** Seconds, for `429`. */
  retryAfter?: number;
  delayMs?: number;
}

export type Operation = 'token' | 'create' | 'post' | 'update' | 'delete' | 'members' | 'member';

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  list(): Fault[];
  /** Restarts the random sequence, so that a run can be repeated. */
  seed(seed: number): void;
  /** The limits per bot and conversation. Off unless switched on. */
  limitPosts(isOn: boolean): void;
  /** How often each kind has struck since the last reset. */
  struck(): Record<string, number>;
}

interface Call {
  operation?: Operation;
  conversation?: string;
  tenant?: string;
}

export interface FaultBox extends Faults {
  /** The first fault of these kinds that strikes this call or activity. */
  pick(kinds: readonly Fault['kind'][], call: Call): Fault | undefined;
  /** Seconds to wait, or 0 if the post may go through now. */
  takePost(conversation: string, now: number): number;
}

export const callFaults = [
  '429',
  '500',
  'lost_answer',
  'slow',
  'timeout',
  'archived',
  'deleted',
  'revoked',
] as const;

/** Most messages in so many milliseconds, per bot and conversation. */
const postLimits = [
  { most: 7, within: 1_000 },
  { most: 8, within: 2_000 },
  { most: 60, within: 30_000 },
  { most: 1_800, within: 3_600_000 },
];

export function createFaults(seed = 1): FaultBox {
  let active: { fault: Fault; left: number }[] = [];
  let random = generator(seed);
  let isLimited = false;
  const posts = new Map<string, number[]>();
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
      posts.clear();
      isLimited = false;
      for (const kind of Object.keys(counts)) delete counts[kind];
    },
    list: () => active.map(({ fault, left }) => (Number.isFinite(left) ? { ...fault, count: left } : fault)),
    seed(next) {
      random = generator(next);
    },
    limitPosts(isOn) {
      isLimited = isOn;
      posts.clear();
    },
    struck: () => ({ ...counts }),
    pick(kinds, { operation, conversation, tenant }) {
      for (const entry of active) {
        const { fault } = entry;
        if (!kinds.includes(fault.kind)) continue;
        if (fault.operation && fault.operation !== operation) continue;
        if (fault.conversation && fault.conversation !== conversation) continue;
        if (fault.tenant && fault.tenant !== tenant) continue;
        if ((fault.kind === 'archived' || fault.kind === 'deleted') && !conversation) continue;
        if (random() >= (fault.rate ?? 1)) continue;
        entry.left -= 1;
        if (entry.left <= 0) active = active.filter((other) => other !== entry);
        strike(fault.kind);
        return fault;
      }
      return undefined;
    },
    takePost(conversation, now) {
      if (!isLimited) return 0;
      const times = (posts.get(conversation) ?? []).filter((at) => now - at < 3_600_000);
      posts.set(conversation, times);
      const waits = postLimits.map(({ most, within }) => {
        const oldest = times.at(-most);
        return oldest === undefined ? 0 : Math.max(0, oldest + within - now);
      });
      const wait = Math.max(...waits);
      if (wait > 0) {
        strike('rate_limited');
        return Math.ceil(wait / 1000);
      }
      times.push(now);
      return 0;
    },
  };
}
