import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { asMember, whoseOf } from '../../../src/features/insight/digests/scope.ts';
import { approvals } from '../../../src/features/org/approvals/tables.ts';
import { listOrganizations } from '../../../src/infra/organizations.ts';
import { formatMoney } from '../../../src/kernel/money.ts';
import { runOperatorCommand } from '../../../src/operator/run.ts';
import type { DigestScope } from '../../../src/runtime/digest.ts';
import { execute } from '../../../src/runtime/execute.ts';
import { members } from '../../../src/store/tables/people.ts';
import { rowsOf } from '../../../src/store/tx.ts';
import { type TestApp, testApp } from '../../support/app.ts';
import { inJob, type Read, readDigest, type Sum, sumsOf } from './figures-support.ts';

const folder = join(import.meta.dirname, '../../data/sales-opportunities');
const script = readFileSync(join(import.meta.dirname, '../../data/digest-figures.sql'), 'utf8');
const zone = 'Asia/Shanghai';
const on = '2017-09-20';
const imported = new Date('2017-09-15T01:00:00Z');
const since = new Date('2017-09-19T01:00:00Z');
const now = new Date('2017-09-20T01:00:00Z');

const managers = [
  'Dustin Brinkmann',
  'Melvin Marxen',
  'Cara Losch',
  'Rocco Neubert',
  'Celia Rouche',
  'Summer Sewald',
];
const offices = ['Central', 'East', 'West'];
let app: TestApp;
const read = new Map<string, Read>();
const wanted = new Map<string, Map<string, Sum[]>>();

beforeAll(async () => {
  app = await testApp({ demo: false });
  app.clock.set(imported);
  const visitor = { platform: 'slack', installation: app.installation, userId: 'UOLGA' } as const;
  const profile = {
    name: 'Olga Owner',
    email: 'olga@parley.example',
    locale: 'en' as const,
    timeZone: zone,
    isOwnerOrAdmin: true,
    isOutsider: false,
  };
  await app.inOrg((tx) => app.engine.sessions.join(tx, app.orgId, visitor, profile, app.clock.now()));
  const slug = (await listOrganizations(app.db)).find(({ orgId }) => orgId === app.orgId)?.slug ?? '';
  const out = { line: () => undefined, progress: () => undefined };
  const args = ['import', folder, '--currency', 'USD', '--organization', slug];
  expect(await runOperatorCommand({ core: app, args, cwd: '/', out })).toBe(0);
  await furnish();
  await workADay();
  app.clock.set(now);
  for (const name of ['', ...managers, ...offices]) {
    read.set(name, await digestOf(name));
    wanted.set(name, await reckoned(name));
  }
}, 240_000);

