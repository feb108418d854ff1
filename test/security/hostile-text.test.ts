import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { fieldMeta, withoutControls } from '../../src/kernel/fields.ts';
import type { Action } from '../../src/runtime/action.ts';
import { recordChanges } from '../../src/store/tables/trail.ts';
import { rowsOf } from '../../src/store/tx.ts';
import { actorOf, refusalIfAny, run, stateOf, withoutErrors } from '../conformance/demo.ts';
import { cases, expectErrorWords } from '../conformance/support.ts';
import { type TestApp, testApp } from '../support/app.ts';

/** What ends up elsewhere in a service that puts texts together: in SQL, JSON, patterns, formats, prototypes, files. */
const payloads: readonly string[] = [
  "'; drop table accounts; --",
  "' or '1'='1",
  "') returning *; delete from leads; --",
  "'; select pg_sleep(60); --",
  "'; reset role; --",
  "'; set app.org_id = '00000000-0000-0000-0000-000000000000'; --",
  '"; drop table deals; --',
  '$$; drop table deals; $$',
  "E'\\'; truncate audit; --'",
  "' union select token from installations --",
  "\\'; update members set roles = '{admin}'; --",
  "%' escape '!",
  '%_%_%\\',
  '* & | ! :* <->',
  "'a' & 'b' | !'c':*",
  '$1 $2 :name ? ?? @p1',
  '{"roles":["admin"]}',
  '"}, "orgId": "x", {"',
  '{1,2,"3',
  '__proto__',
  'constructor.prototype.isAdmin=true',
  '{"__proto__":{"isAdmin":true}}',
  'toString',
  'hasOwnProperty',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the text is the attack
  '${process.env.DATABASE_URL}',
  '{{constructor.constructor("return process")()}}',
  '{count, plural, one {# a} other {# b}} <b>x</b>',
  '%s %d %n %x',
  '../../../../etc/passwd\u0000.csv',
  '\ud800 half \udfff \u202e gnp.exe',
];

const isLong = process.env.PARLEY_LONG !== undefined;
const perAction = isLong ? payloads.length : 5;

const textFields = (action: Action) =>
  Object.entries(action.input.shape).flatMap(([field, schema]) => {
    const meta = fieldMeta(schema as z.ZodType);
    return meta?.kind === 'text' || meta?.kind === 'note' ? [field] : [];
  });
const taking = cases.filter(([, action]) => textFields(action).length > 0);

/** What was put in, by the mark that begins it. */
const marks = new Map<string, string>();

let app: TestApp;
let tables = '';
beforeAll(async () => {
  app = await testApp();
  tables = await shapeOf();
});
afterAll(() => {
  expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
});

/** Names of all tables and their columns, and what the service's roles may do. */
async function shapeOf(): Promise<string> {
  const shape = await app.inOrg((tx) =>
    rowsOf(
      tx,
      sql`select table_name, string_agg(column_name, ',' order by column_name) as columns
          from information_schema.columns where table_schema = 'public' group by table_name order by table_name`,
    ),
  );
  return JSON.stringify(shape);
}

/** Records that the trail names in each of its entries. */
const changesSoFar = () =>
  app.inOrg(async (tx) => {
    const { auditId, kind, recordId } = recordChanges;
    const rows = await tx.select({ auditId, kind, recordId }).from(recordChanges);
    return new Map(rows.map((row) => [`${row.auditId} ${row.recordId}`, `${row.kind} ${row.recordId}`]));
  });

/** Keys are spelled in one way; names of a list are each looked up, and written as those they are of. */
const rewritten = /key$|^metName$/i;

/** Follow from other records, which the trail has. */
const derived = new Set(['lastTouchAt', 'lastMetAt']);

function untoldOf(before: Record<string, unknown> = {}, after: Record<string, unknown>): string[] {
  const changed = (column: string) => JSON.stringify(before[column]) !== JSON.stringify(after[column]);
  return Object.keys(after).filter((column) => !derived.has(column) && changed(column));
}

/** As it is kept: what cannot be seen is gone, nothing else. */
const kept = (text: string) => withoutControls(text).trim();

test('there is something to try on', () => {
  expect(payloads.length).toBe(30);
  expect(taking.length).toBeGreaterThan(30);
  expect(new Set(taking.flatMap((_, index) => chosen(index))).size).toBe(payloads.length);
});

/** Every payload meets some action even in the short run; in the long one all meet all. */
function chosen(index: number): string[] {
  return Array.from(
    { length: perAction },
    (_, step) => payloads[(index * perAction + step) % payloads.length] ?? '',
  );
}

describe.each(taking.map(([name, action], index) => [name, action, index] as const))(
  '%s',
  (_name, action, index) => {
    test('keeps a hostile text in its field, or refuses it in words', async () => {
      const person = actorOf(app, action.example.as);
      const [before, known] = [await stateOf(app), await changesSoFar()];
      await withoutErrors(async () => {
        for (const field of textFields(action)) {
          for (const payload of chosen(index)) {
            const mark = `zq${index}x${marks.size}z`;
            const text = `${mark} ${payload}`;
            marks.set(mark, kept(text));
            const raw = { ...action.example.input, [field]: text };
            const error = await refusalIfAny(
              run(app, person, action, raw, { dryRun: action.effect === 'read' }),
            );
            if (error) expectErrorWords(error);
          }
        }
      });
      const after = await stateOf(app);
      const told = new Set(
        [...(await changesSoFar())].flatMap(([entry, key]) => (known.has(entry) ? [] : [key])),
      );
      for (const [key, row] of after) {
        const earlier = before.get(key);
        if (JSON.stringify(earlier) === JSON.stringify(row)) continue;
        if (!told.has(key))
          expect(untoldOf(earlier, row), `${key} changed without a word in the trail`).toEqual([]);
        for (const [column, value] of Object.entries(row)) {
          const [mark] = /zq\d+x\d+z/.exec(JSON.stringify(value) ?? '') ?? [];
          if (mark === undefined || typeof value !== 'string' || rewritten.test(column)) continue;
          expect(value, `${key}.${column}`).toContain(marks.get(mark));
        }
      }
      for (const key of before.keys()) expect(after.has(key), `${key} is gone`).toBe(true);
      expect(await shapeOf()).toBe(tables);
      expect(Object.keys(Object.prototype)).toEqual([]);
      expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
    });
  },
);
