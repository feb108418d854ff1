import { createHmac, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import {
  createSlackStandIn,
  type SlackStandIn,
  type SlackStandInOptions,
} from '../../src/playground/slack/stand-in.ts';
import type { Workspace } from '../../src/playground/slack/workspace.ts';

export const secret = 'shhh-it-is-a-secret';
type Json = Record<string, unknown>;

/** What the service received, decoded. */
export interface Received {
  headers: Headers;
  raw: string;
  /** Fields of a command, the payload of an interaction, or the envelope of an event. */
  body: Json;
}

export type Handler = (received: Received) => Response | Promise<Response>;

export interface Bench {
  standIn: SlackStandIn;
  received: Received[];
  last(): Received;
  /** Answers everything from now on. */
  answer(handler: Handler): void;
  api(method: string, body?: Json, token?: string): Promise<Json>;
  apiResponse(method: string, body?: Json, token?: string): Promise<Response>;
  respond(url: unknown, body: Json): Promise<Response>;
  clock: { now: number };
}

export function workspace(change: Partial<Workspace> = {}): Workspace {
  const person = { locale: 'en-US' as const, tz: 'Asia/Shanghai' };
  return {
    id: 'T1',
    name: 'East',
    domain: 'east',
    botToken: 'xoxb-east',
    botUserId: 'UBOT',
    appId: 'A1',
    users: [
      { id: 'U1', name: 'wei', realName: 'Chen Wei', email: 'wei@east.example', ...person },
      { id: 'U2', name: 'li.na', realName: 'Li Na', email: 'lina@east.example', ...person, isAdmin: true },
      {
        id: 'U3',
        name: 'guest',
        realName: 'Gus Guest',
        email: 'g@else.example',
        ...person,
        isUltraRestricted: true,
      },
      { id: 'U4', name: 'stranger', realName: 'Sam', email: 'sam@far.example', ...person, teamId: 'TFAR' },
    ],
    channels: [
      { id: 'C1', name: 'east', members: ['U1', 'U2'] },
      { id: 'C2', name: 'private', members: ['U1'], isPrivate: true },
      { id: 'C3', name: 'old', members: ['U1'], isArchived: true },
      { id: 'C4', name: 'no-bot', members: ['U1'], hasBot: false },
      { id: 'C5', name: 'shared', members: ['U1', 'U4'], isExtShared: true },
    ],
    ...change,
  };
}

/** A tiny service that checks signatures with nothing but node:crypto, and the stand-in that talks to it. */
export function openBench(options: Partial<SlackStandInOptions> = {}): Bench {
  const received: Received[] = [];
  let handler: Handler = () => new Response('');
  const service = new Hono();
  service.post('/slack/events', async (c) => {
    const raw = await c.req.text();
    if (!isSigned(raw, c.req.raw.headers)) return c.text('bad signature', 401);
    const entry = { headers: c.req.raw.headers, raw, body: decode(raw, c.req.header('content-type') ?? '') };
    received.push(entry);
    return handler(entry);
  });
  const clock = { now: Date.parse('2026-11-04T01:00:00Z') };
  const standIn = createSlackStandIn({
    signingSecret: secret,
    target: () => 'http://service.test/slack/events',
    publicBase: () => 'http://stand-in.test',
    workspaces: [workspace()],
    fetch: async (input, init) => service.request(String(input), init),
    now: () => clock.now,
    ...options,
  });
  const apiResponse = async (method: string, body: Json = {}, token = 'xoxb-east') =>
    standIn.web.request(`/api/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
  return {
    standIn,
    received,
    last: () => received.at(-1) ?? { headers: new Headers(), raw: '', body: {} },
    answer: (next) => {
      handler = next;
    },
    apiResponse,
    api: async (method, body, token) => (await (await apiResponse(method, body, token)).json()) as Json,
    respond: async (url, body) =>
      standIn.web.request(new URL(String(url)).pathname, { method: 'POST', body: JSON.stringify(body) }),
    clock,
  };
}

function isSigned(raw: string, headers: Headers): boolean {
  const base = `v0:${headers.get('x-slack-request-timestamp')}:${raw}`;
  const expected = Buffer.from(`v0=${createHmac('sha256', secret).update(base).digest('hex')}`);
  const given = Buffer.from(headers.get('x-slack-signature') ?? '');
  return expected.length === given.length && timingSafeEqual(expected, given);
}

function decode(raw: string, type: string): Json {
  if (type.startsWith('application/json')) return JSON.parse(raw) as Json;
  const fields = Object.fromEntries(new URLSearchParams(raw));
  return fields.payload ? (JSON.parse(fields.payload) as Json) : fields;
}

export const plain = (text: string) => ({ type: 'plain_text', text });
export const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
export const section = (text = 'hello') => ({ type: 'section', text: mrkdwn(text) });
export const button = (change: Json = {}) => ({
  type: 'button',
  action_id: 'go',
  text: plain('Go'),
  ...change,
});

export function modal(change: Json = {}): Json {
  return {
    type: 'modal',
    callback_id: 'lead',
    title: plain('New lead'),
    submit: plain('Create'),
    blocks: [
      {
        type: 'input',
        block_id: 'company',
        label: plain('Company'),
        element: { type: 'plain_text_input', action_id: 'v' },
      },
      {
        type: 'input',
        block_id: 'close',
        label: plain('Close on'),
        optional: true,
        element: { type: 'datepicker', action_id: 'v', initial_date: '2026-11-30' },
      },
      {
        type: 'input',
        block_id: 'account',
        label: plain('Customer'),
        optional: true,
        element: { type: 'external_select', action_id: 'account', min_query_length: 1 },
      },
    ],
    ...change,
  };
}
