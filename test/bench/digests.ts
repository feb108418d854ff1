/**
 * What a thousand teams' digests take to compute: one organization, 1,000,000 open deals in 1,000 teams of five, as
 * many closed ones, a next step on two deals of three. Database and service share the machine. Also asserted: no
 * plan reads closed deals of the past.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { createCore } from '../../src/app.ts';
import { openDatabase } from '../../src/infra/db/client.ts';
import { migrate } from '../../src/infra/db/migrate.ts';
import { createOrganization } from '../../src/infra/organizations.ts';
import type { Ctx } from '../../src/runtime/context.ts';
import type { DigestKind, DigestScope } from '../../src/runtime/digest.ts';
import { executeSystem } from '../../src/runtime/execute.ts';
import { type Measured, report } from './report.ts';

const admin = process.env.TEST_DATABASE_URL ?? 'postgres://root@127.0.0.1:5432/postgres';
const teams = Number(process.env.BENCH_TEAMS ?? 1000);
const perTeam = 1000;
const reps = 5;
const deals = teams * perTeam;
const now = new Date('2026-11-10T09:00:00Z');
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

const name = `parley_bench_${process.pid}`;
const url = new URL(admin);
url.pathname = `/${name}`;
const psql = (sql: string) => execFileSync('psql', [admin, '-qc', sql], { stdio: 'ignore' });
psql(`create database ${name}`);

/** Ids by kind and count, so that rows can point at each other without being read back. */
const id = (prefix: string, of: string) =>
  `('${prefix}0000000-0000-7000-8000-' || lpad(to_hex(${of}), 12, '0'))::uuid`;

function seedSql(orgId: string): string {
  const org = `'${orgId}'::uuid`;
  const at = `'${now.toISOString()}'::timestamptz`;
  // Deal k is of rep k modulo all reps: a team's rows lie scattered, as they do where many people write.
  const rep = `(k % ${teams * reps})`;
  const days = (spread: number) => `((k::bigint * 7919) % ${spread})::int`;
  return `
    insert into units (org_id, id, kind, name, created_at, updated_at)
      select ${org}, ${id('a', 'k')}, 'region', 'Region ' || k, ${at}, ${at} from generate_series(0, 9) k;
    insert into units (org_id, id, kind, name, parent_id, created_at, updated_at)
      select ${org}, ${id('b', 'k')}, 'team', 'Team ' || k, ${id('a', 'k % 10')}, ${at}, ${at}
      from generate_series(0, ${teams - 1}) k;
    insert into members (org_id, id, name, roles, unit_id, locale, time_zone, status, created_at, updated_at)
      select ${org}, ${id('1', 'k')}, 'Rep ' || k, '{rep}', ${id('b', `k / ${reps}`)}, 'en', 'UTC', 'active', ${at}, ${at}
      from generate_series(0, ${teams * reps - 1}) k;
    insert into accounts (org_id, id, number, name, name_key, owner_id, created_at, updated_at)
      select ${org}, ${id('2', 'k')}, k + 1, 'Customer ' || k, 'customer ' || k, ${id('1', rep)}, ${at}, ${at}
      from generate_series(0, ${deals / 5 - 1}) k;
    insert into contacts (org_id, id, number, account_id, name, name_key, created_at, updated_at)
      select ${org}, ${id('3', 'k')}, k + 1, ${id('2', `k % ${deals / 5}`)}, 'Person ' || k, 'person ' || k, ${at}, ${at}
      from generate_series(0, ${(deals * 3) / 10 - 1}) k;
    insert into deals (org_id, id, number, name, name_key, account_id, owner_id, stage_id, stage_entered_at, status,
        amount_minor, currency, close_on, push_count, closed_on, reason, created_at, updated_at)
      select ${org}, ${id('4', 'k')}, k + 1, 'Deal ' || k, 'deal ' || k, ${id('2', `k % ${deals / 5}`)}, ${id('1', rep)},
        s.id, ${at} - make_interval(days => ${days(40)}), 'open',
        case when k % 11 > 0 then 100 * (k % 9973) end, case when k % 11 > 0 then (array['USD','USD','EUR'])[1 + k % 3] end,
        case when k % 7 > 0 then ${at}::date - 5 + ${days(90)} end, (k / 13) % 4, null, null,
        ${at} - make_interval(days => 1 + ${days(40)}), ${at} - make_interval(days => ${days(20)}, hours => 1)
      from generate_series(0, ${deals - 1}) k
      join (select id, row_number() over (order by position) - 1 as place from stages where org_id = ${org}) s
        on s.place = (k / 17) % 5;
    insert into deals (org_id, id, number, name, name_key, account_id, owner_id, stage_id, stage_entered_at, status,
        amount_minor, currency, closed_on, reason, created_at, updated_at)
      select ${org}, ${id('5', 'k')}, ${deals} + k + 1, 'Deal ' || k, 'deal ' || k, ${id('2', `k % ${deals / 5}`)},
        ${id('1', rep)}, s.id, ${at}, case when k % 2 = 0 then 'won' else 'lost' end, 100 * (k % 9973), 'USD',
        ${at}::date - ${days(730)}, 'price', ${at} - interval '800 days', ${at} - make_interval(days => ${days(730)})
      from generate_series(0, ${deals - 1}) k
      join (select id from stages where org_id = ${org} order by position limit 1) s on true;
    insert into next_steps (org_id, id, subject_kind, subject_id, owner_id, text, due_on, status, created_at, updated_at)
      select ${org}, ${id('6', 'k')}, 'deal', ${id('4', 'k')}, ${id('1', rep)}, 'call', ${at}::date - 3 + ${days(30)},
        'open', ${at}, ${at}
      from generate_series(0, ${deals - 1}) k where k % 3 > 0;
    insert into leads (org_id, id, number, company, name_key, lead_source, owner_id, state, plan_due_at, created_at, updated_at)
      select ${org}, ${id('7', 'k')}, k + 1, 'Lead ' || k, 'lead ' || k, 'rep', ${id('1', rep)}, 'new',
        ${at} - make_interval(hours => (k % 9) - 4), ${at}, ${at}
      from generate_series(0, ${teams * 20 - 1}) k;
    insert into targets (org_id, id, member_id, month_on, amount_minor, currency, created_at, updated_at)
      select ${org}, ${id('8', 'k')}, ${id('1', 'k')}, '2026-11-01', 10000000, 'USD', ${at}, ${at}
      from generate_series(0, ${teams * reps - 1}) k;
    -- A day's work: two deals in a hundred had their close date moved by somebody.
    insert into audit (org_id, id, at, actor_id, actor_name, platform, action, input)
      select ${org}, ${id('9', 'k')}, ${at} - interval '2 hours', ${id('1', rep)}, 'Rep', 'slack', 'deals.set', '{}'
      from generate_series(0, ${deals - 1}) k where ${days(50)} = 0;
    insert into record_changes (org_id, id, audit_id, at, kind, record_id, number, op, version, before, after)
      select org_id, id, id, at, 'deal', ('4' || substr(id::text, 2))::uuid, 'D', 'update', 2,
        '{"closeOn": "2026-11-01"}', '{"closeOn": "2026-12-01"}' from audit where org_id = ${org} and action = 'deals.set';
    update deals d set updated_at = ${at} - interval '2 hours', close_on = '2026-12-01', version = 2
      from record_changes c where c.org_id = ${org} and d.org_id = ${org} and d.id = c.record_id and c.kind = 'deal';
`;
}

