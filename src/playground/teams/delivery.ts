import { expiry } from '../expiry.ts';
import { asText, type Json, parseJson } from '../json.ts';
import { connectorClaims, type SigningKey, signToken } from './authority.ts';
import type { FaultBox } from './faults.ts';

/** How the service answered one activity. */
export interface Answer {
  /** HTTP status; 0 if nothing came back. */
  status: number;
  /** Parsed if it is JSON, else the text; `undefined` if it is empty. */
  body: unknown;
  ms: number;
  failure?: 'timeout' | 'connection';
}

/** An activity as it was sent, and how each try went. */
export interface Delivery {
  activity: Json;
  attempts: Answer[];
}

export interface Courier {
  /** Resolves with the answer that counts: the last one. */
  deliver(activity: Json): Promise<Answer>;
  /** The same activity once more, as Teams sometimes sends it. */
  again(delivery: Delivery): Promise<Answer>;
  /** Sends whatever it is given under whatever header, for tests of what a service must refuse. */
  sendRaw(body: Json, authorization: string | undefined): Promise<Answer>;
  /** Oldest first. */
  list(): readonly Delivery[];
  reset(): void;
}

export interface CourierOptions {
  appId: string;
  issuer: string;
  target: () => string;
  fetch: typeof fetch;
  now: () => number;
  faults: FaultBox;
  /** Teams gives up on an activity after 15 s, on an answer of a message extension after 5 s. */
  acknowledgeMs: (activity: Json) => number;
}

/** Sends activities as the connector does: a bearer token of its own over each, one answer waited for. */
export function createCourier(options: CourierOptions): Courier {
  let deliveries: Delivery[] = [];

  async function send(body: Json, authorization: string | undefined): Promise<Answer> {
    const started = performance.now();
    const abort = new AbortController();
    const patience = expiry(options.acknowledgeMs(body), abort);
    const request = options.fetch(options.target(), {
      method: 'POST',
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: abort.signal,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)',
        ...(authorization === undefined ? {} : { authorization }),
      },
    });
    const elapsed = () => Math.round((performance.now() - started) * 10) / 10;
    try {
      const answered = await Promise.race([readAnswer(request), patience.late]);
      if (answered === 'late') return { status: 0, body: undefined, ms: elapsed(), failure: 'timeout' };
      return { ...answered, ms: elapsed() };
    } catch {
      return { status: 0, body: undefined, ms: elapsed(), failure: 'connection' };
    } finally {
      patience.stop();
    }
  }

  async function attempt(delivery: Delivery): Promise<Answer> {
    const { activity } = delivery;
    const { appId, issuer, now, faults } = options;
    const call = callOf(activity);
    const key: SigningKey = faults.pick(['wrong_signature'], call) ? 'foreign' : 'connector';
    const claims = connectorClaims({ appId, issuer, serviceUrl: asText(activity.serviceUrl) }, now());
    const answer = await send(activity, `Bearer ${await signToken(claims, key)}`);
    delivery.attempts.push(answer);
    return answer;
  }

  return {
    async deliver(activity) {
      const delivery: Delivery = { activity, attempts: [] };
      deliveries.push(delivery);
      if (deliveries.length > 5_000) deliveries = deliveries.slice(1_000);
      const answer = await attempt(delivery);
      const call = callOf(activity);
      const hasFailed = answer.status === 0 || answer.status >= 500;
      if (hasFailed && options.faults.pick(['retried'], call)) return attempt(delivery);
      if (options.faults.pick(['twice'], call)) await attempt(delivery);
      return answer;
    },
    again: attempt,
    sendRaw: send,
    list: () => deliveries,
    reset() {
      deliveries = [];
    },
  };
}

function callOf({ conversation }: Json): { conversation?: string } {
  const id = asText((conversation as Json | undefined)?.id).split(';')[0];
  return id ? { conversation: id } : {};
}

async function readAnswer(request: Response | Promise<Response>): Promise<Omit<Answer, 'ms'>> {
  const response = await request;
  const text = await response.text();
  if (text === '') return { status: response.status, body: undefined };
  const isJsonBody = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, body: isJsonBody ? (parseJson(text) ?? text) : text };
}
