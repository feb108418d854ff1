import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { beforeAll, describe, expect, test } from 'vitest';
import { mountWeb } from '../../src/mount-web.ts';
import { hashOfKey } from '../../src/platforms/http/authenticate.ts';
import { apiKeys } from '../../src/store/tables/people.ts';
import type { TestApp } from '../support/app.ts';
import { actorOf, sharedApp, trailOf } from './demo.ts';
import { cases, refFields } from './support.ts';

let app: TestApp;
const web = new Hono();
const keys = new Map<string, Promise<string>>();

beforeAll(async () => {
  app = await sharedApp();
  web.route('/', await mountWeb(app, { publicUrl: 'https://crm.example.com', entra: undefined }));
});

/** A key that acts as the person the example is about. */
function keyOf(role: Parameters<typeof actorOf>[1]): Promise<string> {
  const made = keys.get(role) ?? makeKey(role);
  keys.set(role, made);
  return made;
}

async function makeKey(role: Parameters<typeof actorOf>[1]): Promise<string> {
  const key = `parley_${randomBytes(32).toString('base64url')}`;
  const memberId = await actorOf(app, role).memberId();
  await app.inOrg((tx) =>
    tx.insert(apiKeys).values({
      orgId: app.orgId,
      id: app.engine.newId(),
      memberId,
      name: role,
      keyHash: hashOfKey(key),
      createdAt: app.clock.now(),
    }),
  );
  return key;
}

async function call(name: string, input: unknown, key: string) {
  const response = await web.request(`/api/v1/actions/${name}?dryRun=1`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  return { status: response.status, body: await response.json() };
}

describe.each(cases)('%s over HTTP', (name, action) => {
  test('its example answers its output; extra keys and unknown records are refused in words', async () => {
    const key = await keyOf(action.example.as);
    const before = await trailOf(app);
    const good = await call(name, action.example.input, key);
    expect([good.status, Object.keys(good.body)], JSON.stringify(good.body)).toEqual([200, ['output']]);
    const extra = await call(name, { ...action.example.input, isAdmin: true }, key);
    expect([extra.status, extra.body.error.code]).toEqual([422, 'invalid_input']);
    expect(extra.body.error.fields).toContainEqual(expect.objectContaining({ field: 'isAdmin' }));
    for (const { field } of refFields(action)) {
      const gone = await call(name, { ...action.example.input, [field]: crypto.randomUUID() }, key);
      expect([field, gone.status, gone.body.error?.code]).toEqual([field, 404, 'not_found']);
    }
    expect((await call(name, action.example.input, 'nobody-knows-this-key')).status).toBe(401);
    expect(await trailOf(app)).toEqual(before);
  });
});