/** What the file does not know of open deals, given by rule, so that every figure has something to count. */
async function furnish(): Promise<void> {
  const org = sql`${app.orgId}::uuid`;
  await app.inOrg(async (tx) => {
    await tx.update(members).set({ status: 'active' }).where(eq(members.orgId, app.orgId));
    for (const statement of [
      sql`update deals set close_on = date '2017-08-15' + (number * 7 % 90) where org_id = ${org} and status = 'open' and number % 7 <> 0`,
      sql`update deals set amount_minor = 100 * (number * 31 % 977) + 37, currency = case when number % 5 = 0 then 'EUR' else 'USD' end
        where org_id = ${org} and status = 'open' and number % 11 <> 0`,
      sql`update deals set stage_id = (select id from stages where org_id = ${org} and position = deals.number % 5),
          stage_entered_at = timestamptz '2017-09-14 12:00Z' - make_interval(hours => (number * 13) % 1200)
        where org_id = ${org} and status = 'open'`,
      sql`update deals set push_count = number % 9 / 3 where org_id = ${org} and status = 'open' and number % 4 = 0`,
      sql`update deals set owner_id = null where org_id = ${org} and status = 'open' and number % 401 = 0`,
      sql`update accounts set owner_id = (select id from members where org_id = ${org} order by name limit 1)
        where org_id = ${org} and number % 3 > 0`,
      sql`insert into contacts (org_id, id, number, account_id, name, name_key, left_at, created_at, updated_at)
        select org_id, gen_random_uuid(), 10 * number + k, id, 'P' || k, 'p', case when k = 3 then now() end, now(), now()
        from accounts, generate_series(1, 3) k where org_id = ${org} and (k <> 2 or number % 2 = 0)`,
      sql`insert into next_steps (org_id, id, subject_kind, subject_id, owner_id, text, due_on, due_at, created_at, updated_at)
        select org_id, gen_random_uuid(), 'deal', id, owner_id, 'call', date '2017-09-20' + (number / 3 % 9 - 4),
          case when number / 3 % 9 = 4 and number % 2 = 0 then timestamptz '2017-09-19 22:00Z' + make_interval(hours => number % 7) end,
          now(), now()
        from deals where org_id = ${org} and status = 'open' and number % 3 = 0 and owner_id is not null`,
      sql`insert into next_steps (org_id, id, subject_kind, subject_id, owner_id, text, due_on, created_at, updated_at)
        select org_id, gen_random_uuid(), 'deal', id, owner_id, 'too late', date '2017-09-01', now(), now()
        from deals where org_id = ${org} and status = 'won' and number % 50 = 0`,
      sql`insert into leads (org_id, id, number, company, name_key, lead_source, owner_id, state, plan_due_at, plan_filed_at, deal_id, created_at, updated_at)
        select d.org_id, gen_random_uuid(), d.number, 'Lead', 'lead', 'expo', case when d.number % 4 = 0 then null else d.owner_id end,
          case when d.number % 2 = 0 then 'new' else 'opportunity' end,
          timestamptz '2017-09-20 01:00Z' + make_interval(hours => d.number % 11 - 6),
          case when d.number % 5 = 0 then timestamptz '2017-09-18 01:00Z' end,
          case when d.number % 2 = 1 then d.id end, now(), now()
        from deals d where d.org_id = ${org} and d.status = 'open' and d.number % 17 = 1`,
      sql`insert into targets (org_id, id, member_id, month_on, amount_minor, currency, created_at, updated_at)
        select org_id, gen_random_uuid(), id, month, 1234567 + 100 * length(name), 'USD', now(), now()
        from members, (values (date '2017-08-01'), (date '2017-09-01')) as months(month)
        where org_id = ${org} and 'rep' = any(roles)`,
      sql`insert into quotes (org_id, id, number, deal_id, name, status, terms_id, terms_version, total_minor, currency,
          valid_until, sent_at, created_at, updated_at)
        select org_id, gen_random_uuid(), number, id, name,
          case number % 6 when 0 then 'draft' when 1 then 'declined' else 'sent' end, gen_random_uuid(), 1,
          100 * (number * 13 % 877) + 11, case when number % 5 = 0 then 'EUR' else 'USD' end,
          date '2017-09-20' + (number % 11 - 4), timestamptz '2017-09-01 01:00Z', now(), now()
        from deals where org_id = ${org} and number % 10 < 7`,
      sql`insert into quote_versions (org_id, id, quote_id, version, currency, net_minor, discount_basis_points, total_minor,
          valid_until, change, at)
        select org_id, terms_id, id, 1, currency, total_minor, 0, total_minor, valid_until, 'created', now()
        from quotes where org_id = ${org}`,
      sql`insert into approvals (org_id, id, number, kind, subject, subject_id, requester_id, asked, terms, facts,
          policy_version, subject_owner_id, involved_ids, status, requested_at, answer_by, expires_at, created_at, updated_at)
        select d.org_id, gen_random_uuid(), d.number, 'discount',
          jsonb_build_object('kind', 'deal', 'id', d.id, 'number', 'D-' || d.number, 'name', d.name), d.id, d.owner_id,
          '{}', '{"percentBasisPoints": 1000, "baseMinor": null, "resultMinor": null, "currency": null}', '{}', 0,
          case when d.number % 3 = 0 then null else d.owner_id end, '{}',
          case when d.number % 4 = 0 then 'rejected' else 'pending' end, timestamptz '2017-09-18 01:00Z',
          timestamptz '2017-09-18 05:00Z', timestamptz '2017-09-20 01:00Z' + make_interval(hours => d.number % 5 - 1),
          now(), now()
        from deals d where d.org_id = ${org} and d.status = 'open' and d.owner_id is not null and d.number % 7 < 3`,
    ])
      await tx.execute(statement);
  });
}

