import type { App, Receiver } from '@slack/bolt';
import { Hono } from 'hono';
import { command } from '../../kernel/text.ts';
import type { InstallationSecrets, Log } from '../../runtime/ports.ts';
import type { Translate } from '../../view/translator.ts';
import type { Delivery } from './delivery.ts';
import { deliveryKey, type Inbound, type Origin, originOf, type Routed, readInbound } from './inbound.ts';
import { slackMessages as t } from './messages.ts';
import { Pending } from './pending.ts';
import { refusal } from './refusal.ts';
import type { Respond } from './respond.ts';
import { isSigned, readBody } from './signature.ts';
import type { WebApi } from './web-api.ts';

export interface ReceiverOptions {
  signingSecret: string;
  botToken: string | undefined;
  installations: InstallationSecrets;
  api: WebApi;
  respond: Respond;
  translate: Translate;
  log: Log;
  now: () => Date;
  /** Slack gives up at 3 s; what is not done by then is shown another way. */
  answerWithinMs: number;
}

/** Slack tries an event three times more. */
const lastRetry = 3;

/**
 * Slack's requests on one URL: checked, read, and handed to the SDK's router. The HTTP request is
 * answered when a handler answers; what the handler does afterwards is waited for by `drain`.
 */
export class SlackReceiver implements Receiver {
  readonly routes = new Hono();
  private readonly options: ReceiverOptions;
  private readonly pending = new Pending();
  private app: App | undefined;

  constructor(options: ReceiverOptions) {
    if (options.signingSecret === '') throw new Error('the Slack signing secret is empty');
    this.options = options;
    this.routes.post('/slack/events', (c) => this.receive(c.req.raw));
  }

  init(app: App): void {
    this.app = app;
  }

  async start(): Promise<void> {}

  stop(): Promise<void> {
    return this.drain();
  }

  drain(): Promise<void> {
    return this.pending.drain();
  }

  private async receive(request: Request): Promise<Response> {
    const body = await readBody(request);
    if (!body) return new Response('too large', { status: 413 });
    const header = (name: string) => request.headers.get(name) ?? undefined;
    const signature = header('x-slack-signature');
    const timestamp = header('x-slack-request-timestamp');
    const nowMs = this.options.now().getTime();
    const signed = isSigned(this.options.signingSecret, { signature, timestamp }, body, nowMs);
    if (!signed) return isSslCheck(body) ? ok() : new Response('bad signature', { status: 401 });
    const inbound = readInbound(header('content-type'), body);
    switch (inbound.kind) {
      case 'ssl-check':
        return ok();
      case 'challenge':
        return json({ challenge: inbound.challenge });
      case 'malformed':
        return new Response('malformed', { status: 400 });
      case 'unknown':
        return this.refuse(undefined, t('unknown-request', { help: command('help') }));
      default: {
        // Unique per request and known to both sides: the signature names it in logs and error texts.
        const requestId = (signature ?? '').slice(3, 15);
        return this.route(inbound, requestId, request.headers);
      }
    }
  }

  private async route(
    inbound: Extract<Inbound, Routed>,
    requestId: string,
    headers: Headers,
  ): Promise<Response> {
    const { installations, botToken, log } = this.options;
    const origin = originOf(inbound);
    if (!origin) return new Response('malformed', { status: 400 });
    if (origin.foreignTeam) return this.refuse(inbound, t('outsider'));
    const began = performance.now();
    try {
      const found = await installations.find('slack', origin.installation);
      const token = found?.token ?? botToken;
      if (!found || !token) return this.refuse(inbound, t('not-connected'));
      const { orgId } = found;
      return this.process(inbound, { requestId, origin, orgId, token, headers, began });
    } catch (error) {
      log.error({ requestId, err: error }, 'slack request not taken: storage away');
      return inbound.kind === 'event' ? postponed() : this.refuse(inbound, t('not-saved'));
    }
  }

