import { request } from 'node:http';
import { eq, like } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leads } from '../../src/features/sales/leads/tables.ts';
import { runOperatorCommand } from '../../src/operator/run.ts';
import { apiKeys } from '../../src/store/tables/people.ts';
import { audit } from '../../src/store/tables/trail.ts';
import { type Service, startService, team } from './service.ts';

let service: Service;
const keys: Record<string, string> = {};

beforeAll(async () => {
  service = await startService();
  for (const role of ['rep', 'manager', 'read-only', 'admin']) keys[role] = await newKey(role);
});
afterAll(() => service?.close());

/** A key as an operator makes it. */
async function newKey(role: string): Promise<string> {
  const lines: string[] = [];
  const out = { line: (text: string) => void lines.push(text), progress: () => undefined };
  const args = ['api-key', 'create', '--role', role];
  expect(await runOperatorCommand({ core: service.app, args, cwd: '/', out })).toBe(0);
  return lines[0] ?? '';
}

interface Answer {
  status: number;
  body: {
    output?: Record<string, unknown>;
    error?: {
      code: string;
      message: string;
      fields?: { field: string; message: string }[];
      requestId: string;
    };
    options?: { value: string; label: string }[];
  };
}

async function call(path: string, init: RequestInit & { as?: string } = {}): Promise<Answer> {
  const { as = 'rep', headers, ...rest } = init;
  const response = await fetch(`${service.url}/api/v1/${path}`, {
    ...rest,
    headers: {
      ...(as === '' ? {} : { authorization: `Bearer ${keys[as] ?? as}` }),
      'content-type': 'application/json',
      ...headers,
    },
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

const post = (action: string, input: unknown, init: Parameters<typeof call>[1] = {}) =>
  call(`actions/${action}`, { method: 'POST', body: JSON.stringify(input), ...init });
const leadsNamed = (part: string) =>
  service.inOrg((tx) =>
    tx
      .select()
      .from(leads)
      .where(like(leads.company, `%${part}%`)),
  );

describe('an action', () => {
  test('takes canonical values and what people type, and answers its output', async () => {
    const typed = await post('leads.create', {
      company: 'Rest Ltd',
      email: 'kim@rest.example',
      amount: '80k',
    });
    expect(typed.status).toBe(200);
    expect(typed.body.output).toMatchObject({ amount: { amountMinor: '8000000', currency: 'CNY' } });
    const exact = await post('leads.create', {
      company: 'Canon Works',
      email: 'kim@canon.example',
      amount: { amountMinor: '8000000', currency: 'CNY' },
    });
    expect(exact.body.output).toMatchObject({ amount: { amountMinor: '8000000', currency: 'CNY' } });
  });

  test('leaves an audit entry in the name of the key’s member', async () => {
    await post('leads.create', { company: 'Audited Ltd', email: 'kim@audited.example' });
    const rows = await service.inOrg((tx) => tx.select().from(audit).where(eq(audit.platform, 'http')));
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.at(-1)).toMatchObject({ action: 'leads.create', actorName: 'API' });
  });

  test('with a dry run answers the same and saves nothing', async () => {
    const dry = await call('actions/leads.create?dryRun=1', {
      method: 'POST',
      body: JSON.stringify({ company: 'Dry Docks', email: 'kim@dry.example' }),
    });
    expect(dry.status).toBe(200);
    expect(dry.body.output).toMatchObject({ company: 'Dry Docks' });
    expect(await leadsNamed('Dry Docks')).toHaveLength(0);
  });
});

describe('a refusal', () => {
  test.each<[string, () => Promise<Answer>, number, string]>([
    ['no key', () => post('leads.list', {}, { as: '' }), 401, 'forbidden'],
    ['an unknown key', () => post('leads.list', {}, { as: 'parley_nobody_has_this_key' }), 401, 'forbidden'],
    [
      'a role it is not for',
      () => post('leads.create', { company: 'X' }, { as: 'read-only' }),
      403,
      'forbidden',
    ],
    ['something missing', () => post('leads.create', { company: 'X' }), 422, 'invalid_input'],
    ['an unreadable value', () => post('leads.create', { company: 'X', email: 'x@' }), 422, 'invalid_input'],
    [
      'an unknown field',
      () => post('leads.create', { company: 'X', email: 'x@y.example', orgId: 1 }),
      422,
      'invalid_input',
    ],
    ['a record that is not there', () => post('deals.show', { deal: 'D-99999' }), 404, 'not_found'],
    ['an unknown action', () => post('leads.destroy', {}), 404, 'not_found'],
    ['an unknown path', () => call('nothing'), 404, 'not_found'],
    ['an unknown lookup', () => call('lookups/nothing?q=a'), 404, 'not_found'],
    ['no JSON', () => call('actions/leads.create', { method: 'POST', body: '{' }), 400, 'invalid_input'],
    ['no object', () => call('actions/leads.create', { method: 'POST', body: '[1]' }), 400, 'invalid_input'],
  ])('of %s has its status, code, words and request id', async (_what, ask, status, code) => {
    const answer = await ask();
    expect(answer.status).toBe(status);
    expect(answer.body.error?.code).toBe(code);
    expect(answer.body.error?.message).toMatch(/[A-Za-z]{3,} .*\w/);
    expect(answer.body.error?.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.body.output).toBeUndefined();
  });

  test('of too large a body comes before it is read', async () => {
    // A connection of its own: the service closes it with the rest unread.
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const url = `${service.url}/api/v1/actions/leads.create`;
      const headers = { authorization: `Bearer ${keys.rep}`, 'content-type': 'application/json' };
      const sent = request(url, { method: 'POST', headers, agent: false }, (answer) => {
        resolve(answer.statusCode);
        answer.destroy();
      });
      sent.on('error', reject);
      sent.end(JSON.stringify({ note: 'x'.repeat(1_100_000) }));
    });
    expect(status).toBe(413);
  });

  test('names every wrong field', async () => {
    const answer = await post('leads.create', { company: 'X', email: 'x@', phone: 'none', amount: 'lots' });
    expect(answer.body.error?.fields?.map(({ field }) => field).toSorted()).toEqual([
      'amount',
      'email',
      'phone',
    ]);
  });

  test('of a revoked key is that of an unknown one', async () => {
    keys.revoked = await newKey('rep');
    expect((await post('leads.list', {}, { as: 'revoked' })).status).toBe(200);
    const newest = await service.inOrg((tx) =>
      tx.select().from(apiKeys).orderBy(apiKeys.createdAt, apiKeys.id),
    );
    const id = newest.at(-1)?.id ?? '';
    await service.inOrg((tx) => tx.update(apiKeys).set({ revokedAt: new Date() }).where(eq(apiKeys.id, id)));
    expect((await post('leads.list', {}, { as: 'revoked' })).status).toBe(401);
  });
});

