import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Hono } from 'hono';
import { type Core, createCore } from '../../src/app.ts';
import { createClock } from '../../src/infra/clock.ts';
import type { Database } from '../../src/infra/db/client.ts';
import { mountSlack } from '../../src/mount-slack.ts';
import { serveSlackStandIn } from '../../src/playground/serve.ts';
import type { SlackStandIn } from '../../src/playground/slack/stand-in.ts';
import type { StandInUser, Workspace } from '../../src/playground/slack/workspace.ts';
import type { Log } from '../../src/runtime/ports.ts';
import { installations } from '../../src/store/tables/people.ts';
import type { Tx } from '../../src/store/tx.ts';
import { testDatabase } from './database.ts';

export const client = { clientId: '1234.5678', clientSecret: 'oauth-client-secret' };
export const publicUrl = 'https://crm.example.com';

export interface InstallBench {
  core: Core;
  slack: SlackStandIn;
  /** Web API base of the stand-in. */
  apiUrl: string;
  /** What the service answers on. */
  routes: Hono;
  encryptionKey: string;
  /** Everything that was logged, as JSON. */
  logged: string[];
  /** A workspace nobody has installed the app in, with its people. */
  workspace(): { id: string; owner: string; rep: string; guest: string; token(): string };
  rowOf(team: string): Promise<{ orgId: string; status: string; tokenCipher: string | null } | undefined>;
  inOrg<T>(team: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Resolves when what came from Slack is worked off, what follows its answer included. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

/** The engine with Slack mounted for several workspaces, and a strict Slack with as many that talks to it. */
export async function openInstallBench(
  workspaceName = 'East <b>& West</b>',
  database?: Database,
): Promise<InstallBench> {
  const logged: string[] = [];
  const note = (fields: Record<string, unknown>, message: string) => {
    const { err, ...rest } = fields;
    logged.push(JSON.stringify({ ...rest, message, err: err instanceof Error ? err.stack : err }));
  };
  const log: Log = { debug: note, info: note, warn: note, error: note };
  const encryptionKey = randomBytes(32).toString('base64');
  // Other suites share the database.
  const workspaces = Array.from({ length: 40 }, () => workspaceOf(workspaceName));
  let routes: Hono | undefined;
  const running = await serveSlackStandIn({
    port: 0,
    target: `${publicUrl}/slack/events`,
    signingSecret: 's'.repeat(32),
    workspaces,
    oauth: client,
    fetch: async (input, init) => routes?.request(String(input), init) ?? new Response('', { status: 503 }),
  });
  const apiUrl = `${running.url}/api/`;
  const db = database ?? (await testDatabase());
  const core = createCore({
    db,
    log,
    clock: createClock(),
    memberAutoJoin: 'rep',
    publicUrl,
    encryptionKey,
  });
  const config = { signingSecret: 's'.repeat(32), botToken: undefined, ...client, apiUrl };
  const mounted = await mountSlack(core, config, log);
  core.platforms.set('slack', mounted.platform);
  routes = mounted.routes;
  const rowOf = async (team: string) => {
    const rows = await db.transaction({ as: 'router' }, (tx) =>
      tx.select().from(installations).where(eq(installations.externalId, team)),
    );
    return rows[0];
  };
  let used = 0;
  return {
    core,
    slack: running.standIn,
    apiUrl,
    routes,
    encryptionKey,
    logged,
    workspace() {
      const id = workspaces[used++]?.id ?? '';
      const own = running.standIn.workspaces().find((one) => one.id === id);
      if (!own) throw new Error('no workspace is left');
      const people = { owner: `UOWNER${id}`, rep: `UREP${id}`, guest: `UGUEST${id}` };
      return { id, ...people, token: () => own.botToken };
    },
    rowOf,
    async inOrg(team, work) {
      const row = await rowOf(team);
      if (!row) throw new Error(`${team} was never connected`);
      return db.transaction({ as: 'app', orgId: row.orgId }, work);
    },
    drain: () => mounted.drain(),
    async close() {
      await mounted.drain();
      await running.close();
    },
  };
}

function workspaceOf(name: string): Workspace {
  const id = `T${randomBytes(5).toString('hex').toUpperCase()}`;
  const person = { locale: 'en-US', tz: 'Europe/London' } as const;
  const users: StandInUser[] = [
    {
      id: `UOWNER${id}`,
      name: 'olivia',
      realName: 'Olivia Owner',
      email: `o@${id}.example`,
      isOwner: true,
      ...person,
    },
    { id: `UREP${id}`, name: 'rae', realName: 'Rae Rep', email: `r@${id}.example`, ...person },
    {
      id: `UGUEST${id}`,
      name: 'gus',
      realName: 'Gus Guest',
      email: `g@${id}.example`,
      isRestricted: true,
      ...person,
    },
  ];
  return {
    id,
    name,
    domain: id.toLowerCase(),
    botToken: `xoxb-${randomBytes(12).toString('hex')}`,
    botUserId: `UBOT${id}`,
    appId: 'A0PARLEY',
    users,
    unfurlDomains: [new URL(publicUrl).hostname],
    channels: [
      { id: `C${id}`, name: 'sales', members: users.map((user) => user.id) },
      { id: `CSHARED${id}`, name: 'shared', members: users.map((user) => user.id), isExtShared: true },
    ],
  };
}

/** One browser: keeps its cookie, follows nothing by itself. */
export class Browser {
  cookies = new Map<string, string>();
  language = 'en-GB,en;q=0.9';
  private readonly routes: Hono;
  constructor(routes: Hono) {
    this.routes = routes;
  }

  async get(path: string): Promise<Response> {
    return this.keep(await this.routes.request(new URL(path, publicUrl).href, { headers: this.headers() }));
  }

  async post(path: string, form: Record<string, string>, origin: string = publicUrl): Promise<Response> {
    const init = { method: 'POST', headers: { ...this.headers(), origin }, body: new URLSearchParams(form) };
    return this.keep(await this.routes.request(new URL(path, publicUrl).href, init));
  }

  /** From the way to Slack (`begun`) to the address Slack leads back to. `choice`: see the stand-in's page. */
  async agree(begun: Response, choice: Record<string, string>): Promise<URL> {
    const page = new URL(begun.headers.get('location') ?? 'missing:');
    for (const [name, value] of Object.entries(choice)) page.searchParams.set(name, value);
    const answered = await fetch(page, { redirect: 'manual' });
    return new URL(answered.headers.get('location') ?? 'missing:');
  }

  /** All of it: from our link to our last page. */
  async install(choice: Record<string, string>): Promise<Response> {
    const back = await this.agree(await this.get('/slack/install'), choice);
    return this.get(back.pathname + back.search);
  }

  private headers(): Record<string, string> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return { 'accept-language': this.language, ...(cookie ? { cookie } : {}) };
  }

  private keep(response: Response): Response {
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }
}
