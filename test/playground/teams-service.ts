import { Hono } from 'hono';
import { createLocalJWKSet, type JWTPayload, jwtVerify } from 'jose';
import {
  createTeamsStandIn,
  type TeamsStandIn,
  type TeamsStandInOptions,
} from '../../src/playground/teams/stand-in.ts';
import type { TeamsUser, Tenant } from '../../src/playground/teams/tenant.ts';

export type Json = Record<string, unknown>;

export const appId = '11111111-2222-4333-8444-555555555555';
export const tabAppId = '99999999-2222-4333-8444-555555555555';
export const botId = `28:${appId}`;
export const tenantId = 'aaaaaaaa-0000-4000-8000-000000000001';
export const wei = 'bbbbbbbb-0000-4000-8000-000000000001';
export const lina = 'bbbbbbbb-0000-4000-8000-000000000002';
export const gus = 'bbbbbbbb-0000-4000-8000-000000000003';
export const channel = '19:sales@thread.tacv2';
export const group = '19:group@thread.v2';

/** What the service received, with the claims of a token that was found good. */
export interface Received {
  activity: Json;
  claims: JWTPayload;
}

export type Handler = (received: Received) => Response | Promise<Response>;

export interface Bench {
  standIn: TeamsStandIn;
  received: Received[];
  last(): Json;
  /** How many activities came with a token that a stranger would refuse. */
  refused(): number;
  /** Answers everything from now on. */
  answer(handler: Handler): void;
  bearer(): Promise<string>;
  connector(method: string, path: string, body?: Json, token?: string): Promise<Response>;
  /** Posts into a conversation and answers the new activity's id. */
  post(conversation: string, activity: Json, query?: string): Promise<string>;
  clock: { now: number };
}

export function tenant(change: Partial<Tenant> = {}): Tenant {
  const person = (id: string, name: string, fields: Partial<TeamsUser> = {}): TeamsUser => {
    const handle = name.toLowerCase().replace(' ', '.');
    return {
      id: `29:${handle}`,
      aadObjectId: id,
      name,
      email: `${handle}@east.example`,
      userPrincipalName: `${handle}@east.example`,
      locale: 'en-US',
      timeZone: 'Europe/London',
      userRole: 'user',
      ...fields,
    };
  };
  return {
    id: tenantId,
    name: 'East',
    users: [
      person(wei, 'Chen Wei', { locale: 'zh-CN', timeZone: 'Asia/Shanghai' }),
      person(lina, 'Li Na'),
      person(gus, 'Gus Guest', { userRole: 'guest', hasApp: false }),
    ],
    teams: [
      {
        id: '19:east@thread.tacv2',
        name: 'East',
        channels: [
          { id: channel, name: 'sales', members: [wei, lina] },
          { id: '19:old@thread.tacv2', name: 'old', members: [wei], isArchived: true },
        ],
      },
      {
        id: '19:far@thread.tacv2',
        name: 'Far',
        channels: [{ id: '19:far-general@thread.tacv2', name: 'General', members: [wei] }],
        hasApp: false,
      },
    ],
    groups: [{ id: group, name: 'Deal room', members: [wei, lina] }],
    ...change,
  };
}

