import { expiry } from '../expiry.ts';
import { parseJson } from '../json.ts';
import { limits } from './limits.ts';
import { sign } from './signing.ts';

/** How the service answered one delivery. */
export interface Answer {
  /** HTTP status; 0 if nothing came back. */
  status: number;
  /** Parsed if it is JSON, else the text. */
  body: unknown;
  ms: number;
  failure?: 'timeout' | 'connection';
  isRetryRefused: boolean;
}

export interface Courier {
  sendForm(fields: Record<string, string>): Promise<Answer>;
  sendJson(payload: unknown, headers?: Record<string, string>): Promise<Answer>;
}

export interface CourierOptions {
  signingSecret: string;
  target: () => string;
  fetch: typeof fetch;
  now: () => number;
  acknowledgeMs?: number;
}

/** Sends what Slack sends: signed over the exact bytes, answered within three seconds or counted as failed. */
export function createCourier(options: CourierOptions): Courier {
  async function send(body: string, type: string, extra: Record<string, string>): Promise<Answer> {
    const timestamp = String(Math.floor(options.now() / 1000));
    const started = performance.now();
    const abort = new AbortController();
    const patience = expiry(options.acknowledgeMs ?? limits.acknowledgeMs, abort);
    const request = options.fetch(options.target(), {
      method: 'POST',
      body,
      redirect: 'manual',
      signal: abort.signal,
      headers: {
        'content-type': type,
        accept: '*/*',
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': sign(options.signingSecret, timestamp, body),
        ...extra,
      },
    });
    const elapsed = () => Math.round((performance.now() - started) * 10) / 10;
    try {
      const answered = await Promise.race([readAnswer(request), patience.late]);
      if (answered === 'late')
        return { status: 0, body: '', ms: elapsed(), failure: 'timeout', isRetryRefused: false };
      return { ...answered, ms: elapsed() };
    } catch {
      return { status: 0, body: '', ms: elapsed(), failure: 'connection', isRetryRefused: false };
    } finally {
      patience.stop();
    }
  }

  return {
    sendForm: (fields) =>
      send(new URLSearchParams(fields).toString(), 'application/x-www-form-urlencoded', {}),
    sendJson: (payload, headers = {}) => send(JSON.stringify(payload), 'application/json', headers),
  };
}

async function readAnswer(request: Response | Promise<Response>): Promise<Omit<Answer, 'ms'>> {
  const response = await request;
  const text = await response.text();
  const isJsonBody = response.headers.get('content-type')?.includes('json') === true;
  return {
    status: response.status,
    body: isJsonBody ? (parseJson(text) ?? text) : text,
    isRetryRefused: response.headers.get('x-slack-no-retry') === '1',
  };
}