describe('an idempotency key', () => {
  const input = { company: 'Once Only', email: 'kim@once.example' };
  const withKey = (body: unknown, as = 'rep') =>
    post('leads.create', body, { as, headers: { 'idempotency-key': 'key-1' } });

  test('twenty times in parallel makes one record and gives one answer', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => withKey(input)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(await leadsNamed('Once Only')).toHaveLength(1);
    expect(await withKey(input)).toEqual(answers[0]);
  });

  test('with another body is refused with 409', async () => {
    const other = await withKey({ ...input, company: 'Another One' });
    expect([other.status, other.body.error?.code]).toEqual([409, 'conflict']);
    expect(await leadsNamed('Another One')).toHaveLength(0);
  });

  test('of somebody else is another key', async () => {
    const theirs = await withKey({ company: 'Their Own', email: 'kim@their.example' }, 'manager');
    expect(theirs.status).toBe(200);
  });

  test('of a refused call is free to be used again', async () => {
    const headers = { 'idempotency-key': 'key-2' };
    expect((await post('leads.create', { company: 'Free Ltd' }, { headers })).status).toBe(422);
    const fixed = await post('leads.create', { company: 'Free Ltd', email: 'kim@free.example' }, { headers });
    expect(fixed.status).toBe(200);
  });
});

test('type-ahead finds records by name and offers some unasked', async () => {
  const found = await call('lookups/account?q=nova');
  expect(found.body.options?.[0]).toMatchObject({ value: 'C-3' });
  expect((await call('lookups/account')).body.options?.length).toBeGreaterThan(0);
});

describe('the description', () => {
  interface Operation {
    requestBody: { content: { 'application/json': { schema: Record<string, unknown>; example: unknown } } };
    responses: Record<string, { content: { 'application/json': { schema: Record<string, unknown> } } }>;
    operationId: string;
  }
  interface Document {
    openapi: string;
    info: { title: string; version: string };
    paths: Record<string, { post?: Operation; get?: Operation }>;
    components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> };
  }

  test('has every action and lookup with its schemas, all references resolve, ids are unique', async () => {
    const response = await fetch(`${service.url}/api/v1/openapi.json`);
    const document = (await response.json()) as Document;
    expect(document.openapi).toMatch(/^3\.1\.\d$/);
    const { registry } = service.app;
    expect(registry.actions().length).toBeGreaterThan(30);
    for (const { name } of registry.actions()) {
      const operation = document.paths[`/api/v1/actions/${name}`]?.post;
      const schema = operation?.requestBody.content['application/json'].schema;
      expect(schema, name).toMatchObject({ type: 'object', additionalProperties: false });
      const answer = operation?.responses['200']?.content['application/json'].schema;
      expect(answer, name).toMatchObject({ type: 'object', required: ['output'] });
      expect(operation?.responses['422'], name).toBeDefined();
    }
    for (const { kind } of registry.lookups())
      expect(document.paths[`/api/v1/lookups/${kind}`]?.get).toBeDefined();
    const operations = Object.values(document.paths).flatMap(({ post: one, get }) =>
      [one, get].filter((o) => o !== undefined),
    );
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, to = '']) => to);
    expect(references.length).toBeGreaterThan(0);
    for (const to of new Set(references)) {
      const found = to
        .replace(/^#\//, '')
        .split('/')
        .reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], document);
      expect(found, to).toBeDefined();
    }
  });

  test('has a page that loads nothing from elsewhere', async () => {
    const page = await fetch(`${service.url}/docs`);
    const html = await page.text();
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const loaded = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url = '']) => url);
    expect(loaded.length).toBeGreaterThan(2);
    for (const url of loaded) {
      expect(url).toMatch(/^\/[^/]/);
      expect((await fetch(`${service.url}${url}`)).status, url).toBe(200);
    }
  });
});

