import { and, eq, inArray } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { digestKinds } from '../../../src/runtime/digest.ts';
import { outbox } from '../../../src/store/tables/outbox.ts';
import { cardText } from '../../../src/view/plain-text.ts';
import { plain } from '../../../src/view/spans.ts';
import { openPress, type TestApp, testApp } from '../../support/app.ts';
import { readDigest } from './figures-support.ts';

const dayMs = 86_400_000;
const everybody = { owners: { all: true } } as const;
const sinceDays = (app: TestApp, days: number) => new Date(app.clock.now().getTime() - days * dayMs);

it('says nothing about an organization in which nothing is', async () => {
  const app = await testApp({ demo: false });
  for (const kind of digestKinds) {
    const { lines } = await readDigest(app, kind, everybody);
    expect(
      lines.filter(({ section }) => section !== 'changed'),
      kind,
    ).toEqual([]);
  }
});

it('shows a person the own overdue steps, today’s in time order, tomorrow’s in one line, with Done and Snooze', async () => {
  const app = await testApp();
  const emma = app.as('emma');
  const memberId = await emma.memberId();
  await emma.call('deals.create', { name: 'Late' });
  for (const [line, on] of [
    ['next D-14 +1d call about the price', '2026-11-10T02:00:00Z'],
    ['next D-1 12nov 17:00 show the pump', '2026-11-10T02:00:00Z'],
    ['next D-4 12nov 16:00 ask who decides', '2026-11-10T02:00:00Z'],
    ['next D-12 13nov send the sample', '2026-11-10T02:00:00Z'],
  ] as const) {
    app.clock.set(on);
    expect((await emma.type(line)).text).toContain('next step');
  }
  app.clock.set('2026-11-12T01:00:00Z');
  const scope = { owners: { memberIds: [memberId] }, memberId, on: '2026-11-12', timeZone: 'Europe/Berlin' };
  const { lines, figures, text } = await readDigest(app, 'morning', scope);
  const steps = text.split('\n').filter((line) => line.startsWith('follow-ups:'));
  expect(steps[0]).toMatch(/🔴 D-14 Late · call about the price · 1 d/);
  const at = (part: string) => steps.findIndex((line) => line.includes(part));
  expect(at('🔵')).toBe(1);
  expect(at('D-4 ')).toBeLessThan(at('D-1 '));
  expect(steps.at(at('Tomorrow'))).toMatch(/Tomorrow: D-12 .*send the sample/);
  const row = lines.find(({ record, section }) => section === 'follow-ups' && record !== undefined);
  expect(row?.buttons?.map(({ press }) => openPress(press).a)).toEqual([
    'next-steps.done',
    'next-steps.snooze',
  ]);
  for (const name of ['overdue', 'today', 'tomorrow']) {
    expect(
      figures.get(name)?.rows.every(({ kind, ownerId }) => kind === 'next-step' && ownerId === memberId),
    ).toBe(true);
  }
});

it('mentions whoever owes a plan past its limit, and besides only who decides on a request', async () => {
  const app = await testApp();
  app.clock.forward(3 * dayMs);
  const { lines } = await readDigest(app, 'team', everybody);
  const late = lines.filter(
    ({ text, record }) => record?.kind !== 'approval' && JSON.stringify(text).includes('"mention":true'),
  );
  expect(late.length).toBeGreaterThan(1);
  expect(late.every(({ section }) => section === 'decide')).toBe(true);
  for (const { buttons } of late) {
    expect(buttons).toHaveLength(2);
    expect(openPress(buttons?.[0]?.press ?? { p: '' }).a).toBe('next-steps.set');
  }
});

it('tells what nobody owns only where everybody’s records are told', async () => {
  const app = await testApp();
  const all = await readDigest(app, 'team', everybody);
  expect(all.figures.get('leads-unowned')?.rows).toHaveLength(1);
  const memberId = await app.as('emma').memberId();
  const { figures } = await readDigest(app, 'team', { owners: { memberIds: [memberId] } });
  expect([...figures.keys()]).not.toContain('leads-unowned');
  for (const { rows } of figures.values()) {
    expect(rows.every(({ ownerId }) => ownerId === memberId || ownerId === null)).toBe(true);
  }
  const nobody = await readDigest(app, 'team', { owners: { memberIds: [] } });
  expect(nobody.text).toBe('');
});

it('names a deal at risk once, with everything that is wrong with it', async () => {
  const app = await testApp();
  const { lines, figures, text } = await readDigest(app, 'team', everybody);
  const risks = text.split('\n').filter((line) => line.startsWith('risk:'));
  expect(risks.filter((line) => line.includes('D-6'))).toHaveLength(1);
  expect(risks.find((line) => line.includes('D-6'))).toMatch(
    /stuck in quote .* pushed twice, one contact only/,
  );
  expect(lines.filter(({ section, record }) => section === 'risk' && record)).toHaveLength(
    figures.get('at-risk')?.rows.length ?? -1,
  );
});

