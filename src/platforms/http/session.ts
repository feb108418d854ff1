import type { Context } from 'hono';
import { deleteCookie, getCookie } from 'hono/cookie';
import type { Engine } from '../../runtime/engine.ts';
import { inSession } from '../../runtime/session.ts';
import { cookieName, isSecure, type Member, NotAuthenticated, type WebSessions } from './authenticate.ts';

/** Who is signed in, for the frame of a page. */
export function sessionOf(engine: Engine, who: Member): Promise<object> {
  return inSession(engine, who, async ({ actor, org }) => {
    if (actor.kind !== 'member') throw new NotAuthenticated();
    const { name, memberId, roles, locale, timeZone } = actor;
    const organization = { name: org.name, currency: org.currency };
    return { name, memberId, roles, locale, timeZone, organization };
  });
}

/** Signs the browser out; a key or token has no session to end. */
export async function forgetSession(
  c: Context,
  { sessions, publicUrl }: { sessions: WebSessions; publicUrl: string },
): Promise<void> {
  const name = cookieName(publicUrl);
  const secret = getCookie(c, name);
  if (secret === undefined) return;
  await sessions.end(secret);
  deleteCookie(c, name, { path: '/', secure: isSecure(publicUrl), httpOnly: true, sameSite: 'Strict' });
}
