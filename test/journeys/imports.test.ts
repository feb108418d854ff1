import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { count, eq, isNull, sum } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { accounts } from '../../src/features/crm/accounts/tables.ts';
import { csvLine, guard, unguard } from '../../src/features/org/imports/rules.ts';
import { readTable } from '../../src/features/org/imports/tabular.ts';
import type { FunnelView } from '../../src/features/sales/deals/funnel-model.ts';
import { deals } from '../../src/features/sales/deals/tables.ts';
import { listOrganizations } from '../../src/infra/organizations.ts';
import { runOperatorCommand } from '../../src/operator/run.ts';
import { execute } from '../../src/runtime/execute.ts';
import { members } from '../../src/store/tables/people.ts';
import { audit, recordChanges } from '../../src/store/tables/trail.ts';
import { cardText } from '../../src/view/plain-text.ts';
import { type TestApp, testApp } from '../support/app.ts';
import { freshDirectory } from '../support/database.ts';
import fc from '../support/property.ts';

const folder = join(import.meta.dirname, '../data/sales-opportunities');
const span = { from: '2016-10-20', to: '2017-12-31' };

interface Ran {
  code: number;
  lines: string[];
}

/** An operator's command on the test's organization. */
async function operator(app: TestApp, ...args: string[]): Promise<Ran> {
  const lines: string[] = [];
  const out = { line: (text: string) => void lines.push(text), progress: () => undefined };
  const slug = (await listOrganizations(app.db)).find(({ orgId }) => orgId === app.orgId)?.slug ?? '';
  const code = await runOperatorCommand({
    core: app,
    args: [...args, '--organization', slug],
    cwd: '/',
    out,
  });
  return { code, lines };
}

/** Files as a person would put them into a folder. */
function folderOf(files: Record<string, string | Uint8Array>): string {
  const home = freshDirectory();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(home, name), content);
  return home;
}

/** An empty organization with an admin at the keyboard. */
async function emptyApp(): Promise<TestApp> {
  const app = await testApp({ demo: false });
  const profile = {
    name: 'Olga Owner',
    email: 'olga@parley.example',
    locale: 'en' as const,
    timeZone: 'UTC',
    isOwnerOrAdmin: true,
    isOutsider: false,
  };
  await app.inOrg((tx) => app.engine.sessions.join(tx, app.orgId, visitorOf(app), profile, app.clock.now()));
  return app;
}

const visitorOf = (app: TestApp) =>
  ({ platform: 'slack', installation: app.installation, userId: 'UOLGA' }) as const;

async function typed(app: TestApp, line: string): Promise<string> {
  const { outcome, reader } = await app.dispatch(visitorOf(app), { kind: 'command', line }, 'test');
  if (!('card' in outcome)) throw new Error(`no card but ${outcome.kind}`);
  return cardText(outcome.card, reader);
}

async function funnel(app: TestApp, input: Record<string, unknown>): Promise<FunnelView> {
  const [olga] = await app.inOrg((tx) => tx.select().from(members).where(eq(members.name, 'Olga Owner')));
  const action = app.registry.action('deals.pipeline');
  if (!action || !olga) throw new Error('nothing to ask');
  const who = { kind: 'member', orgId: app.orgId, memberId: olga.id, platform: 'http' } as const;
  const performed = await execute(app.engine, who, { action, raw: { span, ...input } });
  if (performed.kind !== 'done') throw new Error('asks');
  return performed.output as FunnelView;
}

const countOf = (lines: readonly string[], kind: string) =>
  lines.find((line) => line.startsWith(`${kind}: `));

