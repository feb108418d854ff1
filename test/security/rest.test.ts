import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { DatabaseUnavailableError } from '../../src/infra/db/errors.ts';
import { memberOfApiKey } from '../../src/infra/sessions.ts';
import { createTransactor } from '../../src/infra/transactor.ts';
import type { ApiOptions } from '../../src/platforms/http/api.ts';
import { logged, type TestApp, testApp } from '../support/app.ts';
import { apiOf, keyWith } from './api.ts';

let app: TestApp;

beforeAll(async () => {
  app = await testApp();
});
afterEach(() => void vi.restoreAllMocks());

const api = (options: Partial<ApiOptions> = {}) => apiOf(app, options);

const bearer = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });
const someKey = 'parley_00000000000000000000000000000000';

test('look-ups tell a partner’s key nothing', async () => {
  const [partner, rep] = [await keyWith(app, ['partner']), await keyWith(app, ['rep'])];
  for (const { kind } of app.registry.lookups()) {
    const answer = await api().request(`/api/v1/lookups/${kind}`, bearer(partner));
    expect([kind, answer.status]).toEqual([kind, 403]);
  }
  const allowed = await api().request('/api/v1/lookups/account?q=acme', bearer(rep));
  expect(await allowed.json()).toMatchObject({ options: [{ value: 'C-1' }] });
});

test('no text, however odd, makes a look-up fail', async () => {
  const key = await keyWith(app, ['rep', 'admin']);
  const before = logged.length;
  for (const { kind } of app.registry.lookups()) {
    for (const q of ['\0', 'a\0b', '\ud800', '%', '_', '\\', "' or 1=1 --", '\u202e', 'x'.repeat(5000)]) {
      const answer = await api().request(
        `/api/v1/lookups/${kind}?q=${encodeURIComponent(q.toWellFormed())}`,
        bearer(key),
      );
      expect([kind, q, answer.status]).toEqual([kind, q, 200]);
    }
  }
  expect(logged.length).toBe(before);
});

test('a database that is away is said so, not raised to the web server', async () => {
  const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const away = createTransactor({
    transaction: () => Promise.reject(new DatabaseUnavailableError('connection lost')),
  } as never);
  const answer = await api({ keyHolder: (hash) => memberOfApiKey(away, hash) }).request(
    '/api/v1/lookups/account',
    bearer(someKey),
  );
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({ error: { code: 'unavailable' } });
  expect(printed).not.toHaveBeenCalled();
});

test('an unexpected error answers with a request id and leaves its message out of answer and console', async () => {
  const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const answer = await api({ keyHolder: () => Promise.reject(new Error('select secret')) }).request(
    '/api/v1/lookups/account',
    bearer(someKey),
  );
  expect(answer.status).toBe(500);
  const text = await answer.text();
  expect(JSON.parse(text).error.requestId).toBe(answer.headers.get('x-request-id'));
  expect(text).not.toContain('secret');
  expect(printed).not.toHaveBeenCalled();
});

test('half an emoji does not keep anything from being saved', async () => {
  const key = await keyWith(app, ['rep']);
  const answer = await api().request('/api/v1/actions/leads.create', {
    method: 'POST',
    headers: { ...bearer(key).headers, 'content-type': 'application/json' },
    body: '{"company":"Halved \\ud83d","contactName":"Jane","note":"cut \\ud83d"}',
  });
  expect(await answer.json()).toMatchObject({
    output: { company: 'Halved \ufffd', note: 'cut \ufffd' },
  });
});