it('keeps unlike currencies apart, and counts and says what has no amount', async () => {
  const app = await testApp();
  const { text, figures } = await readDigest(app, 'team', everybody);
  const head = text.split('\n').find((line) => line.startsWith('risk: at risk'));
  expect(head).toMatch(/CNY [\d,]+, EUR [\d,]+ · 1 without an amount/);
  expect(figures.get('at-risk')?.rows.filter(({ amount }) => amount === undefined)).toHaveLength(1);
});

it('tells what happened since by what it came to: there and back is nothing', async () => {
  const app = await testApp();
  const emma = app.as('emma');
  app.clock.forward(dayMs);
  const since = app.clock.now();
  app.clock.forward(3_600_000);
  for (const line of [
    'deal C-3 "Fresh *one* <!here>" 12.5k',
    'set D-1 close:30dec',
    'set D-4 close:30dec',
    'lost D-12 reason:price rival:Grundfos',
  ]) {
    expect((await emma.type(line)).outcome.kind).toBe('card');
  }
  app.clock.forward(60_000);
  const { text, figures } = await readDigest(app, 'team', { ...everybody, since });
  const changed = text.split('\n').filter((line) => line.startsWith('changed:'));
  expect(changed.join('\n')).toMatch(/new deals 1 · CNY 12,500 · D-14 Fresh \*one\* <!here> \(Emma Clark\)/);
  expect(changed.join('\n')).toMatch(/lost 1 · EUR 4,500 · D-12 Sample order \(price\/Grundfos\)/);
  expect(changed.join('\n')).toMatch(/slipped dates 1 · EUR 80,000 · D-1 /);
  await emma.type('undo');
  const undone = await readDigest(app, 'team', { ...everybody, since });
  expect(undone.figures.get('lost')).toBeUndefined();
  expect(figures.get('lost')?.rows).toHaveLength(1);
  const later = await readDigest(app, 'team', { ...everybody, since: sinceDays(app, 0) });
  expect(later.text).not.toContain('changed: new');
});

it('never lists more than the first names, and says how many more there are', async () => {
  const app = await testApp();
  const emma = app.as('emma');
  for (let n = 0; n < 8; n++) await emma.call('deals.create', { name: `Bulk ${n}` });
  const memberId = await emma.memberId();
  const scope = { owners: { memberIds: [memberId] }, memberId, since: sinceDays(app, 1) };
  const { text, figures } = await readDigest(app, 'team', scope);
  const created = text.split('\n').find((line) => line.startsWith('changed: new')) ?? '';
  expect(created.match(/Bulk/g)).toHaveLength(5);
  expect(created).toContain('+3');
  expect(figures.get('new')?.rows).toHaveLength(8);
});

it('presses of every line do what they say', async () => {
  const app = await testApp();
  app.clock.forward(2 * dayMs);
  const ada = app.as('ada');
  for (const kind of ['team', 'branches'] as const) {
    const { lines } = await readDigest(app, kind, { ...everybody, since: sinceDays(app, 5) });
    for (const { press, label } of lines.flatMap(({ buttons }) => buttons ?? [])) {
      const shown = await ada.press(press);
      const { reader } = shown;
      expect(plain(label, reader).length).toBeLessThanOrEqual(24);
      expect(['card', 'form'], plain(label, reader)).toContain(shown.kind);
      const { outcome } = shown;
      if ('card' in outcome) expect(cardText(outcome.card, reader)).not.toMatch(/⛔/);
    }
  }
});

it('what people do to a next step is told, once per step, to who listens', async () => {
  const app = await testApp();
  const emma = app.as('emma');
  await app.drainOutbox();
  const told = async () => {
    const rows = await app.inOrg((tx) =>
      tx
        .select({ payload: outbox.payload })
        .from(outbox)
        .where(and(eq(outbox.kind, 'event'), inArray(outbox.name, ['next-steps.changed'])))
        .orderBy(outbox.position),
    );
    return rows.map(({ payload }) => (payload as { what: string }).what);
  };
  const before = (await told()).length;
  const done = async (line: string) => {
    await emma.type(line);
    return (await told()).slice(before);
  };
  expect(await done('next D-1 +2d call Jane')).toEqual(expect.arrayContaining(['set']));
  const first = (await told()).length - before;
  expect((await done('snooze D-1 +5d')).slice(first)).toEqual(['snoozed']);
  expect((await done('next D-1 +3d visit')).slice(first + 1)).toEqual(['replaced', 'set']);
  expect((await done('done D-1')).slice(first + 3)).toEqual(['done']);
  await emma.type('next D-1 +4d visit again');
  expect((await done('won D-1 reason:service')).slice(first + 5)).toEqual(['replaced']);
});
