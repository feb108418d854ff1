import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { isUuid, recordPrefixes } from '../../src/kernel/ids.ts';
import type { Ctx } from '../../src/runtime/context.ts';
import { readingContext } from '../../src/runtime/execute.ts';
import { inSession } from '../../src/runtime/session.ts';
import { members } from '../../src/store/tables/people.ts';
import { plain } from '../../src/view/spans.ts';
import { type TestApp, testApp } from '../support/app.ts';
import { actorOf, refusal, renumber, run, sharedApp, trailOf } from './demo.ts';
import { cases, expectErrorWords, readers, refFields, registry } from './support.ts';

const withRefs = cases.filter(([, action]) => refFields(action).length > 0);

/** What the other organization's people type for records of theirs, by lookup: ids and keys. */
const foreign = new Map<string, string[]>();
const builtIn = new Set<string>();

beforeAll(async () => {
  const other = await testApp();
  await renumber(other, 900);
  // Whoever looks for people who left finds one of theirs.
  const pia = await other.as('pia').memberId();
  await other.inOrg((tx) => tx.update(members).set({ status: 'left' }).where(eq(members.id, pia)));
  const own = await sharedApp();
  for (const { kind } of registry.lookups()) {
    const theirs = await optionsOf(other, kind);
    const keys: string[] = [];
    for (const { key } of theirs) {
      if (keys.length === 0 && !(await isKnown(own, key))) keys.push(key);
    }
    // What is built in has no id of anybody's.
    const ids = theirs.map(({ id }) => id).filter(isUuid);
    foreign.set(kind, [...ids.slice(0, 1), ...keys]);
    if (theirs.length > 0 && ids.length === 0) builtIn.add(kind);
  }
});

/** Whether any lookup of the organization makes something of the text: stages are called alike everywhere. */
async function isKnown(app: TestApp, text: string): Promise<boolean> {
  return asAda(app, async (ctx) => {
    for (const lookup of registry.lookups()) if ((await lookup.resolve(ctx, text)).length > 0) return true;
    return false;
  });
}

async function optionsOf(app: TestApp, kind: string): Promise<{ id: string; key: string }[]> {
  return asAda(app, async (ctx) => {
    const found = (await registry.lookup(kind)?.search(ctx, '', 20)) ?? [];
    return found.map(({ ref }) => ({ id: ref.id, key: ref.key }));
  });
}

async function asAda<T>(app: TestApp, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const memberId = await app.as('ada').memberId();
  const who = { kind: 'member', orgId: app.orgId, memberId, platform: 'http' } as const;
  return inSession(app.engine, who, (session) => work(readingContext(session)));
}

test('the other organization has something of every kind to ask for', () => {
  expect(withRefs.length).toBeGreaterThan(15);
  for (const { kind } of registry.lookups()) {
    expect(builtIn.has(kind) || (foreign.get(kind)?.length ?? 0) > 0, kind).toBe(true);
  }
  expect(builtIn.size).toBeLessThan(3);
});

describe.each(withRefs)('%s', (_name, action) => {
  test.each(refFields(action).map(({ field, lookups }) => [field, lookups] as const))(
    '%s: another organization’s record is answered like one that does not exist',
    async (field, lookups) => {
      const app = await sharedApp();
      const person = actorOf(app, action.example.as);
      const before = await trailOf(app);
      const ask = async (text: string) => {
        const raw = { ...action.example.input, [field]: text };
        const error = await refusal(run(app, person, action, raw));
        expectErrorWords(error);
        const words = plain(error.text, readers.en).replaceAll(text, '…');
        const fields = error.fields.map((one) => [
          one.field,
          plain(one.message, readers.en).replaceAll(text, '…'),
        ]);
        return { code: error.code, words, fields, waysOut: error.waysOut };
      };
      const missing = await ask(randomUUID());
      expect(missing.code).toBe('not_found');
      const numbers = lookups.filter((kind) => kind in recordPrefixes);
      const unknown = numbers.map((kind) => `${recordPrefixes[kind as keyof typeof recordPrefixes]}-77777`);
      const theirs = lookups.flatMap((kind) => foreign.get(kind) ?? []);
      expect(theirs.length).toBeGreaterThan(0);
      for (const text of [...unknown, ...theirs]) expect(await ask(text), text).toEqual(missing);
      expect(await trailOf(app)).toEqual(before);
    },
  );
});

test('another organization’s change can neither be undone nor looked at, nor its stored buttons pressed', async () => {
  const [app, other] = [await sharedApp(), await testApp()];
  const create = registry.action('leads.create');
  const undo = registry.action('audit.undo');
  if (!create || !undo) throw new Error('actions are missing');
  const theirs = await run(other, other.as('emma'), create, create.example.input);
  if (theirs.kind !== 'done') throw new Error('not done');
  const error = await refusal(run(app, app.as('emma'), undo, { audit: theirs.auditId }));
  const missing = await refusal(run(app, app.as('emma'), undo, { audit: randomUUID() }));
  expect([error.code, error.text]).toEqual([missing.code, missing.text]);
  expect(error.code).toBe('not_found');

  const visitor = other.as('emma').visitor;
  const press = {
    a: 'leads.create',
    i: { company: 'x'.repeat(100), note: 'n'.repeat(3000) },
    form: true,
  } as const;
  const reply = await other.dispatch(visitor, { kind: 'press', press }, randomUUID());
  if (reply.outcome.kind !== 'form' || !('p' in reply.outcome.form.press)) {
    // Small enough to travel: nothing is stored.
    return;
  }
  const stolen = await app.as('emma').press(reply.outcome.form.press);
  const made = await app.as('emma').press({ p: randomUUID() });
  expect(stolen.text).toBe(made.text);
});