describe('the sales opportunities of a real file', () => {
  let app: TestApp;
  let first: Ran;
  beforeAll(async () => {
    app = await emptyApp();
    first = await operator(app, 'import', folder, '--currency', 'USD');
  }, 120_000);

  /** The figures, from the file itself. */
  interface Figures {
    won: number;
    wonValue: number;
    lost: number;
    open: number;
  }
  const read = (name: string) => {
    const table = readTable(readFileSync(join(folder, name), 'utf8'));
    return table.rows.map(({ cells }) =>
      Object.fromEntries(table.headers.map((header, at) => [header, cells[at] ?? ''])),
    );
  };
  const teams = new Map(read('sales_teams.csv').map((row) => [row.sales_agent, row]));
  const rows = read('sales_pipeline.csv');
  function figuresBy(key: (row: Record<string, string>) => string | undefined): Map<string, Figures> {
    const figures = new Map<string, Figures>();
    for (const row of rows) {
      const name = key(row) ?? '';
      const one = figures.get(name) ?? { won: 0, wonValue: 0, lost: 0, open: 0 };
      figures.set(name, one);
      if (row.deal_stage === 'Won') {
        one.won += 1;
        one.wonValue += Number(row.close_value);
      } else if (row.deal_stage === 'Lost') one.lost += 1;
      else one.open += 1;
    }
    return figures;
  }

  test('is imported whole, and what was mended is said', () => {
    expect(first.code).toBe(0);
    expect(countOf(first.lines, 'deals')).toBe('deals: created 8800, matched 0, changed 0, rejected 0');
    expect(countOf(first.lines, 'accounts')).toBe('accounts: created 85, matched 0, changed 0, rejected 0');
    expect(countOf(first.lines, 'products')).toBe('products: created 7, matched 0, changed 0, rejected 0');
    const said = first.lines.join('\n');
    expect(said).toMatch(/GTXPro.*GTX Pro.*1,?480/);
    expect(said).toMatch(/technolgy.*technology/i);
    expect(said).toMatch(/1,?425/);
  });

  test('leaves one audit entry and a change per record', async () => {
    const entries = await app.inOrg((tx) =>
      tx.select().from(audit).where(eq(audit.action, 'operator.import')),
    );
    expect(entries).toHaveLength(1);
    const [changes] = await app.inOrg((tx) =>
      tx.select({ n: count() }).from(recordChanges).where(eq(recordChanges.kind, 'deal')),
    );
    expect(changes?.n).toBe(8800);
  });

  test('typed, over the API and in plain SQL says the same: 8,800 deals, 4,238 won for 10,005,534', async () => {
    const [plain] = await app.inOrg((tx) =>
      tx
        .select({ n: count(), value: sum(deals.amountMinor) })
        .from(deals)
        .where(eq(deals.status, 'won')),
    );
    expect([plain?.n, plain?.value]).toEqual([4238, '1000553400']);
    const output = await funnel(app, {});
    expect(output).toMatchObject({
      count: 8800,
      wonCount: 4238,
      won: [{ amountMinor: '1000553400', currency: 'USD' }],
      lostCount: 2473,
      openCount: 2089,
    });
    expect(output.openByStage.map((stage) => stage.count).filter((n) => n > 0)).toEqual([500, 1589]);
    const text = await typed(app, 'pipeline 2016-10-20..2017-12-31');
    for (const figure of ['10,005,534', '4,238', '2,473', '1,589', '500']) expect(text).toContain(figure);
  });

  test.each([
    ['owner', (row: Record<string, string>) => row.sales_agent],
    ['group', (row: Record<string, string>) => teams.get(row.sales_agent)?.manager],
    ['region', (row: Record<string, string>) => teams.get(row.sales_agent)?.regional_office],
  ] as const)('per %s adds up to the file', async (by, key) => {
    const wanted = figuresBy(key);
    const { groups, groupCount } = await funnel(app, { by });
    expect(groupCount).toBe(wanted.size);
    const found = groups.map((group) => [
      group.name,
      {
        won: group.wonCount,
        wonValue: Number(group.won[0]?.amountMinor ?? 0) / 100,
        lost: group.lostCount,
        open: group.openCount,
      },
    ]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(wanted));
  });

  test('again creates and changes nothing; its export imports without a change', async () => {
    const again = await operator(app, 'import', folder, '--currency', 'USD');
    const kinds = again.lines.filter((line) => /^\w+: created/.test(line));
    expect(kinds.length).toBeGreaterThan(2);
    for (const line of kinds) expect(line).toMatch(/: created 0, matched \d+, changed 0, rejected 0$/);
    const home = freshDirectory();
    expect((await operator(app, 'export', home)).code).toBe(0);
    const back = await operator(app, 'import', home);
    expect(countOf(back.lines, 'deals')).toBe('deals: created 0, matched 8800, changed 0, rejected 0');
    for (const line of back.lines.filter((one) => /^\w+: created/.test(one))) {
      expect(line).toMatch(/: created 0, matched \d+, changed 0, rejected 0$/);
    }
  }, 120_000);
});