/** A tiny service that checks tokens with nothing but the published keys, and the stand-in that talks to it. */
export function openBench(options: Partial<TeamsStandInOptions> = {}): Bench {
  const received: Received[] = [];
  let refused = 0;
  let handler: Handler = () => new Response(null, { status: 200 });
  const clock = { now: Date.parse('2026-11-04T01:00:00Z') };
  const service = new Hono();
  service.post('/api/messages', async (c) => {
    const activity = (await c.req.json()) as Json;
    const claims = await verify(standIn, c.req.header('authorization') ?? '', clock.now).catch(
      () => undefined,
    );
    if (claims === undefined || claims.serviceurl !== activity.serviceUrl) {
      refused += 1;
      return c.text('unauthorized', 401);
    }
    const entry = { activity, claims };
    received.push(entry);
    return handler(entry);
  });
  const standIn = createTeamsStandIn({
    appId,
    appSecret: 'a secret',
    tabAppId,
    target: () => 'http://service.test/api/messages',
    publicBase: () => 'http://stand-in.test',
    tenants: [tenant()],
    fetch: async (input, init) => service.request(String(input), init),
    now: () => clock.now,
    ...options,
  });
  const bearer = async () => {
    const response = await askToken(standIn);
    const { access_token } = (await response.json()) as { access_token: string };
    return access_token;
  };
  const connector = async (method: string, path: string, body?: Json, token?: string) =>
    standIn.web.request(path, {
      method,
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token ?? (await bearer())}`,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return {
    standIn,
    received,
    last: () => received.at(-1)?.activity ?? {},
    refused: () => refused,
    answer: (next) => {
      handler = next;
    },
    bearer,
    connector,
    async post(conversation, activity, query = '') {
      const path = `/v3/conversations/${encodeURIComponent(conversation)}/activities${query}`;
      const response = await connector('POST', path, { type: 'message', ...activity });
      const body = (await response.json()) as { id?: string };
      if (response.status !== 201 || !body.id) throw new Error(JSON.stringify(body));
      return body.id;
    },
    clock,
  };
}

export function askToken(standIn: TeamsStandIn, change: Record<string, string> = {}, path = '/token') {
  return standIn.web.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: appId,
      client_secret: 'a secret',
      scope: 'https://api.botframework.com/.default',
      ...change,
    }).toString(),
  });
}

/** As somebody would who knows nothing but the address of the metadata. */
export async function verify(standIn: TeamsStandIn, authorization: string, now: number): Promise<JWTPayload> {
  const metadata = await (await standIn.web.request('/.well-known/openidconfiguration')).json();
  const keys = await (await standIn.web.request(new URL(metadata.jwks_uri).pathname)).json();
  const { payload } = await jwtVerify(authorization.replace(/^Bearer /, ''), createLocalJWKSet(keys), {
    issuer: metadata.issuer,
    audience: appId,
    algorithms: metadata.id_token_signing_alg_values_supported,
    currentDate: new Date(now),
  });
  return payload;
}

export const block = (text: string) => ({ type: 'TextBlock', text, wrap: true });

export function card(change: Json = {}): Json {
  return { type: 'AdaptiveCard', version: '1.5', body: [block('Acme')], ...change };
}

export const attach = (content: Json) => ({
  contentType: 'application/vnd.microsoft.card.adaptive',
  content,
});

export const executeButton = (change: Json = {}) => ({
  type: 'Action.Execute',
  title: 'Move on',
  verb: 'move',
  data: { deal: 'D1' },
  ...change,
});

/** A form as dialogs show it. */
export function form(change: Json = {}): Json {
  return card({
    body: [
      { type: 'Input.Text', id: 'name', label: 'Name', isRequired: true, errorMessage: 'A name, please.' },
      { type: 'Input.Number', id: 'amount', label: 'Amount', min: 0 },
      { type: 'Input.Toggle', id: 'hot', title: 'Hot' },
      {
        type: 'Input.ChoiceSet',
        id: 'account',
        label: 'Account',
        style: 'filtered',
        choices: [{ title: 'None', value: 'none' }],
        'choices.data': { type: 'Data.Query', dataset: 'accounts' },
      },
    ],
    actions: [{ type: 'Action.Submit', title: 'Save', data: { act: 'save' } }],
    ...change,
  });
}

export const continueWith = (content: Json, title = 'New lead') =>
  Response.json({ task: { type: 'continue', value: { title, height: 'medium', card: attach(content) } } });

export const showCard = (content: Json) =>
  Response.json({
    statusCode: 200,
    type: 'application/vnd.microsoft.card.adaptive',
    value: content,
  });
