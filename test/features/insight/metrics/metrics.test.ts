import { randomUUID } from 'node:crypto';
import { eq, type SQL, sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { accounts } from '../../../../src/features/crm/accounts/tables.ts';
import { activities } from '../../../../src/features/crm/activities/tables.ts';
import type { MetricsView, Rate } from '../../../../src/features/insight/metrics/model.ts';
import type { DealList } from '../../../../src/features/sales/deals/funnel-model.ts';
import { leads } from '../../../../src/features/sales/leads/tables.ts';
import { members } from '../../../../src/store/tables/people.ts';
import { rowsOf } from '../../../../src/store/tx.ts';
import { openPress, type TestApp, testApp } from '../../../support/app.ts';

let app: TestApp;
beforeEach(async () => {
  app = await testApp();
});

const week = { from: '2026-11-09', to: '2026-11-15' };
const metrics = async (key: string, input: Record<string, unknown> = {}) =>
  (await app.as(key).call('metrics.show', input)) as MetricsView;
const names = (view: MetricsView) => view.people.map(({ name }) => name);
const share = ({ part, whole }: Rate) => `${part}/${whole}`;

/** Activities at instants, by person; `decider`: a decision maker was met. */
async function happened(
  name: string | null,
  kind: 'visit' | 'meeting' | 'demo' | 'call' | 'note',
  ats: readonly string[],
  { decider = false, account }: { decider?: boolean; account?: number } = {},
): Promise<void> {
  await app.inOrg(async (tx) => {
    const [who] = name === null ? [] : await tx.select().from(members).where(eq(members.name, name));
    const [where] =
      account === undefined ? [] : await tx.select().from(accounts).where(eq(accounts.number, account));
    await tx.insert(activities).values(
      ats.map((at) => ({
        orgId: app.orgId,
        id: randomUUID(),
        kind,
        at: new Date(at),
        memberId: who?.id ?? null,
        accountId: where?.id ?? null,
        decisionMakerMet: decider,
        createdAt: new Date(at),
        updatedAt: new Date(at),
      })),
    );
  });
}

const times = (count: number, at: string) => Array.from({ length: count }, () => at);

describe('process metrics of the team', () => {
  it.each([
    ['emma', 'metrics team', 'Anna Snelling'],
    ['emma', 'metrics team week', 'Anna Snelling'],
    ['tom', 'metrics team', 'Emma Clark'],
    ['wei', '过程指标 团队', 'Wang Lei'],
    ['wei', '过程指标 团队 本周', 'Wang Lei'],
  ])('are there for %s who types: %s', async (key, line, colleague) => {
    expect((await app.as(key).type(line)).text).toContain(colleague);
  });

  it('stay the team’s on the next page and in another period', async () => {
    const shown = await app.as('emma').type('metrics team');
    const before = shown.buttons.find(({ press }) => 'a' in press && press.a === 'metrics.show');
    if (!before) throw new Error('no button');
    expect((await app.as('emma').press(before.press)).text).toContain('Anna Snelling');
  });

  it('of a named one are another matter', async () => {
    expect((await metrics('noah', { group: 'East' })).scope.name).toBe('East');
    expect((await app.as('noah').type('metrics team East')).text).not.toContain('Emma Clark');
  });
});

describe('process metrics', () => {
  it.each([
    ['emma', 'own', ['Emma Clark']],
    ['tom', 'below', ['Anna Snelling', 'Emma Clark']],
    ['lina', 'below', ['Wang Lei', 'Wei Zhang']],
    ['noah', 'all', ['Anna Snelling', 'Emma Clark', 'Wang Lei', 'Wei Zhang', null]],
  ])('list for %s (%s) everybody who sells, also who did nothing', async (key, kind, people) => {
    const view = await metrics(key);
    expect(view).toMatchObject({ scope: { kind }, period: week, isRunning: true });
    expect(names(view)).toEqual(people);
  });

  it('of people out of sight are refused, and are not for partners', async () => {
    expect((await app.as('emma').type('metrics @wei')).text).toContain('Li Na');
    await expect(metrics('pia')).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('are typed with a person, a branch and a period in either language', async () => {
    expect((await app.as('ada').type('metrics branch:East month')).text).toContain(
      'Process metrics · East · November 2026 so far',
    );
    expect((await app.as('lina').type('过程指标 @wang 上周')).text).toContain(
      '过程指标 · Wang Lei · 2026年11月2日',
    );
    const mine = await app.as('emma').type('metrics me last week');
    expect(mine.text).toContain('Process metrics · Emma Clark · 2 Nov 2026 to 8 Nov 2026');
    expect((await app.as('emma').press(mine.button('This month'))).text).toContain('November 2026 so far');
    expect((await app.as('emma').press(mine.button('Before'))).text).toContain('26 Oct 2026');
  });

  it('give a rate from five cases on, and compare it with the own four weeks before', async () => {
    await happened('Wei Zhang', 'visit', times(4, '2026-11-09T03:00:00Z'));
    const lina = app.as('lina');
    expect((await metrics('lina')).people[1]?.figures.deciders).toMatchObject({
      whole: 4,
      basisPoints: null,
    });
    expect((await lina.type('metrics')).text).toContain('Wei Zhang | 4 · 0 · 0 · 0 | 0/4 |');
    await happened('Wei Zhang', 'demo', ['2026-11-10T01:00:00Z'], { decider: true });
    await happened('Wei Zhang', 'meeting', times(5, '2026-10-13T03:00:00Z'), { decider: true });
    const { people, total } = await metrics('lina');
    // The demo set has one demo of Wei with a decision maker within the four weeks before.
    expect(people[1]?.figures).toMatchObject({
      visits: 4,
      demos: 1,
      deciders: { part: 1, whole: 5, basisPoints: 2000, beforeBasisPoints: 10_000, trend: 'down' },
    });
    expect(total.deciders.trend).toBe('down');
    const text = (await lina.type('metrics')).text;
    expect(text).toContain('面谈见到决策人 1/5 次 = 20%（平均 100% ▼）');
    expect(text).toContain('Wei Zhang | 4 · 1 · 0 · 0 | 1/5 = 20% ▼ |');
    const ada = (await app.as('ada').type('metrics group:East')).text;
    expect(ada).toContain('decision makers met in 1 of 5 talks = 20% (avg 100% ▼)');
  });

  it('put the average week beside the visits of a week', async () => {
    await happened('Emma Clark', 'visit', times(7, '2026-10-20T09:00:00Z'));
    await happened('Emma Clark', 'visit', times(3, '2026-11-09T09:00:00Z'));
    expect((await app.as('emma').type('metrics')).text).toContain('3 visits (avg 2)');
    expect((await app.as('emma').type('metrics month')).text).toMatch(/\n\d visits ·/);
  });

  it('begin and end the week where the reader is', async () => {
    // Monday 00:30 in Shanghai is Sunday evening in London.
    await happened('Wei Zhang', 'call', ['2026-11-08T16:30:00Z']);
    await happened('Wei Zhang', 'call', ['2026-11-15T16:30:00Z', '2026-11-15T23:30:00Z']);
    const calls = async (key: string) => (await metrics(key, { group: 'East', period: week })).total.calls;
    expect(await calls('lina')).toBe(1);
    expect(await calls('ada')).toBe(2);
  });

  it('count what nobody did or owns to the whole of the organization, and to nobody else', async () => {
    await happened(null, 'visit', ['2026-11-10T01:00:00Z']);
    const view = await metrics('ada');
    expect(view.total.visits).toBe(1);
    expect(view.people.at(-1)).toMatchObject({ memberId: null, figures: { visits: 1 } });
    expect((await app.as('ada').type('metrics')).text).toContain('\nnobody | 1 · 0 · 0 · 0');
    expect((await metrics('tom')).total.visits).toBe(0);
  });

  it('count a judgement once, by its last word, and none that was undone', async () => {
    const emma = app.as('emma');
    expect(share((await metrics('emma')).total.opportunities)).toBe('0/0');
    const judged = await emma.type('judge L-1 drop reason:no-budget');
    expect(share((await metrics('emma')).total.opportunities)).toBe('0/1');
    await emma.press(judged.button('Undo'));
    expect(share((await metrics('emma')).total.opportunities)).toBe('0/0');
    await emma.type('judge L-1 potential');
    await emma.type('judge L-1 opp tests:budget,need,authority,time');
    expect(share((await metrics('emma')).total.opportunities)).toBe('1/1');
    expect(
      share((await metrics('tom', { period: { from: '2026-11-02', to: '2026-11-08' } })).total.opportunities),
    ).toBe('0/0');
  });

  it('count a plan when it is filed or late, not while it may still be filed nor once nobody owes it', async () => {
    const due = (values: Partial<typeof leads.$inferInsert>) =>
      app.inOrg((tx) => tx.update(leads).set(values).where(eq(leads.number, 1)));
    await app.inOrg((tx) => tx.update(leads).set({ planDueAt: null }));
    const plans = async () => share((await metrics('emma')).total.plans);
    await due({ planDueAt: new Date('2026-11-10T02:00:01Z'), planFiledAt: null });
    expect(await plans()).toBe('0/0');
    await due({ planDueAt: new Date('2026-11-10T02:00:00Z') });
    expect(await plans()).toBe('0/1');
    await due({ state: 'dropped' });
    expect(await plans()).toBe('0/0');
    await due({ planFiledAt: new Date('2026-11-10T02:00:00Z') });
    expect(await plans()).toBe('1/1');
    await due({ planFiledAt: new Date('2026-11-10T02:00:01Z') });
    expect(await plans()).toBe('0/1');
  });

  it('count quotes when they are sent, and of quoted deals those won and lost', async () => {
    const quotes = async () => {
      const { total } = await metrics('emma');
      return [total.quotes, share(total.quoteWins)];
    };
    expect(await quotes()).toEqual([0, '0/0']);
    const emma = app.as('emma');
    await emma.type('quote-send Q-3');
    expect(await quotes()).toEqual([1, '0/0']);
    expect((await emma.type('metrics')).text).toContain('1 quote sent');
    const won = await emma.type('won D-1 reason:service');
    await emma.type('lost D-4 reason:price');
    expect(await quotes()).toEqual([1, '1/1']);
    expect((await app.as('lina').type('metrics branch:West')).text).not.toContain('quote → win');
    expect((await app.as('ada').type('metrics branch:West')).text).toContain('quote → win 1 of 1');
    await emma.press(won.button('Undo'));
    expect(await quotes()).toEqual([1, '0/0']);
  });

  it('lead to the deals won and lost', async () => {
    const input = { from: '2026-10-01', to: '2026-11-30' };
    const shown = await app.as('ada').type(`metrics ${input.from}..${input.to}`);
    const view = await metrics('ada', { period: input });
    for (const [label, count] of [
      [/^Won/, view.total.wins.part],
      [/^Lost/, view.total.wins.whole - view.total.wins.part],
    ] as const) {
      const { a, i } = openPress(shown.button(label));
      expect(((await app.as('ada').call(a, i)) as DealList).count).toBe(count);
      expect(count).toBe(label.source === '^Won' ? 2 : 1);
    }
  });

  it('say whom to ask who decides, and where nobody has met them', async () => {
    await happened('Wang Lei', 'visit', times(6, '2026-11-09T03:00:00Z'), { account: 5 });
    await happened('Wang Lei', 'visit', ['2026-11-09T04:00:00Z'], { account: 9 });
    const view = await metrics('lina');
    expect(view.hints).toMatchObject([
      { name: 'Wang Lei', talks: 7, deciders: 0, accounts: [{ number: 'C-5' }] },
    ]);
    const shown = await app.as('ada').type('metrics group:East');
    expect(shown.text).toMatch(/Wang Lei: 7 talks, no decision maker — ask who decides at [^,]+\n/);
    expect((await app.as('ada').press(shown.button('C-5'))).text).toContain('C-5');
    await happened('Wang Lei', 'visit', times(2, '2026-11-09T05:00:00Z'), { decider: true });
    expect((await metrics('lina')).hints).toHaveLength(1);
    await happened('Wang Lei', 'visit', ['2026-11-09T06:00:00Z'], { decider: true });
    expect((await metrics('lina')).hints).toEqual([]);
  });
});

/** Members whose figures a reader gets unasked; `null`: everybody. */
const sight: Record<string, string[] | null> = {
  ada: null,
  tom: ['Tom Becker', 'Emma Clark', 'Anna Snelling'],
  lina: ['Li Na', 'Wang Lei', 'Wei Zhang'],
  emma: ['Emma Clark'],
};

it.each(Object.keys(sight))('figures of %s agree with a script of its own', async (key) => {
  await happened('Emma Clark', 'visit', times(5, '2026-11-03T09:00:00Z'), { decider: true });
  await happened('Wei Zhang', 'call', times(3, '2026-10-20T09:00:00Z'));
  await happened('Li Na', 'meeting', times(3, '2026-11-05T09:00:00Z'));
  const period = { from: '2026-10-15', to: '2026-11-10' };
  const { total } = await metrics(key, { period });
  const people = sight[key] ?? null;
  const zone = key === 'lina' ? 'Asia/Shanghai' : key === 'tom' ? 'Europe/Berlin' : 'Europe/London';
  const one = (table: string, owner: string, what: SQL) =>
    app.inOrg(async (tx) => {
      const seen = people === null ? sql`true` : sql`m.name in ${people}`;
      const rows = await rowsOf<{ n: string }>(
        tx,
        sql`select count(*) as n from ${sql.identifier(table)} x left join members m on m.id = x.${sql.identifier(owner)}
          where x.org_id = ${app.orgId} and x.archived_at is null and ${seen} and ${what}`,
      );
      return Number(rows[0]?.n);
    });
  const local = (column: string) =>
    sql`(x.${sql.identifier(column)} at time zone ${zone})::date between ${period.from} and ${period.to}`;
  const kinds = (...of: string[]) => one('activities', 'member_id', sql`${local('at')} and x.kind in ${of}`);
  const closed = (status: string) =>
    one(
      'deals',
      'owner_id',
      sql`x.status = ${status} and x.closed_on between ${period.from} and ${period.to}`,
    );
  expect([total.visits, total.demos, total.calls]).toEqual([
    await kinds('visit'),
    await kinds('demo'),
    await kinds('call'),
  ]);
  expect(total.deciders).toMatchObject({
    part: await one('activities', 'member_id', sql`${local('at')} and x.decision_maker_met`),
    whole: await kinds('visit', 'demo', 'meeting'),
  });
  expect([total.wins.part, total.wins.whole - total.wins.part]).toEqual([
    await closed('won'),
    await closed('lost'),
  ]);
  const isQuoted = sql`x.id in (select deal_id from quotes where org_id = ${app.orgId} and archived_at is null
    and (sent_at is not null or status = 'accepted'))`;
  const quoted = (status: string) =>
    one(
      'deals',
      'owner_id',
      sql`x.status = ${status} and x.closed_on between ${period.from} and ${period.to} and ${isQuoted}`,
    );
  expect([total.quoteWins.part, total.quoteWins.whole - total.quoteWins.part]).toEqual([
    await quoted('won'),
    await quoted('lost'),
  ]);
  expect(total.quotes).toBe(
    await one(
      'deals',
      'owner_id',
      sql`exists (select from quotes q where q.deal_id = x.id and q.archived_at is null
        and (q.sent_at at time zone ${zone})::date between ${period.from} and ${period.to})`,
    ),
  );
  expect(total.plans).toMatchObject({
    part: await one('leads', 'owner_id', sql`${local('plan_due_at')} and x.plan_filed_at <= x.plan_due_at`),
    whole: await one(
      'leads',
      'owner_id',
      sql`${local('plan_due_at')} and (x.plan_filed_at is not null
        or (x.plan_due_at <= ${app.clock.now().toISOString()}::timestamptz and x.state in ('new', 'opportunity')))`,
    ),
  });
  expect(total.deciders.whole).toBeGreaterThan(0);
});
