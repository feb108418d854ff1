import { createHmac } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { slackMessages } from '../../../src/platforms/slack/messages.ts';
import { createSlack, type SlackOptions, type SlackPlatform } from '../../../src/platforms/slack/mount.ts';
import { slackWords } from '../../../src/platforms/slack/words.ts';
import type { Interaction, Place, Reply, Visitor } from '../../../src/runtime/interaction.ts';
import { engineMessages } from '../../../src/runtime/messages.ts';
import type { InstallationSecrets, Log } from '../../../src/runtime/ports.ts';
import type { Card } from '../../../src/view/card.ts';
import type { Outcome } from '../../../src/view/outcome.ts';
import type { Reader } from '../../../src/view/reader.ts';
import { createTranslate } from '../../../src/view/translator.ts';

export const secret = 'test-signing-secret';
export const teamId = 'T1';
export const userId = 'U1';
export const orgId = 'org-1';
export const translate = createTranslate([slackMessages, engineMessages]);
export const reader: Reader = {
  locale: 'en',
  timeZone: 'UTC',
  translate,
  commandLine: slackWords.commandLine,
};
export const chineseReader: Reader = { ...reader, locale: 'zh-CN', timeZone: 'Asia/Shanghai' };

export interface ApiCall {
  method: string;
  args: Record<string, unknown>;
  token: string;
}

/** What a faked method answers: JSON, or a whole response. */
type Answer =
  | Record<string, unknown>
  | ((args: Record<string, unknown>) => Record<string, unknown> | Response);

/** A Web API over real HTTP that notes down what it was asked, and the response URLs with it. */
export class SlackRecorder {
  readonly calls: ApiCall[] = [];
  readonly responded: Record<string, unknown>[] = [];
  readonly answers = new Map<string, Answer>();
  respondStatus = 200;
  private server: ReturnType<typeof serve> | undefined;
  private base = '';

  async start(): Promise<void> {
    const app = new Hono();
    app.post('/respond/:id', async (c) => {
      this.responded.push(await c.req.json());
      return c.text('ok', this.respondStatus as 200);
    });
    app.post('/api/:method', async (c) => {
      const method = c.req.param('method');
      const args = Object.fromEntries(
        Object.entries(await c.req.parseBody()).map(([key, value]) => [key, parsed(String(value))]),
      );
      const token = (c.req.header('authorization') ?? '').replace('Bearer ', '');
      this.calls.push({ method, args, token });
      const answer = this.answers.get(method) ?? {};
      const made = typeof answer === 'function' ? answer(args) : answer;
      if (made instanceof Response) return made;
      return c.json({ ok: made.error === undefined, ...defaults(method, args), ...made });
    });
    await new Promise<void>((resolve) => {
      this.server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, (info: AddressInfo) => {
        this.base = `http://127.0.0.1:${info.port}`;
        resolve();
      });
    });
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.server?.close(() => resolve());
    });
  }

  get apiUrl(): string {
    return `${this.base}/api/`;
  }

  get responseUrl(): string {
    return `${this.base}/respond/1`;
  }

  clear(): void {
    this.calls.length = 0;
    this.responded.length = 0;
    this.answers.clear();
    this.respondStatus = 200;
  }

  of(method: string): Record<string, unknown>[] {
    return this.calls.filter((call) => call.method === method).map((call) => call.args);
  }
}

function parsed(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? json : text;
  } catch {
    return text;
  }
}

function defaults(method: string, args: Record<string, unknown>): Record<string, unknown> {
  if (method === 'chat.postMessage') return { channel: args.channel, ts: '1700000000.000100' };
  if (method === 'conversations.open') return { channel: { id: 'D1' } };
  if (method.startsWith('views.')) return { view: { id: 'V1' } };
  return {};
}

export class MemoryInstallations implements InstallationSecrets {
  readonly tokens = new Map<string, string>([[teamId, 'xoxb-1']]);
  readonly disconnected: string[] = [];
  /** The database cannot be reached. */
  isAway = false;

  async find(_platform: string, externalId: string) {
    if (this.isAway) throw new Error('database away');
    const token = this.tokens.get(externalId);
    return token === undefined ? undefined : { orgId, token };
  }

  async disconnect(_platform: string, externalId: string): Promise<void> {
    this.disconnected.push(externalId);
    this.tokens.delete(externalId);
  }
}

export interface Asked {
  who: Visitor;
  interaction: Interaction;
}

/** The platform with everything behind it replaced by a few lines. */
export class Harness {
  /** What the engine was asked; where each was done stands in `stoodAt`. */
  readonly asked: Asked[] = [];
  readonly stoodAt: (Place | undefined)[] = [];
  readonly logged: { level: string; fields: Record<string, unknown>; message: string }[] = [];
  /** Deliveries that were worked on, as the engine remembers them. */
  readonly deliveries = new Set<string>();
  readonly installations = new MemoryInstallations();
  /** Which channels it was said of that others read along, in order. */
  readonly shared: { installation: string; channel: string; isShared: boolean }[] = [];
  /** What was said of accounts, with the key of the delivery. */
  readonly noted: Record<string, unknown>[] = [];
  answer: (interaction: Interaction) => Outcome | Promise<Outcome> = () => ({
    kind: 'card',
    card: { tone: 'ok', title: 'Done D-142', blocks: [] },
  });
  private slack: SlackPlatform | undefined;
  readonly recorder: SlackRecorder;

