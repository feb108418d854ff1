import { eq, sql } from 'drizzle-orm';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOAuthStates } from '../../src/infra/oauth-states.ts';
import { hashOf } from '../../src/infra/random-secrets.ts';
import { type InstallStates, installRoutes } from '../../src/platforms/slack/oauth.ts';
import { createWebApi } from '../../src/platforms/slack/web-api.ts';
import { noOrganization, oauthStates } from '../../src/store/tables/access.ts';
import { statesNobodyChecks, statesThatExist } from '../controls/trusting-states.ts';
import { Browser, client, type InstallBench, openInstallBench, publicUrl } from '../support/slack-install.ts';

let bench: InstallBench;
beforeAll(async () => {
  bench = await openInstallBench('East');
});
afterAll(() => bench?.close());

const at = (url: URL) => url.pathname + url.search;

/** What a browser that ends up on our redirect address brings with it, and when. */
interface Attack {
  victim: Browser;
  /** Another browser, of whoever attacks. */
  attacker: Browser;
  choice: Record<string, string>;
  forward(ms: number): void;
}

/** Each returns the address the victim's browser is led to. */
const attacks: Record<string, (attack: Attack) => Promise<URL>> = {
  'no state': async ({ victim, choice }) => {
    const back = await victim.agree(await victim.get('/slack/install'), choice);
    back.searchParams.delete('state');
    return back;
  },
  'a made-up state': async ({ victim, choice }) => {
    const back = await victim.agree(await victim.get('/slack/install'), choice);
    back.searchParams.set('state', Buffer.alloc(32, 7).toString('base64url'));
    return back;
  },
  'a state with one sign changed': async ({ victim, choice }) => {
    const back = await victim.agree(await victim.get('/slack/install'), choice);
    const state = back.searchParams.get('state') ?? '';
    back.searchParams.set('state', (state.startsWith('A') ? 'B' : 'A') + state.slice(1));
    return back;
  },
  'the state of another browser, nothing begun here': async ({ attacker, choice }) =>
    attacker.agree(await attacker.get('/slack/install'), choice),
  'the state of another browser, one begun here too': async ({ victim, attacker, choice }) => {
    await victim.get('/slack/install');
    return attacker.agree(await attacker.get('/slack/install'), choice);
  },
  'a state that was used': async ({ victim, choice }) => {
    const begun = await victim.get('/slack/install');
    const cookies = new Map(victim.cookies);
    const used = await victim.agree(begun, { ...choice, answer: 'deny' });
    await victim.get(at(used));
    // Whatever the first answer did to the cookie, the browser has it again.
    victim.cookies = cookies;
    return victim.agree(begun, choice);
  },
  'a state of ten minutes ago': async ({ victim, choice, forward }) => {
    const back = await victim.agree(await victim.get('/slack/install'), choice);
    forward(10 * 60_000);
    return back;
  },
};

/** Names of the attacks that end in an installation, and whether an honest one does. */
async function letIn(statesOf: (now: () => Date) => InstallStates) {
  let now = new Date();
  let installs = 0;
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const routes = new Hono().route(
    '/',
    installRoutes({
      ...client,
      publicUrl,
      apiUrl: bench.apiUrl,
      api: createWebApi({ apiUrl: bench.apiUrl, installations: bench.core.installations }),
      translate: bench.core.translate,
      log,
      states: statesOf(() => now),
      organizationOf: async () => undefined,
      install: async () => {
        installs += 1;
        return 'installed';
      },
    }),
  );
  const choice = { team: bench.workspace().id };
  const successful: string[] = [];
  for (const [name, attack] of Object.entries(attacks)) {
    const before = installs;
    const victim = new Browser(routes);
    const forward = (ms: number) => {
      now = new Date(now.getTime() + ms);
    };
    const back = await attack({ victim, attacker: new Browser(routes), choice, forward });
    const page = await victim.get(at(back));
    if (installs > before) successful.push(name);
    else if (page.status !== 400) throw new Error(`${name}: ${page.status}`);
  }
  const before = installs;
  await new Browser(routes).install(choice);
  return { successful, honest: installs - before };
}