const memberId = (index: number) => `10000000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
const teamOf = (team: number) => Array.from({ length: reps }, (_, index) => memberId(team * reps + index));

const measured: Measured[] = [];
const db = await openDatabase({ url: url.toString(), dataDir: '', production: true, poolSize: 2 });
try {
  await migrate(db);
  const core = createCore({
    db,
    log: quiet,
    clock: { now: () => now },
    memberAutoJoin: 'off',
    publicUrl: 'http://localhost',
  });
  const orgId = await createOrganization(core.engine, {
    slug: 'bench',
    name: 'Bench',
    currency: 'USD',
    timeZone: 'UTC',
    locale: 'en',
  });
  const seeding = performance.now();
  await db.asOwner((owner) => owner.exec(seedSql(orgId)));
  execFileSync('psql', [url.toString(), '-qc', 'vacuum analyze'], { stdio: 'ignore' });
  process.stdout.write(`seeded in ${((performance.now() - seeding) / 1000).toFixed(0)} s\n`);

  const asJob = (work: (ctx: Ctx) => Promise<void>) =>
    executeSystem(
      core.engine,
      { kind: 'system', orgId, handler: 'digests.run', causeAuditId: null },
      work,
      async () => undefined,
    );
  const scopeOf = (kind: DigestKind, rest: Partial<DigestScope>): DigestScope => ({
    kind,
    owners: { all: true },
    memberId: undefined,
    on: '2026-11-10',
    timeZone: 'UTC',
    now,
    since: new Date(now.getTime() - 86_400_000),
    ...rest,
  });
  interface Reads {
    byIndex: number;
    scans: number;
  }
  /** Rows read from the indexes on closed deals, and scans of all deals, as the database counted them. */
  async function closedReads(): Promise<Reads> {
    // Counters of a session reach the view after a second at the latest.
    await sleep(2500);
    const text = execFileSync(
      'psql',
      [
        url.toString(),
        '-Atc',
        `select (select sum(idx_tup_read) from pg_stat_user_indexes
            where indexrelname in ('deals_closed', 'deals_owner_closed', 'deals_number', 'deals_account')) || ' ' || seq_scan
          from pg_stat_user_tables where relname = 'deals'`,
      ],
      { encoding: 'utf8' },
    );
    const [byIndex, scans] = text.trim().split(' ').map(Number);
    return { byIndex: byIndex ?? Number.NaN, scans: scans ?? Number.NaN };
  }
  const closedSince = async (start: Reads): Promise<Reads> => {
    const end = await closedReads();
    return { byIndex: end.byIndex - start.byIndex, scans: end.scans - start.scans };
  };
  const perPart = new Map<string, number>();
  async function read(scope: DigestScope): Promise<{ lines: number; rows: number }> {
    let lines = 0;
    let rows = 0;
    await asJob(async (ctx) => {
      for (const part of core.registry.digestParts(scope.kind)) {
        const started = performance.now();
        for (const line of await part.read(ctx, scope)) {
          lines++;
          for (const figure of line.figures ?? []) rows += figure.rows.length;
        }
        const key = `${scope.kind} ${part.section} ${part.order}`;
        perPart.set(key, (perPart.get(key) ?? 0) + performance.now() - started);
      }
    });
    return { lines, rows };
  }

  /** Seconds of processor this process and the database's have used; what else runs on the machine does not count. */
  function processorSeconds(): number {
    const own = process.cpuUsage();
    const query = 'select pid from pg_stat_activity where datname = current_database()';
    const pids = execFileSync('psql', [url.toString(), '-Atc', query], { encoding: 'utf8' })
      .trim()
      .split('\n');
    const ticks = pids.map((pid) => {
      if (!existsSync(`/proc/${pid}/stat`)) return 0;
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return Number(fields[11]) + Number(fields[12]);
    });
    return (own.user + own.system) / 1e6 + ticks.reduce((sum, one) => sum + one, 0) / 100;
  }

  async function timed(
    what: string,
    count: number,
    scopes: (index: number) => DigestScope,
    goal: string,
  ): Promise<void> {
    perPart.clear();
    await read(scopes(0));
    perPart.clear();
    const started = performance.now();
    let next = 0;
    let lines = 0;
    let rows = 0;
    const work = async () => {
      while (next < count) {
        const found = await read(scopes(next++));
        lines += found.lines;
        rows += found.rows;
      }
    };
    const used = processorSeconds();
    await Promise.all(count < 10 ? [work()] : [work(), work()]);
    const ms = performance.now() - started;
    const busy = processorSeconds() - used;
    process.stdout.write(
      `${[...perPart].map(([key, spent]) => `${key}: ${(spent / count).toFixed(1)} ms`).join('\n')}\n`,
    );
    measured.push({
      what,
      value: `${busy.toFixed(1)} s of processor = ${((busy / count) * 1000).toFixed(1)} ms each, ${(ms / 1000).toFixed(1)} s on the clock at a load of ${loadavg()[0]?.toFixed(0)}; ${Math.round(lines / count)} lines, ${Math.round(rows / count)} records each`,
      reference: '–',
      goal,
    });
  }

  const before = await closedReads();
  await timed(
    `team digests of ${teams} channels over ${deals.toLocaleString('en')} open deals`,
    teams,
    (team) => scopeOf('team', { owners: { memberIds: teamOf(team) } }),
    '≤ 60 s on the clock',
  );
  const closedRead = await closedSince(before);
  measured.push({
    what: 'closed deals read for a team digest, of 1,000 the team has closed',
    value: `${(closedRead.byIndex / teams).toFixed(1)}, ${closedRead.scans} scans of the whole table`,
    reference: '–',
    goal: '≤ 50, no scan',
  });
  if (closedRead.byIndex > 50 * teams || closedRead.scans > 0) throw new Error('closed history is read');
  await timed(
    `morning lists of ${teams} people over the same`,
    teams,
    (person) => scopeOf('morning', { owners: { memberIds: [memberId(person)] }, memberId: memberId(person) }),
    '≤ 60 s on the clock',
  );
  await timed('team digest of everybody over the same', 1, () => scopeOf('team', {}), '–');
  await timed('roll-up of all branches over the same', 1, () => scopeOf('branches', {}), '–');
} finally {
  await db.close();
  psql(`drop database if exists ${name} with (force)`);
}
report(measured);
