import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { recordPrefixes } from '../../src/kernel/ids.ts';
import { recordCounters } from '../../src/store/tables/short-lived.ts';
import { actorOf, run, sharedApp } from './demo.ts';
import { writes } from './support.ts';

const numbers = new RegExp(`\\b(${Object.values(recordPrefixes).join('|')})-(\\d{1,9}|…)`, 'g');
const kinds = new Map(Object.entries(recordPrefixes).map(([kind, prefix]) => [prefix as string, kind]));

test('a dry run tells no number that nobody has, whatever it would make', async () => {
  const app = await sharedApp();
  const counters = () =>
    app.inOrg((tx) => tx.select().from(recordCounters).where(eq(recordCounters.orgId, app.orgId)));
  const before = await counters();
  const drawn = new Map(before.map(({ kind, next }) => [kind, next]));
  const invented: string[] = [];
  const unnumbered = new Set<string>();
  for (const action of writes) {
    const person = actorOf(app, action.example.as);
    const performed = await run(app, person, action, action.example.input, { dryRun: true });
    if (performed.kind !== 'done') continue;
    const told = JSON.stringify([performed.output, performed.card ?? null]);
    for (const [whole, prefix = '', number] of told.matchAll(numbers)) {
      if (number === '…') unnumbered.add(whole);
      else if (Number(number) >= (drawn.get(kinds.get(prefix) ?? '') ?? 0))
        invented.push(`${action.name}: ${whole}`);
    }
  }
  // Words that explain how to type something name records by example.
  expect(invented.filter((one) => !/-(?:57|77|142)$/.test(one))).toEqual([]);
  expect([...unnumbered]).toEqual(expect.arrayContaining(['L-…', 'D-…', 'C-…', 'Q-…', 'A-…']));
  expect(await counters()).toEqual(before);
});