  constructor(recorder: SlackRecorder) {
    this.recorder = recorder;
  }

  async start(options: Partial<SlackOptions> = {}): Promise<this> {
    this.slack = await createSlack({
      signingSecret: secret,
      apiUrl: this.recorder.apiUrl,
      installations: this.installations,
      shared: async (installation, channel, isShared) => {
        this.shared.push({ installation, channel, isShared });
      },
      translate,
      log: this.log(),
      noteAccount: async (said, { key }) => void this.noted.push({ ...said, key }),
      shortcuts: {
        message: ({ text }) => ({ a: 'activities.log', i: { note: text }, form: true }),
        global: () => ({ a: 'line', i: { line: 'today' } }),
      },
      dispatch: async (who, interaction, _requestId, delivery): Promise<Reply> => {
        if (who.platform === 'web') throw new Error('Slack has visitors only');
        if (delivery !== undefined && this.deliveries.has(delivery)) {
          const title = engineMessages('duplicate');
          return { outcome: { kind: 'card', card: { tone: 'warn', title, blocks: [] } }, reader };
        }
        if (delivery !== undefined) this.deliveries.add(delivery);
        const { place, ...done } = interaction;
        this.stoodAt.push(place);
        this.asked.push({ who, interaction: done as Interaction });
        const outcome = await this.answer(interaction);
        // What was rolled back leaves no trace of its delivery.
        if (outcome.kind === 'form-errors' && delivery !== undefined) this.deliveries.delete(delivery);
        return { outcome, reader };
      },
      ...options,
    });
    return this;
  }

  get platform() {
    return this.started().platform;
  }

  get routes() {
    return this.started().routes;
  }

  drain(): Promise<void> {
    return this.started().drain();
  }

  async send(request: { body: string; headers: Record<string, string> }): Promise<Response> {
    return this.routes.request('/slack/events', { method: 'POST', ...request });
  }

  async command(text: string, extra: Record<string, string> = {}): Promise<Response> {
    return this.send(signedForm({ ...commandOf(text, this.recorder.responseUrl), ...extra }));
  }

  async interactive(payload: Record<string, unknown>): Promise<Response> {
    return this.send(signedForm({ payload: JSON.stringify({ ...base(), ...payload }) }));
  }

  async event(event: Record<string, unknown>, envelope: Record<string, unknown> = {}): Promise<Response> {
    return this.send(signedJson(eventOf(event, envelope)));
  }

  private started(): SlackPlatform {
    if (!this.slack) throw new Error('not started');
    return this.slack;
  }

  private log(): Log {
    const at = (level: string) => (fields: Record<string, unknown>, message: string) => {
      this.logged.push({ level, fields, message });
    };
    return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
  }
}

let counter = 0;
export function unique(prefix: string): string {
  counter += 1;
  return `${prefix}${counter}`;
}

export function commandOf(text: string, responseUrl = 'https://hooks.slack.com/commands/1') {
  return {
    command: '/crm',
    text,
    trigger_id: unique('trigger'),
    team_id: teamId,
    user_id: userId,
    channel_id: 'C1',
    response_url: responseUrl,
  };
}

function base(): Record<string, unknown> {
  return {
    team: { id: teamId },
    user: { id: userId, team_id: teamId },
    trigger_id: unique('trigger'),
  };
}

export function eventOf(event: Record<string, unknown>, envelope: Record<string, unknown> = {}) {
  return {
    type: 'event_callback',
    team_id: teamId,
    event_id: unique('Ev'),
    authorizations: [{ team_id: teamId, user_id: 'UBOT', is_bot: true, is_enterprise_install: false }],
    event,
    ...envelope,
  };
}

export function sign(
  body: string,
  atSeconds = Math.floor(Date.now() / 1000),
  key = secret,
): Record<string, string> {
  const digest = createHmac('sha256', key).update(`v0:${atSeconds}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(atSeconds), 'x-slack-signature': `v0=${digest}` };
}

export function signedForm(fields: Record<string, string>, type = 'application/x-www-form-urlencoded') {
  const body = new URLSearchParams(fields).toString();
  return { body, headers: { 'content-type': type, ...sign(body) } };
}

export function signedJson(json: unknown) {
  const body = JSON.stringify(json);
  return { body, headers: { 'content-type': 'application/json', ...sign(body) } };
}

export function button(press: object, n = 0): Record<string, unknown> {
  return {
    type: 'button',
    action_id: `press:${n}`,
    block_id: 'b',
    action_ts: unique('17000'),
    value: JSON.stringify(press),
  };
}

export function cardOutcome(title: string, extra: Partial<Card> = {}): Outcome {
  return { kind: 'card', card: { tone: 'ok', title, blocks: [], ...extra } };
}