/** Two reps of each team push, pull back, move, win, lose, reopen and open; before and within the day that counts. */
async function workADay(): Promise<void> {
  const deals = await app.inOrg((tx) =>
    rowsOf<{ number: number; owner_id: string; n: string }>(
      tx,
      sql`select number, owner_id, n from (
          select d.number, d.owner_id, row_number() over (partition by d.owner_id order by d.number) as n,
            dense_rank() over (partition by m.unit_id order by m.name) as person
          from deals d join members m on m.id = d.owner_id
          where d.org_id = ${app.orgId} and d.status = 'open' and d.close_on is not null and d.amount_minor is not null
        ) as mine
        where n <= 8 and person <= 2 order by owner_id, n`,
    ),
  );
  // Nothing is won while a discount on it waits.
  const numbers = deals.map(({ number }) => `D-${number}`);
  await app.inOrg((tx) =>
    tx
      .update(approvals)
      .set({ status: 'withdrawn' })
      .where(and(eq(approvals.orgId, app.orgId), inArray(sql`${approvals.subject} ->> 'number'`, numbers))),
  );
  for (const at of ['2017-09-18T03:00:00Z', '2017-09-19T03:00:00Z']) {
    app.clock.set(at);
    for (const { number, owner_id, n } of deals) {
      const deal = `D-${number}`;
      const act = (name: string, input: Record<string, unknown>) => actAs(owner_id, name, { deal, ...input });
      switch (`${n} ${at.slice(8, 10)}`) {
        case '1 18':
        case '1 19':
          await act('deals.set', { close: at.startsWith('2017-09-18') ? '2017-12-01' : '2017-12-20' });
          break;
        case '2 19':
          await act('deals.set', { close: '2018-01-10' });
          await act('deals.set', { close: '2017-01-01' });
          break;
        case '3 18':
        case '4 19':
          await act('deals.won', { reason: 'service' });
          break;
        case '5 19':
          await act('deals.lost', { reason: 'price', rival: 'Acme' });
          break;
        case '6 19':
          await act('deals.move', { stage: 'contract' }).catch(() => undefined);
          await act('deals.move', { stage: 'qualify' });
          break;
        case '7 18':
          await act('deals.won', { reason: 'price' });
          break;
        case '7 19':
          await act('deals.reopen', {});
          await act('deals.won', { reason: 'price' });
          break;
        case '8 19':
          await act('deals.won', { reason: 'price' });
          await act('deals.reopen', {});
          await actAs(owner_id, 'deals.create', {
            name: 'fresh',
            amount: { amountMinor: '123400', currency: 'USD' },
          });
          break;
      }
    }
  }
}

async function actAs(memberId: string, name: string, raw: Record<string, unknown>): Promise<void> {
  const action = app.registry.action(name);
  if (!action) throw new Error(`no action ${name}`);
  const who = { kind: 'member', orgId: app.orgId, memberId, platform: 'http' } as const;
  const performed = await execute(app.engine, who, { action, raw, confirmed: true });
  if (performed.kind !== 'done') throw new Error(`${name} asks`);
}

/** The team digest of a manager, of an office as its admin sets it up, or of everybody. */
async function digestOf(name: string, kind: 'team' | 'branches' = 'team'): Promise<Read> {
  const setter = managers.includes(name) ? name : 'Olga Owner';
  const [member] = await app.inOrg((tx) => tx.select().from(members).where(eq(members.name, setter)));
  let owners: DigestScope['owners'] | undefined;
  await inJob(app, async (ctx) => {
    const as = member && (await asMember(ctx, member.id));
    if (!as) throw new Error(`no ${setter}`);
    const unit = offices.includes(name) ? await ctx.resolve(['unit'], name) : undefined;
    owners = (await whoseOf(as, kind, unit)).owners;
  });
  if (!owners) throw new Error('nobody');
  return readDigest(app, kind, { owners, on, timeZone: zone, now, since });
}

/** The same figures by the script. */
async function reckoned(reader: string, asOf = on): Promise<Map<string, Sum[]>> {
  const rows = await app.inOrg(async (tx) => {
    const asked = {
      org: app.orgId,
      reader,
      on: asOf,
      zone,
      now: now.toISOString(),
      since: since.toISOString(),
    };
    for (const [key, value] of Object.entries(asked)) {
      await tx.execute(sql`select set_config(${`figures.${key}`}, ${value}, true)`);
    }
    return rowsOf<{ figure: string; currency: string | null; records: number; amount_minor: string | null }>(
      tx,
      sql.raw(script),
    );
  });
  const figures = new Map<string, Sum[]>();
  for (const { figure, currency, records, amount_minor } of rows) {
    const sums = figures.get(figure) ?? [];
    figures.set(figure, sums);
    sums.push({ currency, records: Number(records), amountMinor: amount_minor });
  }
  return figures;
}

const figuresOfTeam = [
  'due-today',
  'overdue',
  'unplanned',
  'plans-late',
  'at-risk',
  'new',
  'won',
  'lost',
  'slipped',
  'moved-back',
  'month-won',
  'month-commit',
  'customers-unowned',
  'approvals-waiting',
  'quotes-expiring',
];

function digest(name: string): Read {
  const found = read.get(name);
  if (!found) throw new Error(`no digest of ${name}`);
  return found;
}

function byScript(name: string): Map<string, Sum[]> {
  return wanted.get(name) ?? new Map();
}

