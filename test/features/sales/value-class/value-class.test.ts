import { and, eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { beforeEach, describe, expect, it } from 'vitest';
import { accounts } from '../../../../src/features/crm/accounts/tables.ts';
import { deals } from '../../../../src/features/sales/deals/tables.ts';
import { stages } from '../../../../src/features/sales/pipelines/tables.ts';
import { monthlyTimer } from '../../../../src/features/sales/value-class/jobs.ts';
import type { ClassesSet, ClassesView } from '../../../../src/features/sales/value-class/model.ts';
import { mostUndoable } from '../../../../src/features/sales/value-class/rules.ts';
import { ensureTimers } from '../../../../src/store/schedules.ts';
import { recordChanges } from '../../../../src/store/tables/trail.ts';
import { type TestApp, testApp } from '../../../support/app.ts';
import { schedulerOf } from '../../../support/scheduler.ts';

let app: TestApp;
beforeEach(async () => {
  app = await testApp();
});

const K = 100_000n;

/** Customers of the organization's own with what they won; numbers from C-101 on. */
async function customers(
  wanted: {
    won?: { minor: bigint; currency?: string; on?: string; status?: 'won' | 'lost'; archived?: true }[];
    valueClass?: 'A' | 'B' | 'C';
    by?: 'hand' | 'rule';
    archived?: true;
  }[],
): Promise<string[]> {
  return app.inOrg(async (tx) => {
    const [stage] = await tx.select().from(stages).where(eq(stages.orgId, app.orgId)).limit(1);
    if (!stage) throw new Error('no stage');
    const at = { createdAt: app.clock.now(), updatedAt: app.clock.now() };
    const rows = wanted.map((one, index) => ({
      orgId: app.orgId,
      id: uuidv7(),
      number: 101 + index,
      name: `Customer ${101 + index}`,
      nameKey: `customer ${101 + index}`,
      valueClass: one.valueClass ?? null,
      valueClassBy: one.by ?? null,
      archivedAt: one.archived ? app.clock.now() : null,
      ...at,
    }));
    await tx.insert(accounts).values(rows);
    let number = 1000;
    const won = wanted.flatMap((one, index) =>
      (one.won ?? []).map((deal) => ({
        orgId: app.orgId,
        id: uuidv7(),
        number: ++number,
        name: `Deal ${number}`,
        nameKey: `deal ${number}`,
        accountId: rows[index]?.id ?? null,
        stageId: stage.id,
        stageEnteredAt: app.clock.now(),
        status: deal.status ?? ('won' as const),
        amountMinor: deal.minor,
        currency: deal.currency ?? 'CNY',
        closedOn: deal.on ?? '2026-06-01',
        archivedAt: deal.archived ? app.clock.now() : null,
        ...at,
      })),
    );
    if (won.length > 0) await tx.insert(deals).values(won);
    return rows.map(({ id }) => id);
  });
}

async function classOf(number: number): Promise<string> {
  const rows = await app.inOrg((tx) =>
    tx
      .select({ valueClass: accounts.valueClass, by: accounts.valueClassBy })
      .from(accounts)
      .where(and(eq(accounts.orgId, app.orgId), eq(accounts.number, number))),
  );
  return `${rows[0]?.valueClass ?? '-'} ${rows[0]?.by ?? '-'}`;
}

const money = (minor: bigint, currency = 'CNY') => ({ amountMinor: minor.toString(), currency });
const rule = { aFrom: money(500n * K), bFrom: money(100n * K) };
const setRule = async (key = 'lina', input: Record<string, unknown> = rule) =>
  (await app.as(key).call('value-class.set', input)) as ClassesSet;
const show = async (key = 'lina') => (await app.as(key).call('value-class.show', {})) as ClassesView;

/** Everything that was noted of customers, oldest first. */
const noted = () =>
  app.inOrg((tx) =>
    tx
      .select()
      .from(recordChanges)
      .where(
        and(
          eq(recordChanges.orgId, app.orgId),
          eq(recordChanges.kind, 'account'),
          eq(recordChanges.op, 'update'),
        ),
      ),
  );

describe('the class by rule', () => {
  it('begins exactly at its threshold', async () => {
    await customers([
      { won: [{ minor: 500n * K }] },
      { won: [{ minor: 500n * K - 1n }] },
      { won: [{ minor: 100n * K }] },
      { won: [{ minor: 100n * K - 1n }] },
      { won: [{ minor: 300n * K }, { minor: 200n * K }] },
    ]);
    expect((await setRule()).moved).toEqual({ up: 0, down: 0, fresh: 5 });
    expect(await Promise.all([101, 102, 103, 104, 105].map(classOf))).toEqual([
      'A rule',
      'B rule',
      'B rule',
      'C rule',
      'A rule',
    ]);
  });

  it('counts the last twelve months of the organization’s calendar, both ends included', async () => {
    // 01:00 in Shanghai, the day before everywhere west of it.
    app.clock.set('2026-11-09T17:00:00Z');
    await customers([
      { won: [{ minor: 500n * K, on: '2025-11-11' }] },
      { won: [{ minor: 500n * K, on: '2025-11-10' }] },
      { won: [{ minor: 500n * K, on: '2026-11-10' }] },
      { won: [{ minor: 500n * K, on: '2026-11-11' }] },
    ]);
    await setRule();
    expect(await Promise.all([101, 102, 103, 104].map(classOf))).toEqual(['A rule', '- -', 'A rule', '- -']);
  });

  it('counts no lost or archived deal, and classes no archived customer', async () => {
    await customers([
      { won: [{ minor: 900n * K, status: 'lost' }, { minor: K }] },
      { won: [{ minor: 900n * K, archived: true }, { minor: K }] },
      { won: [{ minor: 900n * K }], archived: true },
    ]);
    await setRule();
    expect(await Promise.all([101, 102, 103].map(classOf))).toEqual(['C rule', 'C rule', '- -']);
  });

  it('leaves a class set by hand alone, also one from before there was a rule', async () => {
    await customers([
      { won: [{ minor: K }], valueClass: 'A', by: 'hand' },
      { won: [{ minor: 900n * K }], valueClass: 'C' },
    ]);
    expect((await setRule()).moved).toEqual({ up: 0, down: 0, fresh: 0 });
    expect(await Promise.all([101, 102].map(classOf))).toEqual(['A hand', 'C -']);
  });

  it('falls to C when the wins have grown old, but a prospect gets no class', async () => {
    await customers([{ won: [{ minor: 900n * K, on: '2025-01-01' }], valueClass: 'A', by: 'rule' }, {}]);
    expect((await setRule()).moved).toEqual({ up: 0, down: 1, fresh: 0 });
    expect(await Promise.all([101, 102].map(classOf))).toEqual(['C rule', '- -']);
  });

  it('never adds unlike currencies, and says what it did not count', async () => {
    await customers([
      { won: [{ minor: 60n * K }, { minor: 60n * K, currency: 'EUR' }] },
      { won: [{ minor: 900n * K, currency: 'EUR' }] },
      { won: [{ minor: 900n * K, currency: 'EUR' }], valueClass: 'B', by: 'rule' },
      { won: [{ minor: 5n * K, currency: 'JPY' }] },
    ]);
    const before = await show();
    const { notCounted } = await setRule();
    expect(await Promise.all([101, 102, 103].map(classOf))).toEqual(['C rule', '- -', 'B rule']);
    expect(notCounted).toEqual(before.notCounted);
    expect(notCounted.find(({ currency }) => currency === 'JPY')).toEqual({
      currency: 'JPY',
      amountMinor: (5n * K).toString(),
      accounts: 1,
    });
    expect((await app.as('ada').type('classes')).text).toMatch(/Not counted: EUR [\d,]+ \(\d customers\)/);
  });

  it('changes nothing the second time', async () => {
    await customers([{ won: [{ minor: 500n * K }] }, { won: [{ minor: K }] }]);
    await setRule();
    const once = await noted();
    expect((await setRule()).moved).toEqual({ up: 0, down: 0, fresh: 0 });
    expect(await noted()).toEqual(once);
    expect((await show()).wouldChange).toEqual({ up: 0, down: 0, fresh: 0 });
  });
});

describe('the thresholds', () => {
  it('are asked about with what would change, and only then set', async () => {
    await customers([
      { won: [{ minor: 600n * K }], valueClass: 'B', by: 'rule' },
      { won: [{ minor: K }], valueClass: 'A', by: 'rule' },
      { valueClass: 'B', by: 'rule' },
    ]);
    const asked = await app.as('ada').type('classes A>500k B>100k');
    expect(asked.text).toContain('Set A from CNY 500,000, B from CNY 100,000?');
    expect(asked.text).toContain('3 customers change: 1 up, 2 down');
    expect(await classOf(101)).toBe('B rule');
    expect((await show()).rule).toBeNull();
    const done = await app.as('ada').press(asked.button('Confirm'));
    expect(done.text).toContain('3 customers change: 1 up, 2 down');
    expect(await Promise.all([101, 102, 103].map(classOf))).toEqual(['A rule', 'C rule', 'C rule']);
    expect((await show()).rule).toEqual(rule);
  });

  it('show the same with a question mark and save nothing', async () => {
    await customers([{ won: [{ minor: 600n * K }] }]);
    const shown = await app.as('ada').type('classes A>500k B>100k ?');
    expect(shown.text).toContain('1 customer changes: 1 classed for the first time');
    expect((await show()).rule).toBeNull();
    expect(await classOf(101)).toBe('- -');
  });

  it('change one by one', async () => {
    await setRule();
    const asked = await app.as('lina').type('客户分级 A高于60万');
    expect(asked.text).toContain('A 级 CNY 600,000 起、B 级 CNY 100,000 起');
    expect(asked.text).toContain('此前：A 级 CNY 500,000 起');
    await app.as('lina').press(asked.button(/确认/));
    expect((await show()).rule?.aFrom).toEqual(money(600n * K));
  });

  it('open a form with what was understood when one is missing', async () => {
    const shown = await app.as('ada').type('classes A>500k');
    expect(shown.kind).toBe('form');
    expect(shown.text).toContain('B from');
  });

  it('have A above B, in the organization’s currency', async () => {
    const ada = app.as('ada');
    expect((await ada.type('classes A>100k B>100k')).text).toContain('A has to begin above B');
    expect((await ada.type('classes A>EUR 500k B>100k')).text).toContain('The thresholds are in CNY');
  });

  it.each(['emma', 'chen', 'noah'])('are shown to %s, who cannot set, apply or stop them', async (key) => {
    await setRule();
    expect((await show(key)).rule).toEqual(rule);
    for (const input of [{ ...rule, aFrom: money(900n * K) }, { what: 'apply' }, { what: 'off' }]) {
      await expect(app.as(key).call('value-class.set', input)).rejects.toMatchObject({ code: 'forbidden' });
    }
    await expect(app.as(key).call('value-class.set-many', rule)).rejects.toMatchObject({ code: 'forbidden' });
    expect((await show()).rule).toEqual(rule);
  });

  it('are explained and proposed from what customers bought as long as there are none', async () => {
    await customers(
      [1234n, 800n, 700n, 600n, 500n, 400n, 300n, 200n, 100n, 50n].map((thousands) => ({
        won: [{ minor: thousands * K }],
      })),
    );
    const view = await show();
    expect(view).toMatchObject({ rule: null, wouldChange: null });
    expect(view.proposal).not.toBeNull();
    const shown = await app.as('ada').type('classes');
    expect(shown.text).toContain('classes are set by hand alone');
    const asked = await app.as('ada').press(shown.button('Use these'));
    expect(asked.text).toMatch(/Set A from CNY .*, B from CNY .*\?/);
  });

  it('switched off leave every class as it is', async () => {
    await customers([{ won: [{ minor: 500n * K }] }]);
    await setRule();
    expect((await app.as('ada').type('classes off')).text).toContain('keep the class they have');
    expect(await classOf(101)).toBe('A rule');
    expect(await show()).toMatchObject({ rule: null });
  });
});

describe('undo', () => {
  it('takes the thresholds and every class back', async () => {
    await customers([
      { won: [{ minor: 600n * K }], valueClass: 'B', by: 'rule' },
      { won: [{ minor: 600n * K }] },
    ]);
    const asked = await app.as('ada').type('classes A>500k B>100k');
    const done = await app.as('ada').press(asked.button('Confirm'));
    expect(await Promise.all([101, 102].map(classOf))).toEqual(['A rule', 'A rule']);
    await app.as('ada').press(done.button('Undo'));
    expect(await Promise.all([101, 102].map(classOf))).toEqual(['B rule', '- -']);
    expect((await show()).rule).toBeNull();
    expect((await app.as('ada').type('why C-101')).text).toContain('Value class A → B');
    await setRule();
    expect(await classOf(102)).toBe('A rule');
  });

  it('of as many changes as are made at once is through in time', async () => {
    await customers(Array.from({ length: mostUndoable }, () => ({ won: [{ minor: 600n * K }] })));
    const ada = app.as('ada');
    const done = await ada.press((await ada.type('classes A>500k B>100k')).button('Confirm'));
    expect(await classOf(101)).toBe('A rule');
    await ada.press(done.button('Undo'));
    expect(await classOf(101)).toBe('- -');
    expect(await classOf(100 + mostUndoable)).toBe('- -');
  });

  it('of more changes than that is refused with the reason; they are made in the background', async () => {
    const many = mostUndoable + 1;
    await customers(Array.from({ length: many }, () => ({ won: [{ minor: 600n * K }] })));
    const ada = app.as('ada');
    const asked = await ada.type('classes A>500k B>100k');
    expect(asked.text).toContain(`${many} customers change`);
    expect(asked.text).toContain('cannot be undone');
    const done = await ada.press(asked.button('Confirm'));
    expect(done.text).toContain('follow within a few minutes');
    expect(done.buttons.map(({ label }) => label)).not.toContain('Undo');
    await app.drainOutbox();
    expect(await classOf(100 + many)).toBe('A rule');
    expect((await ada.type('undo')).text).toContain('too many to take back');
    expect(await classOf(101)).toBe('A rule');
  });
});

describe('one customer', () => {
  it('says on its card where its class comes from', async () => {
    await customers([
      { won: [{ minor: 640n * K }, { minor: 9n * K, currency: 'EUR' }] },
      { won: [{ minor: 640n * K }], valueClass: 'C', by: 'hand' },
    ]);
    const ada = app.as('ada');
    expect((await ada.type('show C-102')).text).toContain('C · by hand');
    await setRule();
    const byRule = (await ada.type('show C-101')).text;
    expect(byRule).toContain('A · by rule');
    expect(byRule).toContain('A · CNY 640,000 won in 12 months · not counted: EUR 9,000');
    expect((await app.as('lina').type('show C-102')).text).toContain('C · 手动设定');
  });

  it('is left to the rule by class:auto, and gets its class at once', async () => {
    await customers([{ won: [{ minor: 640n * K }], valueClass: 'C', by: 'hand' }]);
    await setRule();
    const shown = await app.as('ada').type('set C-101 class:auto');
    expect(shown.text).toContain('by hand → by rule');
    await app.drainOutbox();
    expect(await classOf(101)).toBe('A rule');
    await app.as('ada').press(shown.button('Undo'));
    expect(await classOf(101)).toBe('C hand');
  });

  it('keeps its class under class:auto as long as there is no rule', async () => {
    await customers([{ won: [{ minor: 640n * K }], valueClass: 'C', by: 'hand' }]);
    await app.as('lina').type('修改 C-101 等级:自动');
    await app.drainOutbox();
    expect(await classOf(101)).toBe('C rule');
  });

  it('is taken from the rule by typing a class, the same one too', async () => {
    await customers([{ won: [{ minor: 640n * K }] }]);
    await setRule();
    expect((await app.as('ada').type('set C-101 class:A')).text).toContain('by rule → by hand');
    await app.inOrg((tx) => tx.update(deals).set({ amountMinor: K }).where(eq(deals.number, 1001)));
    await setRule('ada', { what: 'apply' });
    expect(await classOf(101)).toBe('A hand');
  });

  it('stays with the rule when its form is sent without touching the class', async () => {
    await customers([{ won: [{ minor: 640n * K }] }]);
    await setRule();
    const form = await app.as('ada').press({ a: 'accounts.set', i: { account: 'C-101' }, form: true });
    if (form.outcome.kind !== 'form') throw new Error('no form');
    const values = Object.fromEntries(
      form.outcome.form.fields.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
    );
    await app
      .as('ada')
      .submit({ a: 'accounts.set', i: { account: 'C-101' } }, { ...values, location: 'Wuxi' });
    expect(await classOf(101)).toBe('A rule');
  });
});

/** Runs what is due at that time, however many processes look. */
async function look(at: string, looks = 1): Promise<number> {
  app.clock.set(at);
  let queued = 0;
  const schedule = schedulerOf(app);
  for (let count = 0; count < looks; count++) queued += await schedule.tick();
  await app.drainOutbox();
  return queued;
}

/** Five in the morning of a day in Shanghai. */
const fiveOn = (day: string) => new Date(`${day}T05:00:00+08:00`).toISOString();

const withTimer = () =>
  app.inOrg((tx) => {
    const org = { id: app.orgId, timeZone: 'Asia/Shanghai', workdays: [1, 2, 3, 4, 5], holidays: [] };
    return ensureTimers({ tx, now: app.clock.now(), newId: uuidv7 }, [org], [monthlyTimer]);
  });

describe('every month', () => {
  const toC = async () => (await noted()).filter(({ after }) => after.valueClass === 'C').length;

  it('the rule runs by itself, once, on the first in the organization’s zone', async () => {
    await customers([
      { won: [{ minor: 640n * K, on: '2025-11-20' }] },
      { won: [{ minor: 640n * K, on: '2025-12-02' }] },
    ]);
    await setRule();
    await withTimer();
    await look(fiveOn('2026-11-30'));
    expect(await classOf(101)).toBe('A rule');
    expect(await look(fiveOn('2026-12-01'), 3)).toBe(1);
    expect(await Promise.all([101, 102].map(classOf))).toEqual(['C rule', 'A rule']);
    // Its win is too old by now, but the month has had its run.
    await look(fiveOn('2026-12-02'));
    await look(fiveOn('2026-12-31'));
    expect(await classOf(102)).toBe('A rule');
    expect(await toC()).toBe(1);
    await look(fiveOn('2027-01-01'));
    expect(await classOf(102)).toBe('C rule');
    expect(await toC()).toBe(2);
    expect((await app.as('ada').type('why C-101')).text).toContain('automatic changed: Value class A → C');
  });

  it('a service that was down on the first makes up for it on the next day', async () => {
    await customers([{ won: [{ minor: 640n * K, on: '2025-11-20' }] }]);
    await setRule();
    await withTimer();
    await look('2026-12-02T02:00:00Z');
    expect(await classOf(101)).toBe('A rule');
    await look(fiveOn('2026-12-03'));
    expect(await classOf(101)).toBe('C rule');
  });

  it('nothing happens without thresholds, nor after they were switched off', async () => {
    await customers([{ won: [{ minor: 640n * K, on: '2025-11-20' }] }]);
    await withTimer();
    await look(fiveOn('2026-12-01'));
    expect(await classOf(101)).toBe('- -');
    await setRule();
    await app.as('lina').type('classes off');
    const before = await noted();
    await look(fiveOn('2027-01-01'));
    expect(await noted()).toEqual(before);
  });
});
