import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import { AppError } from '../../kernel/errors.ts';
import { command, type Locale } from '../../kernel/text.ts';
import type { Engine } from '../../runtime/engine.ts';
import type { Who } from '../../runtime/session.ts';
import { httpMessages as t } from './messages.ts';

export type Member = Extract<Who, { kind: 'member' }>;

/** Who a bearer key stands for; `undefined`: no such key. */
export type KeyHolder = (keyHash: string) => Promise<{ orgId: string; memberId: string } | undefined>;

/** Browsers that came in by a one-time link. */
export interface WebSessions {
  /** Uses the link up and begins a session; `undefined`: it was used, or its time is over. */
  begin(linkSecret: string): Promise<{ secret: string; path: string } | undefined>;
  /** Whose link it is, without using it up; `undefined`: there is no such link. */
  ownerOf(linkSecret: string): Promise<{ orgId: string; memberId: string } | undefined>;
  find(secret: string): Promise<{ orgId: string; memberId: string } | undefined>;
  end(secret: string): Promise<void>;
}

/** The tab's tokens inside Teams. */
export interface TabTokens {
  /** Whose token it is; `undefined`: not a good one. */
  verify(token: string): Promise<{ tenantId: string; objectId: string } | undefined>;
}

/** Who a request is of. People on our pages read answers in their language, programs in English. */
export interface Caller {
  who: Member;
  via: 'key' | 'session' | 'token';
  locale: Locale;
  timeZone: string;
}

export interface AuthenticationOptions {
  engine: Engine;
  keyHolder: KeyHolder;
  sessions: WebSessions;
  tabTokens: TabTokens | undefined;
  publicUrl: string;
}

/** Nobody is known to ask: the answer is 401. */
export class NotAuthenticated extends AppError {
  constructor() {
    super('forbidden', t('need-key', { open: command('open') }));
  }
}

const program = { locale: 'en', timeZone: 'UTC' } as const;

/**
 * A bearer key, a token of the tab inside Teams, or the cookie of a session. A cookie comes along with what other
 * pages make a browser send, so anything but reading must come from our own.
 */
export async function authenticate(c: Context, options: AuthenticationOptions): Promise<Caller> {
  const bearer = /^Bearer (\S{20,4000})$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (bearer !== undefined) {
    return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(bearer) ? byToken(bearer, options) : byKey(bearer, options);
  }
  const secret = getCookie(c, cookieName(options.publicUrl));
  const found = secret === undefined ? undefined : await options.sessions.find(secret);
  if (!found) throw new NotAuthenticated();
  if (c.req.method !== 'GET' && !isSameOrigin(c, options.publicUrl)) {
    throw new AppError('forbidden', t('other-page'));
  }
  return person(options.engine, found, 'session');
}

async function byKey(key: string, { keyHolder }: AuthenticationOptions): Promise<Caller> {
  const holder = await keyHolder(hashOfKey(key));
  if (!holder) throw new NotAuthenticated();
  return { who: { kind: 'member', ...holder, platform: 'http' }, via: 'key', ...program };
}

/** Nobody joins by a token: it does not say whether somebody is a guest. */
async function byToken(token: string, { engine, tabTokens }: AuthenticationOptions): Promise<Caller> {
  const claimed = await tabTokens?.verify(token);
  if (!claimed) throw new NotAuthenticated();
  const visitor = { platform: 'teams', installation: claimed.tenantId, userId: claimed.objectId } as const;
  const orgId = await engine.sessions.organizationOf('teams', claimed.tenantId);
  const found =
    orgId === undefined
      ? undefined
      : await engine.db.transaction({ as: 'app', orgId }, (tx) =>
          engine.sessions.byVisitor(tx, orgId, visitor),
        );
  if (orgId === undefined || !found) throw new AppError('forbidden', t('write-first'));
  const { memberId } = found.actor;
  return person(engine, { orgId, memberId }, 'token');
}

/** The person behind a session as they are now: somebody who left has no session any more. */
async function person(
  engine: Engine,
  { orgId, memberId }: { orgId: string; memberId: string },
  via: 'session' | 'token',
): Promise<Caller> {
  const found = await engine.db.transaction({ as: 'app', orgId }, (tx) =>
    engine.sessions.byMember(tx, orgId, memberId),
  );
  if (found?.status !== 'active') throw new NotAuthenticated();
  const { locale, timeZone } = found.actor;
  return {
    who: { kind: 'member', orgId, memberId, platform: 'web', inside: via === 'token' ? 'teams' : undefined },
    via,
    locale,
    timeZone,
  };
}

/** Browsers say themselves where a request comes from; what says nothing is no browser of today. */
function isSameOrigin(c: Context, publicUrl: string): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  const origin = c.req.header('origin');
  return origin !== undefined && [new URL(publicUrl).origin, new URL(c.req.url).origin].includes(origin);
}

/** The prefix binds a cookie to this host and https, which plain http on this machine (the playground) has not. */
export function cookieName(publicUrl: string): string {
  return isSecure(publicUrl) ? '__Host-parley' : 'parley';
}

export function isSecure(publicUrl: string): boolean {
  return new URL(publicUrl).protocol === 'https:';
}

/** All that is kept of an API key. */
export function hashOfKey(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}
