import type { App, Receiver } from '@slack/bolt';
import { Hono } from 'hono';
import { command } from '../../kernel/text.ts';
import type { Inbox, InstallationSecrets, Log } from '../../runtime/ports.ts';
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
  inbox: Inbox;
  api: WebApi;
  respond: Respond;
  translate: Translate;
  log: Log;
  now: () => Date;
  /** Slack gives up at 3 s; what is not done by then is shown another way. */
  answerWithinMs: number;
}

/** Requests stay valid for ten minutes around their timestamp; nobody can replay one after that. */
const replayWindowSeconds = 900;
/** A delivery that may come again keeps its key this long while it is worked on. */
const leaseSeconds = 30;
const keepSeconds = 2 * 3600;

/**
 * Slack's requests on one URL: checked, read, deduplicated, and handed to the SDK's router. The HTTP request is
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
        return Response.json({ challenge: inbound.challenge });
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
    const { installations, inbox, botToken, log } = this.options;
    const origin = originOf(inbound);
    if (!origin) return new Response('malformed', { status: 400 });
    if (origin.foreignTeam) return this.refuse(inbound, t('outsider'));
    const key = deliveryKey(inbound);
    const repeats = inbound.kind === 'event' || isSubmission(inbound);
    let orgId: string;
    let token: string;
    try {
      const found = await installations.find('slack', origin.installation);
      const usable = found?.token ?? botToken;
      if (!found || !usable) return this.refuse(inbound, t('not-connected'));
      orgId = found.orgId;
      token = usable;
      const claim = key && (await inbox.claim(orgId, key, repeats ? leaseSeconds : replayWindowSeconds));
      if (claim === 'busy' || claim === 'done') return this.refuseRepeat(inbound, claim);
    } catch (error) {
      log.error({ requestId, err: error }, 'slack request not taken: storage away');
      if (inbound.kind === 'event') return new Response('not stored', { status: 503 });
      return this.refuse(inbound, t('not-saved'));
    }
    return this.process(inbound, { requestId, origin, orgId, token, key, repeats, headers });
  }

  private process(
    inbound: Extract<Inbound, Routed>,
    at: {
      requestId: string;
      origin: Origin;
      orgId: string;
      token: string;
      key: string | undefined;
      repeats: boolean;
      headers: Headers;
    },
  ): Promise<Response> {
    const { inbox, api, log, answerWithinMs } = this.options;
    const { requestId, origin, orgId, token, key } = at;
    const { app } = this;
    if (!app) throw new Error('the receiver has no app yet');
    return new Promise((resolve) => {
      let isAnswered = false;
      let isUndone = false;
      const answerWith = (response: () => Response): boolean => {
        if (isAnswered) return false;
        isAnswered = true;
        clearTimeout(timer);
        resolve(response());
        return true;
      };
      const timer = setTimeout(() => answerWith(() => this.late(inbound)), answerWithinMs);
      const delivery: Delivery<unknown> = {
        payload: inbound.payload,
        requestId,
        orgId,
        visitor: { platform: 'slack', installation: origin.installation, userId: origin.userId ?? '' },
        answer: (body) => answerWith(() => (body === undefined ? ok() : Response.json(body))),
        async undone() {
          if (isUndone || !key) return;
          isUndone = true;
          // Without it the key runs out by itself, only later.
          await inbox
            .release(orgId, key)
            .catch((error) => log.warn({ requestId, orgId, err: error }, 'not released'));
        },
        call: api.withToken(token),
      };
      const work = app
        .processEvent({
          body: inbound.raw,
          // The SDK acknowledges events before anything is done; ours are answered when they are.
          ack: async (body?: object) => {
            if (inbound.kind !== 'event') delivery.answer(body);
          },
          ...retryOf(at.headers),
          customProperties: { delivery },
        })
        .then(
          () => answerWith(() => (inbound.kind === 'event' ? ok() : this.unrouted(inbound))),
          (error) => {
            log.error({ requestId, orgId, err: error }, 'slack request failed');
            answerWith(() => this.failed(inbound, requestId, isUndone));
          },
        )
        .then(async () => {
          if (key && at.repeats && !isUndone) await inbox.settle(orgId, key, keepSeconds);
        })
        .catch((error) => log.error({ requestId, orgId, err: error }, 'slack delivery not settled'));
      this.pending.add(work);
    });
  }

  private unrouted(routed: Routed): Response {
    return this.refuse(routed, t('unknown-request', { help: command('help') }));
  }

  private failed(routed: Routed, requestId: string, isUndone: boolean): Response {
    if (routed.kind === 'event') return isUndone ? new Response('not stored', { status: 503 }) : ok();
    return this.refuse(routed, t('broken', { requestId, help: command('today') }));
  }

  private late(routed: Routed): Response {
    if (routed.kind === 'event') return new Response('not done yet', { status: 503 });
    if (isSubmission(routed) || routed.kind === 'command') return this.refuse(routed, t('slow'));
    return ok();
  }

  private refuseRepeat(routed: Routed, claim: 'busy' | 'done'): Response {
    if (routed.kind === 'event') {
      return claim === 'done' ? ok() : new Response('being worked on', { status: 503 });
    }
    if (routed.kind === 'command' || isSubmission(routed)) return this.refuse(routed, t('already-received'));
    return ok();
  }

  private refuse(routed: Routed | undefined, words: Parameters<typeof refusal>[1]): Response {
    const { translate, respond, log } = this.options;
    const { body, background } = refusal(routed, words, translate, respond);
    if (background) {
      this.pending.add(background.catch((error) => log.warn({ err: error }, 'refusal not shown')));
    }
    return body === undefined ? ok() : Response.json(body);
  }
}

function ok(): Response {
  return new Response('', { status: 200 });
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