describe('an installation that was not begun here and now', () => {
  test('is refused, whichever way it comes, and told how to go on; an honest one goes through', async () => {
    const result = await letIn((now) => createOAuthStates(bench.core.db, now));
    expect(result).toEqual({ successful: [], honest: 1 });
  });

  test('gets in where it is only asked whether there is such a state', async () => {
    const { successful } = await letIn(statesThatExist);
    expect(successful).toEqual(
      expect.arrayContaining([
        'the state of another browser, one begun here too',
        'a state that was used',
        'a state of ten minutes ago',
      ]),
    );
  });

  test('gets in with any state where none is looked at', async () => {
    const { successful } = await letIn(statesNobodyChecks);
    expect(successful).toEqual(expect.arrayContaining(['a made-up state', 'a state with one sign changed']));
  });
});

test('of two answers to one state at the same moment one is taken', async () => {
  const states = createOAuthStates(bench.core.db);
  const { state, cookie } = await states.begin();
  const taken = await Promise.all(Array.from({ length: 8 }, () => states.take(state, cookie)));
  expect(taken.filter(Boolean)).toHaveLength(1);
});

test('states are kept as hashes, for nobody’s organization', async () => {
  const { state, cookie } = await createOAuthStates(bench.core.db).begin('ABCDE-FGHJK');
  const rows = await bench.core.db.transaction({ as: 'app', orgId: noOrganization }, (tx) =>
    tx
      .select({ row: sql<string>`oauth_states::text` })
      .from(oauthStates)
      .where(eq(oauthStates.hash, hashOf(state))),
  );
  expect(rows).toHaveLength(1);
  for (const secret of [state, cookie, 'ABCDE']) expect(rows[0]?.row).not.toContain(secret);
});

test('a dump of the database holds no token, and neither do the logs', async () => {
  const workspaces = [bench.workspace(), bench.workspace(), bench.workspace()];
  for (const { id } of workspaces) await new Browser(bench.routes).install({ team: id });
  for (const { id, owner } of workspaces) await bench.slack.command({ user: owner, team: id, text: 'today' });
  await bench.core.relay.drain();
  const tokens = workspaces.map(({ token }) => token());
  const found = (text: string) =>
    tokens.some((token) => text.includes(token)) ||
    /xox[a-z]-/.test(text) ||
    text.includes(client.clientSecret);

  const ciphers: (string | null | undefined)[] = [];
  let rowsRead = 0;
  const { rows: tables } = await tableNames();
  expect(tables.length).toBeGreaterThan(20);
  const organizations = await Promise.all(workspaces.map(async ({ id }) => (await bench.rowOf(id))?.orgId));
  for (const orgId of [noOrganization, ...organizations.map(String)]) {
    for (const table of tables) {
      const rows = await dump(orgId, table);
      rowsRead += rows.length;
      expect(rows.filter(found), table).toEqual([]);
      if (table === 'installations') ciphers.push(...rows);
    }
  }
  // The dump sees what it is to see: sealed tokens, and a planted one.
  expect(rowsRead).toBeGreaterThan(50);
  expect(ciphers.filter((row) => /,v1\.[\w-]+\.[\w-]+\.[\w-]+/.test(String(row)))).toHaveLength(3);
  expect(found(`x ${tokens[0]}`)).toBe(true);
  expect(bench.logged.filter(found)).toEqual([]);
  expect(bench.logged.join('\n')).toContain('workspace connected');
});

function rowsOf(result: unknown): Record<string, unknown>[] {
  return Array.isArray(result) ? result : (result as { rows: Record<string, unknown>[] }).rows;
}

async function tableNames(): Promise<{ rows: string[] }> {
  const result = await bench.core.db.transaction({ as: 'router' }, (tx) =>
    tx.execute(sql`select c.relname::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind = 'r'
      and has_table_privilege('crm_app', c.oid, 'select')`),
  );
  return { rows: rowsOf(result).map(({ name }) => String(name)) };
}

/** Every row of a table that the organization's people could ever be shown, all columns as text. */
async function dump(orgId: string, table: string): Promise<string[]> {
  const result = await bench.core.db.transaction({ as: 'app', orgId }, (tx) =>
    tx.execute(sql`select t::text as row from ${sql.identifier(table)} t`),
  );
  return rowsOf(result).map(({ row }) => String(row));
}
