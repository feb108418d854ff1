import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { eq } from 'drizzle-orm';
import { Hono } from 'hono';
import { AppError } from '../../src/kernel/errors.ts';
import type { Locale } from '../../src/kernel/text.ts';
import { createTab } from '../../src/platforms/http/tab.ts';
import { execute } from '../../src/runtime/execute.ts';
import type { Interaction } from '../../src/runtime/interaction.ts';
import { members } from '../../src/store/tables/people.ts';
import { screenOf } from '../../src/view/screen.ts';
import { plain } from '../../src/view/spans.ts';
import type { SessionView } from '../../src/web/client/call.ts';
import type { TestApp } from '../support/app.ts';
import { hostPage, hostScript } from './host-page.ts';

/**
 * The page with the real engine behind it, over HTTP. Who looks is said by the test, not by a session: sessions and
 * tokens have tests of their own, and a journey runs the page against the whole service.
 */
export interface TabServer {
  url: string;
  /** From now on this person looks; `undefined`: nobody known. */
  become(memberId: string | undefined): void;
  /** Bearer tokens that came along with requests. */
  tokens: Set<string>;
  /** Makes the next interaction fail as if the service were gone. */
  loseNext(): void;
  close(): Promise<void>;
}

export async function serveTab(app: TestApp, wwwDir: string): Promise<TabServer> {
  let memberId: string | undefined;
  let isLost = false;
  const tokens = new Set<string>();
  const web = new Hono();
  web.use('/api/*', async (c, next) => {
    const bearer = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1];
    if (bearer) tokens.add(bearer);
    if (memberId === undefined)
      return c.json({ error: { code: 'forbidden', message: '', requestId: '' } }, 401);
    if (c.req.method !== 'GET' && c.req.header('content-type') !== 'application/json') return c.text('', 415);
    return next();
  });
  const reader = async (): Promise<SessionView> => {
    const [row] = await app.inOrg((tx) =>
      tx
        .select()
        .from(members)
        .where(eq(members.id, memberId ?? '')),
    );
    if (!row) throw new Error('no such member');
    return {
      name: row.name,
      memberId: row.id,
      roles: row.roles,
      locale: row.locale as Locale,
      timeZone: row.timeZone,
      organization: { name: 'Northwind Industrial', currency: 'CNY' },
    };
  };
  web.get('/api/v1/session', async (c) => c.json(await reader()));
  web.delete('/api/v1/session', (c) => {
    memberId = undefined;
    return c.body(null, 204);
  });
  web.post('/api/v1/interactions', async (c) => {
    if (isLost) {
      isLost = false;
      return c.text('bad gateway', 502);
    }
    const inside = c.req.header('authorization') === undefined ? undefined : 'teams';
    const who = { platform: 'web', inside, orgId: app.orgId, memberId: memberId ?? '' } as const;
    const interaction = (await c.req.json()) as Interaction;
    const reply = await app.dispatch(who, interaction, randomUUID());
    return c.json({ outcome: screenOf(reply.outcome, reply.reader) });
  });
  web.post('/api/v1/actions/:name', async (c) => {
    const action = app.registry.action(c.req.param('name'));
    if (!action) return c.json({ error: { code: 'not_found', message: '', requestId: '' } }, 404);
    const who = { kind: 'member', orgId: app.orgId, memberId: memberId ?? '', platform: 'http' } as const;
    try {
      const raw = (await c.req.json()) as Record<string, unknown>;
      const performed = await execute(app.engine, who, { action, raw, confirmed: true });
      return c.json({ output: performed.kind === 'done' ? performed.output : null });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const { locale, timeZone } = await reader();
      const words = { locale, timeZone, translate: app.translate, commandLine: (line: string) => line };
      const problem = { code: error.code, message: plain(error.text, words), requestId: 'r1' };
      return c.json({ error: problem }, 422);
    }
  });
  web.get('/host', (c) => c.html(hostPage, 200));
  web.get('/host.js', (c) => c.body(hostScript, 200, { 'content-type': 'text/javascript' }));
  web.route('/', createTab({ wwwDir }));
  const server = await new Promise<ServerType>((resolve) => {
    const starting: ServerType = serve({ fetch: web.fetch, port: 0, hostname: '127.0.0.1' }, () =>
      resolve(starting),
    );
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    become: (id) => {
      memberId = id;
    },
    tokens,
    loseNext: () => {
      isLost = true;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