describe('a messy file', () => {
  const counted = async (app: TestApp) => {
    const [row] = await app.inOrg((tx) =>
      tx.select({ n: count() }).from(accounts).where(isNull(accounts.archivedAt)),
    );
    return row?.n ?? 0;
  };
  const names = (app: TestApp) =>
    app.inOrg(async (tx) =>
      (await tx.select({ name: accounts.name }).from(accounts)).map(({ name }) => name).toSorted(),
    );

  test('with a byte-order mark, semicolons and quoted line breaks is read', async () => {
    const app = await emptyApp();
    const text =
      '\uFEFFaccount;sector;office_location\r\n"Müller; Söhne";"line one\nline two";Köln\r\n"He said ""no""";x;y\r\n';
    const { code, lines } = await operator(app, 'import', folderOf({ 'accounts.csv': text }));
    expect([code, countOf(lines, 'accounts')]).toEqual([
      0,
      'accounts: created 2, matched 0, changed 0, rejected 0',
    ]);
    expect(await names(app)).toEqual(['He said "no"', 'Müller; Söhne']);
  });

  test('in GB18030 and UTF-16 with Chinese headers is read', async () => {
    const app = await emptyApp();
    // “客户,行业\n远景机械,机械\n” as Chinese spreadsheets save it.
    const gb = Buffer.from('bfcdbba72cd0d0d2b50ad4b6beb0bbfad0b52cbbfad0b50a', 'hex');
    const utf16 = Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from('客户\t行业\n东方泵业\t泵\n', 'utf16le'),
    ]);
    const { code, lines } = await operator(
      app,
      'import',
      folderOf({ 'accounts.csv': gb, '客户.txt': utf16 }),
    );
    expect([code, lines.filter((line) => line.startsWith('accounts:')).length]).toEqual([0, 2]);
    expect(await names(app)).toEqual(['东方泵业', '远景机械'].toSorted());
  });

  const closedOn = async (app: TestApp) =>
    app.inOrg(async (tx) =>
      (await tx.select({ on: deals.closedOn }).from(deals).orderBy(deals.number)).map(({ on }) => on),
    );

  test('with US dates is read month first, unless a day above twelve shows otherwise, which is said', async () => {
    const head = 'opportunity_id,sales_agent,account,deal_stage,close_date,close_value\n';
    const us = await emptyApp();
    await operator(
      us,
      'import',
      folderOf({ 'deals.csv': `${head}1,Ann,Acme,Won,3/11/2026,10\n2,Ann,Acme,Won,3/12/2026,10\n` }),
    );
    expect(await closedOn(us)).toEqual(['2026-03-11', '2026-03-12']);
    const eu = await emptyApp();
    const { lines } = await operator(
      eu,
      'import',
      folderOf({ 'deals.csv': `${head}1,Ann,Acme,Won,3/11/2026,10\n2,Ann,Acme,Won,25/12/2026,10\n` }),
    );
    expect(await closedOn(eu)).toEqual(['2026-11-03', '2026-12-25']);
    expect(lines.join('\n')).toMatch(/close_date/);
  });

  test('of an unknown kind is named and left alone; alone it is refused', async () => {
    const app = await emptyApp();
    const files = { 'accounts.csv': 'account\nAcme\n', 'weather.csv': 'city,rain\nKöln,3\n' };
    const { code, lines } = await operator(app, 'import', folderOf(files));
    expect(code).toBe(0);
    expect(lines.join('\n')).toMatch(/weather\.csv.*city/);
    expect(await counted(app)).toBe(1);
    const alone = await operator(app, 'import', folderOf({ 'weather.csv': files['weather.csv'] }));
    expect(alone.code).toBe(1);
    expect(alone.lines.join('\n')).toMatch(/weather\.csv/);
  });

  test('has its bad lines rejected by number and reason, and the others imported', async () => {
    const app = await emptyApp();
    const text = [
      'opportunity_id,sales_agent,account,deal_stage,engage_date,close_value',
      '1,Ann,Acme,Won,2026-01-05,100',
      '2,Ann,Acme,Vanished,2026-01-05,100',
      '3,Ann,Acme,Won,2026-02-30,100',
      '4,Ann,Acme,Won,2026-01-05,a lot',
      '5,Ann,Acme,,2026-01-05,100',
      '6,Ann,Acme,Won,2026-01-05,100,too,many',
      '7,Ann,Acme,Won,2026-01-05,99999999999999999999999',
      `8,Ann,${'x'.repeat(5000)},Won,2026-01-05,100`,
      '9,Ann,Acme,Won,2026-01-06,"1,054.50"',
    ].join('\n');
    const { code, lines } = await operator(app, 'import', folderOf({ 'deals.csv': text }));
    expect(code).toBe(0);
    expect(countOf(lines, 'deals')).toBe('deals: created 2, matched 0, changed 0, rejected 7');
    const said = lines.join('\n');
    for (const line of [3, 4, 5, 6, 7, 8, 9]) expect(said).toMatch(new RegExp(`\\b${line}\\b`));
    expect(said).toContain('Vanished');
    expect(said).toContain('a lot');
  });

  test('in a dry run saves nothing and says what it would', async () => {
    const app = await emptyApp();
    const { code, lines } = await operator(
      app,
      'import',
      folderOf({ 'accounts.csv': 'account\nAcme\n' }),
      '--dry-run',
    );
    expect(code).toBe(0);
    expect(countOf(lines, 'accounts')).toBe('accounts: created 1, matched 0, changed 0, rejected 0');
    expect(lines).toContain('dry run: nothing was saved');
    expect(await counted(app)).toBe(0);
  });

  test('that breaks a later one leaves nothing of the earlier ones', async () => {
    const app = await emptyApp();
    const importer = app.registry.importers().find(({ kind }) => kind === 'deals');
    if (!importer) throw new Error('no importer');
    const { load } = importer;
    importer.load = () => Promise.reject(new Error('broken on purpose'));
    try {
      const files = {
        'accounts.csv': 'account\nAcme\n',
        'deals.csv': 'opportunity_id,account,deal_stage\n1,Acme,Won\n',
      };
      await expect(operator(app, 'import', folderOf(files))).rejects.toThrow('broken on purpose');
    } finally {
      importer.load = load;
    }
    expect(await counted(app)).toBe(0);
    expect(await app.inOrg((tx) => tx.select().from(audit))).toHaveLength(
      (
        await app.inOrg((tx) =>
          tx.select().from(audit).where(eq(audit.actorName, 'system:organization.founded')),
        )
      ).length,
    );
  });
});

describe('a cell of an export', () => {
  const cells = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc
      .tuple(
        fc.constantFrom('=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠', "'", "'="),
        fc.string({ maxLength: 20 }),
      )
      .map((parts) => parts.join('')),
  );
  const runs = process.env.PARLEY_LONG ? 10_000 : 500;

  test('is never a formula to a spreadsheet, and comes back as it was', () => {
    fc.assert(
      fc.property(cells, (cell) => {
        expect(guard(cell)).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
        expect(unguard(guard(cell))).toBe(cell);
      }),
      { numRuns: runs },
    );
  });

  test('keeps its place in the line, whatever is in it', () => {
    const whole = cells.filter((cell) => cell.trim() === cell && cell !== '' && !/[\r\0]/.test(cell));
    fc.assert(
      fc.property(fc.array(whole, { minLength: 2, maxLength: 4 }), (line) => {
        const headers = line.map((_, at) => `h${at}`);
        const table = readTable(csvLine(headers) + csvLine(line));
        expect(table.rows[0]?.cells.map(unguard)).toEqual(line);
      }),
      { numRuns: runs },
    );
  });
});
