import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { SlackStandIn } from './slack/stand-in.ts';
import type { TeamsStandIn } from './teams/stand-in.ts';

/** A line somebody might type, offered in the composer. */
export interface ExampleLine {
  /** With the command: `/crm pipeline`. */
  text: string;
  /** What it does, in a few words. */
  about?: string;
  /** The role it is meant for, as in a person's `note`; everybody's if absent. */
  as?: string;
  /** Of the reader; every reader's if absent. */
  locale?: 'en-US' | 'zh-CN';
}

export interface PlaygroundOrganization {
  id: string;
  name: string;
  /** Its Slack workspace in the stand-in, `T…`. */
  team: string;
  /** Its tenant in the Teams stand-in; without one, it is in Slack only. */
  tenant?: string;
  examples: ExampleLine[];
}

export interface PlaygroundShortcut {
  type: 'message' | 'global';
  callbackId: string;
  name: string;
}

/** A command of the message extension, as in `composeExtensions[0].commands` of a Teams manifest. */
export interface PlaygroundCommand {
  id: string;
  type: 'query' | 'action';
  title: string;
  /** Where it is offered; in the composer if absent. */
  context?: ('compose' | 'commandBox' | 'message')[];
  /** The first one is what a search types into. */
  parameters?: { name: string }[];
}

/** The clock of the service's business time. */
export interface DemoClock {
  now(): Date;
  set(to: Date): void | Promise<void>;
}

export interface PlaygroundOptions {
  standIn: SlackStandIn;
  /** Without it, the page has its Slack pane only. */
  teams?: TeamsStandIn;
  /** Folder with the built pages; this page is in its `playground` folder. */
  wwwDir: string;
  organizations:
    | PlaygroundOrganization[]
    | (() => PlaygroundOrganization[] | Promise<PlaygroundOrganization[]>);
  shortcuts?: PlaygroundShortcut[];
  /** What the Teams pane offers beside its composer and on messages. */
  commands?: PlaygroundCommand[];
  clock?: DemoClock;
  /** Whether a request comes from this machine; asks the socket unless replaced. */
  isLoopback?: (c: Context) => boolean;
}

/**
 * The page at `/playground` with its assets, facts and clock, and the stand-ins under `/playground/slack` and
 * `/playground/teams`.
 */
export function createPlayground(options: PlaygroundOptions): Hono {
  const { standIn, teams, clock } = options;
  const isLoopback = options.isLoopback ?? socketIsLoopback;
  const page = join(options.wwwDir, 'playground');
  const app = new Hono();

  // A name that resolves to this machine must not let a foreign page in.
  app.use('/playground/*', async (c, next) =>
    hasLocalHost(c) ? next() : c.text('Only on this machine.', 403),
  );

  app.get('/playground', (c) => send(c, page, 'index.html'));
  app.get('/playground/', (c) => c.redirect('/playground'));
  app.get('/playground/assets/:file', (c) => send(c, page, join('assets', c.req.param('file'))));

  app.get('/playground/info', async (c) => {
    const { organizations } = options;
    const known = typeof organizations === 'function' ? await organizations() : organizations;
    return c.json({
      organizations: known.map((organization) => ({
        ...organization,
        people: people(standIn, organization.team, accounts(teams, organization.tenant)),
      })),
      shortcuts: options.shortcuts ?? [],
      commands: options.commands ?? [],
      clock: clock ? { now: clock.now().toISOString() } : null,
    });
  });

  app.post('/playground/clock', async (c) => {
    if (!clock) return c.json({ error: 'This clock cannot be moved.' }, 404);
    if (!isLoopback(c)) return c.json({ error: 'The clock can be moved from this machine only.' }, 403);
    if (!c.req.header('content-type')?.startsWith('application/json'))
      return c.json({ error: 'Send JSON.' }, 415);
    const parsed = clockMove.safeParse(await c.req.json().catch(() => undefined));
    if (!parsed.success) return c.json({ error: 'Send { "to": "2026-11-04T09:00:00Z" }.' }, 400);
    const to = new Date(parsed.data.to);
    if (to <= clock.now()) return c.json({ error: 'The clock only moves forward.', now: clock.now() }, 400);
    await clock.set(to);
    return c.json({ now: clock.now().toISOString() });
  });

  app.route('/playground/slack', standIn.web);
  if (teams) app.route('/playground/teams', teams.web);
  return app;
}

const clockMove = z.strictObject({ to: z.iso.datetime({ offset: true }) });

function people(standIn: SlackStandIn, team: string, accounts: ReadonlyMap<string, string>) {
  const workspace = standIn.workspaces().find((entry) => entry.id === team);
  return (workspace?.users ?? [])
    .filter((user) => !user.isBot && !user.deleted)
    .map(({ id, name, realName, locale, tz, note, email }) => {
      const aadObjectId = accounts.get(email.toLowerCase());
      return { id, name, realName, locale, tz, note, ...(aadObjectId ? { aadObjectId } : {}) };
    });
}

/** Who is who on the other platform: object ids by e-mail. Somebody without an address is nobody there. */
function accounts(teams: TeamsStandIn | undefined, tenantId: string | undefined): Map<string, string> {
  const tenant = teams?.tenants().find((entry) => entry.id === tenantId);
  const known = (tenant?.users ?? []).filter((user) => user.email !== '');
  return new Map(known.map(({ email, aadObjectId }) => [email.toLowerCase(), aadObjectId]));
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.map': 'application/json',
};

/** No inline scripts, nothing from elsewhere but pictures that messages show. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: https:",
  "font-src 'self'",
  "connect-src 'self'",
  // The tab, in the frame that stands for Teams.
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

async function send(c: Context, root: string, name: string): Promise<Response> {
  const path = normalize(join(root, name));
  const type = types[extname(path)];
  if (!path.startsWith(root + sep) || !type) return c.notFound();
  const content = await readFile(path).catch(() => undefined);
  if (!content) return c.text('The playground page is not built yet: npm run build', 404);
  return c.body(new Uint8Array(content), 200, {
    'content-type': type,
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    // Assets carry a hash of their content in their name.
    'cache-control': name === 'index.html' ? 'no-cache' : 'public, max-age=31536000, immutable',
  });
}

function hasLocalHost(c: Context): boolean {
  const { hostname } = new URL(c.req.url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function socketIsLoopback(c: Context): boolean {
  const address: unknown = c.env?.incoming?.socket?.remoteAddress;
  return typeof address === 'string' && /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/.test(address);
}
