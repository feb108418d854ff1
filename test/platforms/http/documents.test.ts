import { Hono } from 'hono';
import { beforeAll, describe, expect, test } from 'vitest';
import { printDocument } from '../../../src/infra/pdf/print.ts';
import { memberOfApiKey } from '../../../src/infra/sessions.ts';
import { createTransactor } from '../../../src/infra/transactor.ts';
import { createWebSessions } from '../../../src/infra/web-sessions.ts';
import { createDocuments } from '../../../src/platforms/http/documents.ts';
import { createEntrance } from '../../../src/platforms/http/enter.ts';
import type { Action } from '../../../src/runtime/action.ts';
import type { Document } from '../../../src/view/document.ts';
import { logged, type TestApp, testApp } from '../../support/app.ts';
import { readPdf } from '../../support/pdf-text.ts';

let app: TestApp;
const publicUrl = 'https://crm.example.com';

beforeAll(async () => {
  app = await testApp();
});

/** A deal on paper: whatever action says a document is served like this one. */
function paperOf({ number, name }: { number: string; name: string }): Document {
  return {
    fileName: `../${number} "x"\r\nset-cookie: a=b`,
    title: { t: 'msg', key: 'deals.deal' },
    number,
    issuer: 'Northwind Industrial',
    facts: [],
    parties: [{ label: 'For', lines: [name] }],
    table: { columns: [{ label: 'Item', wide: true }], rows: [[name]] },
    totals: [],
    notes: [],
    footer: number,
  };
}

/** Our pages with `documents` said by some of the actions. */
function pages(documents: Record<string, Action['document']> = { 'deals.show': paperOf as never }): Hono {
  const { registry } = app.engine;
  const action = (name: string) => {
    const found = registry.action(name);
    return found && documents[name] ? { ...found, document: documents[name] } : found;
  };
  const sessions = createWebSessions(app.db);
  const web = new Hono();
  web.route('/', createEntrance({ sessions, publicUrl, translate: app.translate }));
  web.route(
    '/',
    createDocuments({
      engine: { ...app.engine, registry: { ...registry, action } },
      keyHolder: (hash) => memberOfApiKey(createTransactor(app.db), hash),
      sessions,
      tabTokens: undefined,
      publicUrl,
      translate: app.translate,
      print: printDocument,
    }),
  );
  return web;
}

async function linkFor(key: string, path: string): Promise<string> {
  const memberId = await app.as(key).memberId();
  return app.inOrg((tx) => app.engine.codes.issueOpen(tx, { orgId: app.orgId, memberId, path }));
}

/** Goes in by a one-time link and where it leads, as a browser does. */
async function open(key: string, path: string, web = pages()): Promise<Response> {
  const entered = await web.request(await linkFor(key, path), { method: 'POST' });
  expect([entered.status, entered.headers.get('location')]).toEqual([303, path]);
  const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return web.request(path, { headers: { cookie } });
}

describe('a document', () => {
  test('opens by a one-time link as a file nothing else keeps, runs or frames', async () => {
    const answer = await open('emma', '/documents/deals.show?deal=D-1');
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'x-robots-tag': 'noindex',
    });
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy).not.toContain('script-src');
    const { pages: read } = readPdf(new Uint8Array(await answer.arrayBuffer()));
    expect(read).toHaveLength(1);
    expect(read[0]).toContain('D-1');
  });

  test('has a name no header and no folder can be broken with', async () => {
    const answer = await open('emma', '/documents/deals.show?deal=D-1');
    expect(answer.headers.get('content-disposition')).toBe('inline; filename="D-1-x-set-cookie-a-b.pdf"');
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  test.each([
    ['emma', '/documents/deals.show?deal=D-1', 'Deal'],
    ['lina', '/documents/deals.show?deal=D-1', '商机'],
    ['emma', '/documents/deals.show/zh-CN?deal=D-1', '商机'],
    ['lina', '/documents/deals.show/en?deal=D-1', 'Deal'],
  ])('is in the language of %s unless %s names one', async (key, path, title) => {
    const answer = await open(key, path);
    const { pages: read } = readPdf(new Uint8Array(await answer.arrayBuffer()));
    expect(read[0]).toContain(title);
  });

  test('is not for strangers; people read why as text, programs as everywhere else', async () => {
    const path = '/documents/deals.show?deal=D-1';
    const program = await pages().request(path);
    expect(program.status).toBe(401);
    expect(await program.json()).toMatchObject({ error: { code: 'forbidden' } });
    const person = await pages().request(path, { headers: { accept: 'text/html,*/*' } });
    expect(person.status).toBe(401);
    expect(person.headers.get('content-type')).toContain('text/plain');
    expect(person.headers.get('cache-control')).toBe('no-store');
    expect(await person.text()).toMatch(/^Not signed in\./);
    const forged = await pages().request(path, { headers: { cookie: `__Host-parley=${'a'.repeat(43)}` } });
    expect(forged.status).toBe(401);
  });

  test.each([
    ['pia', '/documents/deals.show?deal=D-1', 403],
    ['emma', '/documents/deals.show?deal=D-99999', 404],
    ['emma', '/documents/deals.show?deal=0e000000-0000-4000-8000-000000000003', 404],
    ['emma', '/documents/deals.show?other=1', 422],
    ['emma', '/documents/accounts.show?account=C-1', 404],
    ['emma', '/documents/no.such?deal=D-1', 404],
    ['emma', '/documents/deals.show/fr?deal=D-1', 404],
  ])('for %s at %s is refused with %i', async (key, path, status) => {
    const answer = await open(key, path);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).not.toContain('pdf');
  });

  test('shows nothing of another organization, where the same number is another deal', async () => {
    const other = await testApp();
    await other.as('emma').call('deals.set', { deal: 'D-1', name: 'Only theirs' });
    const theirs = await other.as('emma').call('deals.show', { deal: 'D-1' });
    expect(theirs).toMatchObject({ name: 'Only theirs' });
    const answer = await open('emma', '/documents/deals.show?deal=D-1');
    const { pages: read } = readPdf(new Uint8Array(await answer.arrayBuffer()));
    expect(read[0]).not.toContain('Only theirs');
  });

  test('never changes anything: what writes is no document, whatever it says', async () => {
    const web = pages({ 'deals.move': paperOf as never });
    const before = await app.as('emma').call('deals.show', { deal: 'D-1' });
    const answer = await open('emma', '/documents/deals.move?deal=D-1&stage=quote', web);
    expect(answer.status).toBe(404);
    expect(await app.as('emma').call('deals.show', { deal: 'D-1' })).toEqual(before);
  });

  test('that cannot be made is logged and told without its reason', async () => {
    const web = pages({
      'deals.show': () => {
        throw new Error('the table is on fire');
      },
    });
    const answer = await open('emma', '/documents/deals.show?deal=D-1', web);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('fire');
    expect(logged.at(-1)?.fields.err).toMatchObject({ message: 'the table is on fire' });
    logged.length = 0;
  });
});

test.each([
  'https://evil.example/documents/deals.show?deal=D-1',
  '//evil.example/documents/deals.show?x=1',
  '/documents/../api/v1/session?x=1',
  '/documents/deals.show?deal=D-1\r\nset-cookie: a=b',
  '/documents/deals.show#x',
])('a one-time link leads nowhere else: %s', async (path) => {
  const entered = await pages().request(await linkFor('emma', path), { method: 'POST' });
  expect(entered.status).toBe(410);
  expect(entered.headers.get('location')).toBeNull();
});