test.each(['healthz', 'metrics', 'api/v1/session', 'docs', 'r/none', 'nowhere'])(
  '/%s may not be framed by anybody',
  async (path) => {
    const { headers } = await fetch(`${service.url}/${path}`);
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  },
);

test('health, readiness and figures answer without a key', async () => {
  for (const path of ['healthz', 'readyz', 'metrics']) {
    expect((await fetch(`${service.url}/${path}`)).status, path).toBe(200);
  }
  expect(service.errors).toEqual([]);
});

describe('a page', () => {
  /** Types `/crm open` as Emma, opens the link as a browser does and answers the cookie. */
  async function signIn(): Promise<string> {
    const visitor = { platform: 'slack', installation: team, userId: 'U0EMMACLARK' } as const;
    const { outcome } = await service.app.dispatch(visitor, { kind: 'command', line: 'open D-1' }, 'request');
    const url = /http\S+\/r\/[\w-]{43}/.exec(JSON.stringify(outcome))?.[0];
    if (!url) throw new Error('no link');
    const at = new URL(url);
    const answer = await fetch(`${service.url}${at.pathname}`, { method: 'POST', redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/tab/deals/D-1']);
    return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  }
  const own = { 'sec-fetch-site': 'same-origin' };

  test('opened from chat works as the person, until they sign out', async () => {
    const cookie = await signIn();
    const headers = { cookie, ...own };
    const me = (await call('session', { as: '', headers })) as { status: number; body: unknown };
    expect([me.status, me.body]).toMatchObject([200, { name: 'Emma Clark', roles: ['rep'] }]);
    const made = await call('interactions', {
      as: '',
      headers,
      method: 'POST',
      body: JSON.stringify({ kind: 'command', line: 'new-lead "Page Ltd" Kim kim@page.example' }),
    });
    expect(made.body).toMatchObject({ outcome: { kind: 'card', refused: false } });
    expect(await leadsNamed('Page Ltd')).toHaveLength(1);
    const traces = await service.inOrg((tx) => tx.select().from(audit).where(eq(audit.platform, 'web')));
    expect(traces).toMatchObject([{ action: 'leads.create', actorName: 'Emma Clark' }]);
    expect((await call('session', { as: '', headers, method: 'DELETE' })).status).toBe(200);
    expect((await call('session', { as: '', headers })).status).toBe(401);
  });

  test('says in the reader’s language what is refused', async () => {
    const cookie = await signIn();
    const language = (locale: string) =>
      post('members.me', { language: locale }, { as: '', headers: { cookie, ...own } });
    expect((await language('zh-CN')).status).toBe(200);
    const refused = await post('deals.show', { deal: 'D-99999' }, { as: '', headers: { cookie, ...own } });
    expect([refused.status, refused.body.error?.message]).toEqual([
      404,
      expect.stringMatching(/\p{Script=Han}/u),
    ]);
    expect((await language('en')).status).toBe(200);
  });

  test('is for people: a key has no buttons and forms', async () => {
    const answer = await call('interactions', { method: 'POST', body: JSON.stringify({ kind: 'home' }) });
    expect([answer.status, answer.body.error?.code]).toEqual([403, 'forbidden']);
  });

  test('sends too much at its own cost: a megabyte is the most anything takes', async () => {
    const cookie = await signIn();
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { cookie, ...own, 'content-type': 'application/json' };
      const sent = request(
        `${service.url}/api/v1/interactions`,
        { method: 'POST', headers, agent: false },
        (answer) => {
          resolve(answer.statusCode);
          answer.destroy();
        },
      );
      sent.on('error', reject);
      sent.end(JSON.stringify({ kind: 'command', line: 'x'.repeat(1_100_000) }));
    });
    expect(status).toBe(413);
  });
});
