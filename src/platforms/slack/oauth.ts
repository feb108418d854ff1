import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import type { Profile } from '../../runtime/interaction.ts';
import type { Log } from '../../runtime/ports.ts';
import type { Translate } from '../../view/translator.ts';
import { slackErrorOf } from './errors.ts';
import { botScopes } from './manifest.ts';
import { type InstallPage, installPages, installStyle } from './oauth-pages.ts';
import { readProfile } from './profile.ts';
import type { WebApi } from './web-api.ts';

/** Installations that were begun, each good once in the browser that began it. */
export interface InstallStates {
  /** `state` travels through Slack, `cookie` stays in the browser and carries `code` along. */
  begin(code?: string): Promise<{ state: string; cookie: string }>;
  /** Uses it up. False: unknown, of another browser, used before, or its time is over. */
  take(state: string, cookie: string): Promise<boolean>;
  /** What `begin` was told; to be relied on after `take` only. */
  codeIn(cookie: string): string | undefined;
}

/** What a workspace granted, and who of its people did. */
export interface Grant {
  team: { id: string; name: string };
  botUserId: string;
  token: string;
  installer: { userId: string; profile: Profile };
  /** A link code the flow was begun with, as it was typed. */
  code: string | undefined;
}

export interface InstallOptions {
  clientId: string;
  clientSecret: string;
  publicUrl: string;
  states: InstallStates;
  /** Name of the organization a link code connects workspaces to; `undefined`: it connects nothing. */
  organizationOf(code: string): Promise<string | undefined>;
  /** Keeps the token and takes the installer in. `code-over`: the link code connects nothing (any more). */
  install(grant: Grant): Promise<'installed' | 'code-over'>;
}

interface Surroundings extends InstallOptions {
  /** Web API base. */
  apiUrl: string;
  api: WebApi;
  translate: Translate;
  log: Log;
}

/** Longer than a state lives, so that who is late begins again with the code they had. */
const cookieSeconds = 3600;
const timeoutMs = 10_000;
/** A form with one code in it, from anybody. */
const formBytes = 16 * 1024;

/** `GET /slack/install` leads to Slack, which leads back to `GET /slack/oauth_redirect`. */
export function installRoutes(options: Surroundings): Hono {
  const { publicUrl, states } = options;
  const authorizeUrl = new URL('../oauth/v2/authorize', options.apiUrl);
  const show = installPages(options.translate, authorizeUrl.origin);
  const app = new Hono();

  const lead = async (c: Context, code?: string) => {
    const { state, cookie } = await states.begin(code);
    setInstallCookie(c, publicUrl, cookie);
    const to = new URL(authorizeUrl);
    to.search = new URLSearchParams({
      client_id: options.clientId,
      scope: botScopes.join(','),
      state,
      redirect_uri: redirectUri(publicUrl),
    }).toString();
    c.header('cache-control', 'no-store');
    return c.redirect(to.href, 302);
  };

  app.get('/slack/install', async (c) => {
    const code = c.req.query('code');
    if (code === undefined) return lead(c);
    const organization = await options.organizationOf(code);
    return show(c, organization ? { kind: 'confirm', organization, code } : { kind: 'code-over' });
  });

  // Whoever follows a link with somebody else's code sees first where their workspace would go.
  const limit = bodyLimit({ maxSize: formBytes, onError: (c) => c.text('too large', 413) });
  app.post('/slack/install', limit, async (c) => {
    if (c.req.header('origin') !== new URL(publicUrl).origin) return show(c, { kind: 'begin-again' });
    const { code } = await c.req.parseBody();
    if (typeof code !== 'string' || !(await options.organizationOf(code)))
      return show(c, { kind: 'code-over' });
    return lead(c, code);
  });

  app.get('/slack/install.css', (c) => c.body(installStyle, 200, { 'content-type': 'text/css' }));
  app.get('/slack/oauth_redirect', async (c) => {
    const code = states.codeIn(getCookie(c, cookieName(publicUrl)) ?? '');
    return show(c, await finish(c, options), code);
  });
  return app;
}