  private process(
    inbound: Extract<Inbound, Routed>,
    at: {
      requestId: string;
      origin: Origin;
      orgId: string;
      token: string;
      headers: Headers;
      /** Slack waits since then, whatever took the time. */
      began: number;
    },
  ): Promise<Response> {
    const { api, log } = this.options;
    const answerWithinMs = this.options.answerWithinMs - (performance.now() - at.began);
    const { requestId, origin, orgId, token } = at;
    const { app } = this;
    if (!app) throw new Error('the receiver has no app yet');
    return new Promise((resolve) => {
      let isAnswered = false;
      const answerWith = (response: () => Response): boolean => {
        if (isAnswered) return false;
        isAnswered = true;
        clearTimeout(timer);
        resolve(response());
        return true;
      };
      const timer = setTimeout(() => answerWith(() => this.late(inbound)), answerWithinMs);
      const retry = retryOf(at.headers);
      const delivery: Delivery<unknown> = {
        payload: inbound.payload,
        key: deliveryKey(inbound),
        isLastTry: (retry.retryNum ?? 0) >= lastRetry,
        requestId,
        orgId,
        visitor: { platform: 'slack', installation: origin.installation, userId: origin.userId ?? '' },
        answer: (body) => answerWith(() => (body === undefined ? ok() : json(body))),
        postpone: () => void answerWith(postponed),
        call: api.withToken(token),
      };
      const work = app
        .processEvent({
          body: inbound.raw,
          // The SDK acknowledges events before anything is done; ours are answered when they are.
          ack: async (body?: object) => {
            if (inbound.kind !== 'event') delivery.answer(body);
          },
          ...retry,
          customProperties: { delivery, routed: inbound },
        })
        .then(
          () => answerWith(() => (inbound.kind === 'event' ? ok() : this.unrouted(inbound))),
          (error) => {
            log.error({ requestId, orgId, err: error }, 'slack request failed');
            answerWith(() => this.failed(inbound, requestId));
          },
        );
      this.pending.add(work);
    });
  }

  private unrouted(routed: Routed): Response {
    return this.refuse(routed, t('unknown-request', { help: command('help') }));
  }

  private failed(routed: Routed, requestId: string): Response {
    if (routed.kind === 'event') return postponed();
    return this.refuse(routed, t('broken', { requestId, help: command('today') }));
  }

  private late(routed: Routed): Response {
    if (routed.kind === 'event') return postponed();
    if (isSubmission(routed) || routed.kind === 'command') return this.refuse(routed, t('slow'));
    return ok();
  }

  private refuse(routed: Routed | undefined, words: Parameters<typeof refusal>[1]): Response {
    const { translate, respond, log } = this.options;
    const { body, background } = refusal(routed, words, translate, respond);
    if (background) {
      this.pending.add(background.catch((error) => log.warn({ err: error }, 'refusal not shown')));
    }
    return body === undefined ? ok() : json(body);
  }
}

/** Not `Response.json`: the server answers what is made of a string without building a whole `Response`. */
function json(body: object): Response {
  return new Response(JSON.stringify(body), { status: 200, headers: { 'content-type': 'application/json' } });
}

function ok(): Response {
  return new Response('', { status: 200 });
}

/** Slack sends an event again: at once, after one minute, after five. */
function postponed(): Response {
  return new Response('not done', { status: 503 });
}

function isSubmission(routed: Routed): boolean {
  return routed.kind === 'interactive' && routed.payload.type === 'view_submission';
}

/** Slack's certificate check is not signed; it is answered and does nothing. */
function isSslCheck(body: Uint8Array): boolean {
  if (body.byteLength > 1000) return false;
  return new URLSearchParams(Buffer.from(body).toString('utf8')).get('ssl_check') === '1';
}

function retryOf(headers: Headers): { retryNum?: number; retryReason?: string } {
  const num = headers.get('x-slack-retry-num');
  const reason = headers.get('x-slack-retry-reason');
  return {
    ...(num !== null && /^\d{1,3}$/.test(num) ? { retryNum: Number(num) } : {}),
    ...(reason === null ? {} : { retryReason: reason }),
  };
}
