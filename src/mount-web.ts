import { join } from 'node:path';
import { Hono } from 'hono';
import type { Core } from './app.ts';
import type { EntraConfig } from './infra/config.ts';
import { idempotencyStore } from './infra/idempotency.ts';
import { memberOfApiKey } from './infra/sessions.ts';
import { createTransactor } from './infra/transactor.ts';
import { createWebSessions } from './infra/web-sessions.ts';
import { createApi } from './platforms/http/api.ts';
import type { AuthenticationOptions, TabTokens } from './platforms/http/authenticate.ts';
import { docsAssets } from './platforms/http/docs-assets.ts';
import { createDocuments, type PrintDocument } from './platforms/http/documents.ts';
import { createEntrance } from './platforms/http/enter.ts';
import { createTab } from './platforms/http/tab.ts';

/** Our own pages and the interface for programs. `entra`: the tab inside Teams is on. */
export async function mountWeb(
  core: Core,
  { publicUrl, entra }: { publicUrl: string; entra: EntraConfig | undefined },
): Promise<Hono> {
  const { db, engine, translate, dispatch } = core;
  const transactor = createTransactor(db);
  const sessions = createWebSessions(transactor);
  const web = new Hono();
  web.route('/', docsAssets());
  web.route('/', createEntrance({ sessions, publicUrl, translate }));
  web.route('/', createTab({ wwwDir: join(import.meta.dirname, '../dist/www') }));
  const authentication: AuthenticationOptions = {
    engine,
    keyHolder: (keyHash) => memberOfApiKey(transactor, keyHash),
    sessions,
    tabTokens: entra && (await tabTokens(entra)),
    publicUrl,
  };
  web.route('/', createApi({ ...authentication, translate, dispatch, idempotency: idempotencyStore }));
  web.route('/', createDocuments({ ...authentication, translate, print }));
  return web;
}

/** Loaded with the first document. */
const print: PrintDocument = async (...of) => {
  const { printDocument } = await import('./infra/pdf/print.ts');
  return printDocument(...of);
};

/** Loaded only when the tab is on. */
async function tabTokens(entra: EntraConfig): Promise<TabTokens> {
  const { createTabTokens } = await import('./platforms/http/sso.ts');
  return createTabTokens(entra);
}