/** Everything up to the token is refused without a word to Slack or the database. */
async function finish(c: Context, options: Surroundings): Promise<InstallPage> {
  const { publicUrl, log } = options;
  const { state = '', code = '', error } = c.req.query();
  const cookie = getCookie(c, cookieName(publicUrl)) ?? '';
  const isBegun = state !== '' && cookie !== '' && (await options.states.take(state, cookie));
  if (isBegun) deleteCookie(c, cookieName(publicUrl), { path: '/', secure: isSecure(publicUrl) });
  if (error === 'access_denied') return { kind: 'denied' };
  if (!isBegun || code === '') return { kind: 'begin-again' };
  const granted = await exchange(options, code);
  if ('kind' in granted) return granted;
  const { token, userId, ...workspace } = granted;
  const installation = workspace.team.id;
  let profile: Profile | undefined;
  try {
    const person = { user: userId, include_locale: true };
    profile = readProfile(await options.api.withToken(token)('users.info', person), installation);
  } catch (failure) {
    log.warn({ reason: slackErrorOf(failure) ?? 'unknown' }, 'installer not read');
  }
  if (!profile) return { kind: 'slack-away' };
  try {
    const installer = { userId, profile };
    const outcome = await options.install({
      ...workspace,
      token,
      installer,
      code: options.states.codeIn(cookie),
    });
    return outcome === 'installed'
      ? { kind: 'installed', workspace: workspace.team.name }
      : { kind: outcome };
  } catch (failure) {
    log.error({ platform: 'slack', err: failure }, 'workspace not connected');
    return { kind: 'failed' };
  }
}

const grantSchema = z.object({
  access_token: z.string().min(1),
  token_type: z.literal('bot'),
  bot_user_id: z.string().min(1),
  team: z.object({ id: z.string().min(1), name: z.string().default('') }).nullish(),
  is_enterprise_install: z.boolean().nullish(),
  authed_user: z.object({ id: z.string().min(1) }),
  refresh_token: z.string().optional(),
});

type Exchanged = Pick<Grant, 'team' | 'botUserId' | 'token'> & { userId: string };

/** Swaps the code for the workspace's token. */
async function exchange(
  { apiUrl, clientId, clientSecret, publicUrl, log }: Surroundings,
  code: string,
): Promise<Exchanged | InstallPage> {
  let answer: Record<string, unknown>;
  try {
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    const response = await fetch(new URL('oauth.v2.access', apiUrl), {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ code, redirect_uri: redirectUri(publicUrl) }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    answer = (await response.json()) as Record<string, unknown>;
  } catch (error) {
    log.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'code not exchanged');
    return { kind: 'slack-away' };
  }
  if (answer.ok !== true) {
    const reason = String(answer.error);
    log.warn({ reason }, 'code refused');
    return {
      kind: /^(invalid_code|code_already_used|code_expired)$/.test(reason) ? 'begin-again' : 'failed',
    };
  }
  // Of the whole enterprise: its people would share one organization across workspaces that know nothing of it.
  if (answer.is_enterprise_install === true) return { kind: 'enterprise' };
  const read = grantSchema.safeParse(answer);
  if (!read.success || !read.data.team || read.data.refresh_token !== undefined) {
    // A token that ends after twelve hours is of no use here.
    log.error({ rotates: 'refresh_token' in answer }, 'grant not usable: turn token rotation off');
    return { kind: 'failed' };
  }
  const { team, bot_user_id: botUserId, access_token: token, authed_user: user } = read.data;
  return { team: { ...team, name: team.name || team.id }, botUserId, token, userId: user.id };
}

function redirectUri(publicUrl: string): string {
  return new URL('/slack/oauth_redirect', publicUrl).href;
}

function isSecure(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl);
  return protocol === 'https:' || !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

/** `__Host-`: no other host below the domain can have set it. Browsers take it over HTTPS only. */
function cookieName(publicUrl: string): string {
  return isSecure(publicUrl) ? '__Host-crm_install' : 'crm_install';
}

/** `Lax`: the way back from Slack is a link from another site. */
function setInstallCookie(c: Context, publicUrl: string, value: string): void {
  setCookie(c, cookieName(publicUrl), value, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: isSecure(publicUrl),
    maxAge: cookieSeconds,
  });
}