describe.each(['', ...managers, ...offices])('the digest of “%s” over a real file', (name) => {
  it('agrees with a script of its own to the cent, figure by figure', () => {
    const { figures } = digest(name);
    const want = byScript(name);
    const ours = new Map([...figures].map(([figure, found]) => [figure, sumsOf(found)]));
    for (const figure of [...figuresOfTeam, 'leads-unowned', 'deals-unowned']) {
      expect(ours.get(figure) ?? [], figure).toEqual(want.get(figure) ?? []);
    }
    // The data set leaves none of them empty, or agreement would prove nothing.
    const empty = figuresOfTeam.filter((figure) => !ours.has(figure));
    expect(empty).toEqual([]);
    if (name === '')
      expect([...ours.keys()]).toEqual(expect.arrayContaining(['leads-unowned', 'deals-unowned']));
  });

  it('says the sums of its lists', () => {
    const { lines, text: said } = digest(name);
    let sums = 0;
    for (const line of lines.filter(({ section }) => section !== 'owners')) {
      for (const figure of line.figures ?? []) {
        for (const { currency, amountMinor } of sumsOf(figure)) {
          if (currency === null || amountMinor === null) continue;
          sums++;
          expect(said, figure.name).toContain(
            formatMoney({ amountMinor: BigInt(amountMinor), currency }, 'en'),
          );
        }
      }
    }
    expect(sums).toBeGreaterThan(10);
  });

  it('says target and gap of the month as the script has them', () => {
    const want = byScript(name);
    const usd = (figure: string) =>
      BigInt(want.get(figure)?.find(({ currency }) => currency === 'USD')?.amountMinor ?? 0);
    const [target, won, commit] = [usd('target'), usd('month-won'), usd('month-commit')];
    const gap = target - won - commit;
    const amount = (minor: bigint) => formatMoney({ amountMinor: minor, currency: 'USD' }, 'en');
    const { text } = digest(name);
    expect(text).toContain(`target ${amount(target)} · won ${amount(won)} · commit ${amount(commit)}`);
    expect(text).toContain(gap < 0n ? `${amount(-gap)} over` : `gap ${amount(gap)}`);
  });
});

it('the script asked for another day disagrees: agreement is no accident', async () => {
  const dayAfter = await reckoned('Celia Rouche', '2017-09-21');
  const ours = new Map([...digest('Celia Rouche').figures].map(([name, found]) => [name, sumsOf(found)]));
  for (const figure of ['due-today', 'overdue', 'at-risk']) {
    expect(dayAfter.get(figure), figure).not.toEqual(ours.get(figure));
  }
});

it('two readers of different rights are never told of each other’s records', () => {
  const ids = (name: string) =>
    new Set(
      [...digest(name).figures.values()].flatMap(({ rows }) =>
        rows.filter(({ ownerId }) => ownerId !== null).map(({ id }) => id),
      ),
    );
  for (const [index, one] of managers.entries()) {
    expect(ids(one).size).toBeGreaterThan(50);
    for (const other of managers.slice(index + 1)) {
      expect([...ids(one)].filter((id) => ids(other).has(id))).toEqual([]);
    }
  }
  for (const [office, of] of [['Central', ['Dustin Brinkmann', 'Melvin Marxen']]] as const) {
    const theirs = of.flatMap((name) => [...ids(name)]);
    expect([...ids(office)].toSorted()).toEqual(theirs.toSorted());
  }
});

it('the roll-up of branches has the figures of each, and names the one furthest behind', async () => {
  const { figures, lines, text } = await digestOf('', 'branches');
  const found = [...figures.values()];
  const reached = new Map<string, number>();
  for (const office of offices) {
    const want = byScript(office);
    const label = (figure: string) =>
      found.find(
        ({ name, label }) => name.startsWith(`${figure} `) && JSON.stringify(label).includes(office),
      );
    for (const [ours, theirs] of [
      ['open', 'open'],
      ['won', 'month-won'],
      ['overdue', 'overdue'],
    ] as const) {
      const figure = label(ours);
      expect(figure && sumsOf(figure), `${office} ${ours}`).toEqual(want.get(theirs));
    }
    const usd = (figure: string) =>
      Number(want.get(figure)?.find(({ currency }) => currency === 'USD')?.amountMinor ?? 0);
    reached.set(office, Math.floor((10_000 * usd('month-won')) / usd('target')));
  }
  expect(lines.map(({ text: of }) => JSON.stringify(of).includes('no-branch'))).toContain(true);
  const [last, middle] = [...reached].toSorted(([, a], [, b]) => a - b);
  const behind = text.split('\n').filter((line) => line.includes('furthest below'));
  expect(behind).toHaveLength(1);
  expect(behind[0]).toContain(`${last?.[0]} ·`);
  expect(behind[0]).toContain(`median ${Math.round((middle?.[1] ?? 0) / 100)}%`);
});
