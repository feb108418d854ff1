import { and, arrayContains, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { organizationBehind } from '../../../src/connect-slack.ts';
import { createOperatorCode } from '../../../src/infra/one-time-codes.ts';
import { botScopes } from '../../../src/platforms/slack/manifest.ts';
import { identities, members } from '../../../src/store/tables/people.ts';
import {
  Browser,
  client,
  type InstallBench,
  openInstallBench,
  publicUrl,
} from '../../support/slack-install.ts';

let bench: InstallBench;
beforeAll(async () => {
  bench = await openInstallBench();
});
afterAll(() => bench?.close());

const browse = () => new Browser(bench.routes);
const type = (user: string, team: string, text: string) => bench.slack.command({ user, team, text });
const said = ({ body }: { body: unknown }) => String((body as { text?: unknown } | undefined)?.text ?? '');

async function installed(by: 'owner' | 'rep' = 'owner') {
  const workspace = bench.workspace();
  const page = await browse().install({ team: workspace.id, user: workspace[by] });
  expect(page.status, await page.clone().text()).toBe(200);
  return { ...workspace, page: await page.text() };
}

const rolesOf = (team: string, user: string) =>
  bench.inOrg(team, async (tx) => {
    const rows = await tx
      .select({ roles: members.roles, name: members.name })
      .from(identities)
      .innerJoin(members, and(eq(members.orgId, identities.orgId), eq(members.id, identities.memberId)))
      .where(eq(identities.externalUserId, user));
    return rows[0]?.roles;
  });

/** A code an admin types for; the rep is made one by the admin, where asked. */
async function codeOf(team: string, user: string): Promise<string> {
  const text = said(await type(user, team, 'link'));
  const [code] = /\b[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}\b/.exec(text) ?? [];
  if (!code) throw new Error(`no code in: ${text}`);
  return code;
}

describe('the way to Slack', () => {
  test('asks for the scopes of the manifest, and names nothing but us and the state', async () => {
    const begun = await browse().get('/slack/install');
    expect(begun.status).toBe(302);
    const to = new URL(begun.headers.get('location') ?? '');
    expect(to.href.split('?')[0]).toBe(new URL('../oauth/v2/authorize', bench.apiUrl).href);
    const { state, ...rest } = Object.fromEntries(to.searchParams);
    expect(rest).toEqual({
      client_id: client.clientId,
      scope: botScopes.join(','),
      redirect_uri: `${publicUrl}/slack/oauth_redirect`,
    });
    expect(state).toMatch(/^[\w-]{43}$/);
    expect(begun.headers.get('set-cookie')).toMatch(
      /^__Host-crm_install=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
  });
});

describe('a new workspace', () => {
  test('gets an organization of its own, and its installer is admin and manager', async () => {
    const one = await installed('rep');
    const two = await installed();
    expect((await bench.rowOf(one.id))?.orgId).not.toBe((await bench.rowOf(two.id))?.orgId);
    expect(await rolesOf(one.id, one.rep)).toEqual(['admin', 'manager']);
    expect(await rolesOf(two.id, two.owner)).toEqual(['admin', 'manager']);
    expect(one.page).toContain('/crm help');
  });

  test('welcomes its installer once, however often the app is installed', async () => {
    const { id, owner, rep } = await installed();
    await browse().install({ team: id, user: owner });
    await browse().install({ team: id, user: rep });
    await bench.core.relay.drain();
    const welcomes = bench.slack.messages({ team: id, user: owner });
    expect(welcomes.map(({ text }) => text)).toEqual([expect.stringContaining('/crm settings')]);
    expect(bench.slack.messages({ team: id, user: rep })).toEqual([]);
  });

  test('works with its own records and its own token beside another', async () => {
    const one = await installed();
    const two = await installed();
    const before = bench.slack.calls().length;
    const texts = await Promise.all([
      type(one.rep, one.id, 'new-lead "Quarry Pumps" Jane jane@quarry.example'),
      type(two.rep, two.id, 'new-lead "Harbor Valves" Kim kim@harbor.example'),
    ]);
    expect(texts.map(said)).toEqual([
      expect.stringContaining('Quarry Pumps'),
      expect.stringContaining('Harbor Valves'),
    ]);
    expect(said(await type(one.owner, one.id, 'find Harbor'))).not.toContain('Harbor Valves');
    expect(said(await type(two.owner, two.id, 'find Harbor'))).toContain('Harbor Valves');
    const calls = bench.slack.calls().slice(before);
    expect(new Set(calls.map(({ team }) => team))).toEqual(new Set([one.id, two.id]));
    expect(calls.filter(({ ok }) => !ok)).toEqual([]);
  });

  test('two people who install it at the same moment share one organization', async () => {
    // Another company of the same name is here already.
    const namesake = bench.workspace();
    await browse().install({ team: namesake.id, user: namesake.owner });
    const { id, owner, rep } = bench.workspace();
    const pages = await Promise.all([owner, rep].map((user) => browse().install({ team: id, user })));
    expect(pages.map(({ status }) => status)).toEqual([200, 200]);
    const admins = await bench.inOrg(id, (tx) =>
      tx
        .select()
        .from(members)
        .where(arrayContains(members.roles, ['admin'])),
    );
    expect(admins.length).toBeGreaterThanOrEqual(1);
    expect(said(await type(owner, id, 'new-lead "Shared Pumps" Jo jo@shared.example'))).toContain(
      'Shared Pumps',
    );
    expect(said(await type(rep, id, 'find Shared'))).toContain('Shared Pumps');
  });
});

describe('a workspace that comes back', () => {
  test('is not connected meanwhile, keeps no token, and finds its records again with a new one', async () => {
    const { id, owner, token } = await installed();
    await type(owner, id, 'new-lead "Lasting Pumps" Jane jane@lasting.example');
    const former = token();
    await bench.slack.uninstall(id);
    expect(await bench.rowOf(id)).toMatchObject({ status: 'disconnected', tokenCipher: null });
    expect(said(await type(owner, id, 'find Lasting'))).toContain('not connected');
    await browse().install({ team: id, user: owner });
    expect(token()).not.toBe(former);
    expect(said(await type(owner, id, 'find Lasting'))).toContain('Lasting Pumps');
    expect((await bench.core.installations.find('slack', id))?.token).toBe(token());
  });

  test('makes nobody more than they were: not a rep, and not somebody new', async () => {
    const { id, rep } = await installed();
    await type(rep, id, 'today');
    await browse().install({ team: id, user: rep });
    expect(await rolesOf(id, rep)).toEqual(['rep']);
    const other = await installed();
    await browse().install({ team: other.id, user: other.rep });
    expect(await rolesOf(other.id, other.rep)).toEqual(['rep']);
  });
});

describe('with the code of an admin', () => {
  test('the page says first whose organization it is, and nothing is connected before the answer', async () => {
    const home = await installed();
    const code = await codeOf(home.id, home.owner);
    const page = await browse().get(`/slack/install?code=${code}`);
    expect(page.status).toBe(200);
    expect(page.headers.get('set-cookie')).toBeNull();
    const text = await page.text();
    expect(text).toContain('East &lt;b&gt;&amp; West&lt;/b&gt;');
    expect(text).not.toContain('<b>');
  });

  test('a second workspace joins the organization, and the installer is that admin', async () => {
    const home = await installed();
    await type(home.owner, home.id, 'new-lead "Common Pumps" Jane jane@common.example');
    const code = await codeOf(home.id, home.owner);
    const second = bench.workspace();
    const browser = browse();
    const begun = await browser.post('/slack/install', { code: ` ${code.toLowerCase()} ` });
    const back = await browser.agree(begun, { team: second.id, user: second.rep });
    expect((await browser.get(back.pathname + back.search)).status).toBe(200);
    expect((await bench.rowOf(second.id))?.orgId).toBe((await bench.rowOf(home.id))?.orgId);
    expect(await rolesOf(second.id, second.rep)).toEqual(['admin', 'manager']);
    expect(said(await type(second.rep, second.id, 'whoami'))).toContain('Olivia Owner');
    expect(said(await type(second.owner, second.id, 'find Common'))).toContain('Common Pumps');
    // The code has done its work.
    expect(await organizationBehind(bench.core, code)).toBeUndefined();
    expect((await browse().get(`/slack/install?code=${code}`)).status).toBe(410);
  });

  test('an operator’s code makes the installer the first admin', async () => {
    const home = await installed();
    const orgId = (await bench.rowOf(home.id))?.orgId ?? '';
    const code = await createOperatorCode(bench.core.db, orgId);
    const second = bench.workspace();
    const browser = browse();
    const back = await browser.agree(await browser.post('/slack/install', { code }), {
      team: second.id,
      user: second.rep,
    });
    await browser.get(back.pathname + back.search);
    expect((await bench.rowOf(second.id))?.orgId).toBe(orgId);
    expect(await rolesOf(second.id, second.rep)).toEqual(['admin', 'manager']);
  });

  test('another page cannot begin it in somebody’s browser', async () => {
    const home = await installed();
    const code = await codeOf(home.id, home.owner);
    for (const origin of ['https://evil.example', 'null', `${publicUrl}.evil.example`]) {
      const browser = browse();
      const answer = await browser.post('/slack/install', { code }, origin);
      expect(answer.status).toBe(400);
      expect(browser.cookies.size).toBe(0);
    }
  });

  test('a form larger than any of ours is not read', async () => {
    const code = 'A'.repeat(64 * 1024);
    expect((await browse().post('/slack/install', { code })).status).toBe(413);
    const body = new ReadableStream({
      pull: (out) => out.enqueue(new TextEncoder().encode('code=A&'.repeat(4096))),
    });
    const headers = { origin: publicUrl, 'content-type': 'application/x-www-form-urlencoded' };
    const endless: RequestInit & { duplex: 'half' } = { method: 'POST', headers, body, duplex: 'half' };
    const answer = await bench.routes.request(`${publicUrl}/slack/install`, endless);
    expect(answer.status).toBe(413);
  });

  test('a code of a rep connects nothing, and neither does one that was used while Slack was asked', async () => {
    const home = await installed();
    await type(home.rep, home.id, 'today');
    const weak = await codeOf(home.id, home.rep);
    expect((await browse().post('/slack/install', { code: weak })).status).toBe(410);
    const code = await codeOf(home.id, home.owner);
    const [one, two] = [bench.workspace(), bench.workspace()];
    const [quick, slow] = [browse(), browse()];
    const slowBack = await slow.agree(await slow.post('/slack/install', { code }), { team: two.id });
    const quickBack = await quick.agree(await quick.post('/slack/install', { code }), { team: one.id });
    expect((await quick.get(quickBack.pathname + quickBack.search)).status).toBe(200);
    const late = await slow.get(slowBack.pathname + slowBack.search);
    expect(late.status).toBe(410);
    expect(await late.text()).toContain('/crm link');
    expect(await bench.rowOf(two.id)).toBeUndefined();
  });

  test('a workspace with an organization of its own stays there', async () => {
    const [home, other] = [await installed(), await installed()];
    const before = await bench.rowOf(other.id);
    const code = await codeOf(home.id, home.owner);
    const browser = browse();
    const back = await browser.agree(await browser.post('/slack/install', { code }), { team: other.id });
    expect((await browser.get(back.pathname + back.search)).status).toBe(200);
    expect((await bench.rowOf(other.id))?.orgId).toBe(before?.orgId);
    expect(await organizationBehind(bench.core, code)).toBeDefined();
  });

  test('who is told to begin again keeps the code', async () => {
    const home = await installed();
    const code = await codeOf(home.id, home.owner);
    const browser = browse();
    const begun = await browser.post('/slack/install', { code });
    const back = await browser.agree(begun, { team: bench.workspace().id, answer: 'deny' });
    const page = await (await browser.get(back.pathname + back.search)).text();
    expect(page).toContain(`href="/slack/install?code=${code}"`);
  });
});

describe('what goes otherwise is said, and connects nothing', () => {
  const at = (back: URL) => back.pathname + back.search;

  test('declining, in the browser’s language', async () => {
    const { id } = bench.workspace();
    const browser = browse();
    const english = await browser.get(
      at(await browser.agree(await browser.get('/slack/install'), { team: id, answer: 'deny' })),
    );
    expect(english.status).toBe(200);
    expect(await english.text()).toMatch(/<html lang="en">.*you declined.*href="\/slack\/install"/s);
    browser.language = 'fr-FR, zh-CN;q=0.8, en;q=0.5';
    const chinese = await browser.get('/slack/oauth_redirect?error=access_denied');
    expect(await chinese.text()).toMatch(/<html lang="zh-CN">.*拒绝了授权/s);
    expect(await bench.rowOf(id)).toBeUndefined();
  });

  test('an installation for a whole enterprise', async () => {
    const { id } = bench.workspace();
    const page = await browse().install({ team: id, org_wide: '1' });
    expect(page.status).toBe(400);
    expect(await page.text()).toContain('whole enterprise');
    expect(await bench.rowOf(id)).toBeUndefined();
  });

  test('a code Slack does not know', async () => {
    const browser = browse();
    const back = await browser.agree(await browser.get('/slack/install'), { team: bench.workspace().id });
    back.searchParams.set('code', 'made-up');
    const page = await browser.get(at(back));
    expect(page.status).toBe(400);
    expect(await page.text()).toContain('Begin again');
  });

  test('Slack not telling who installs it', async () => {
    const { id } = bench.workspace();
    bench.slack.faults.add({ kind: '500', method: 'users.info', team: id, count: 1 });
    const page = await browse().install({ team: id });
    expect(page.status).toBe(502);
    expect(await page.text()).toContain('Slack did not answer');
    expect(await bench.rowOf(id)).toBeUndefined();
  });
});

test('pages run no scripts, are kept nowhere, and hold no code and no token', async () => {
  const { id, token } = bench.workspace();
  const browser = browse();
  const back = await browser.agree(await browser.get('/slack/install'), { team: id });
  const page = await browser.get(back.pathname + back.search);
  expect(page.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'self'; form-action/,
  );
  expect(page.headers.get('cache-control')).toBe('no-store');
  const text = await page.text();
  expect(text).not.toMatch(/<script|<style|\son\w+=|style="|javascript:/i);
  expect(text).toContain('East &lt;b&gt;&amp; West&lt;/b&gt;');
  for (const secret of [token(), ...['code', 'state'].map((name) => back.searchParams.get(name) ?? '')]) {
    expect(secret.length).toBeGreaterThan(20);
    expect(text).not.toContain(secret);
  }
});
