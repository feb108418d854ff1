import { timingSafeEqual } from 'node:crypto';
import { and, eq, gt, isNull } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { InstallStates } from '../platforms/slack/oauth.ts';
import { noOrganization, oauthStates } from '../store/tables/access.ts';
import type { Database } from './db/database.ts';
import { hashOf, newSecret } from './random-secrets.ts';

const lifeMs = 10 * 60_000;

/**
 * Installations that were begun: each is good once, for ten minutes, in the browser that began it. Only hashes are
 * kept. Times are real: a moved demo clock ends none.
 */
export function createOAuthStates(db: Database, now: () => Date = () => new Date()): InstallStates {
  return {
    async begin(code) {
      const state = newSecret();
      const cookie = code === undefined ? newSecret() : `${newSecret()}.${code}`;
      const createdAt = now();
      await db.transaction({ as: 'app', orgId: noOrganization }, (tx) =>
        tx.insert(oauthStates).values({
          orgId: noOrganization,
          id: uuidv7(),
          hash: hashOf(state),
          cookieHash: hashOf(cookie),
          createdAt,
          expiresAt: new Date(createdAt.getTime() + lifeMs),
        }),
      );
      return { state, cookie };
    },

    async take(state, cookie) {
      const rows = await db.transaction({ as: 'router' }, (tx) =>
        tx
          .select({ id: oauthStates.id, cookieHash: oauthStates.cookieHash })
          .from(oauthStates)
          .where(eq(oauthStates.hash, hashOf(state))),
      );
      const [row] = rows;
      if (!row || !isSame(row.cookieHash, hashOf(cookie))) return false;
      const at = now();
      // Of two at once one finds it unused.
      const taken = await db.transaction({ as: 'app', orgId: noOrganization }, (tx) =>
        tx
          .update(oauthStates)
          .set({ usedAt: at })
          .where(
            and(
              eq(oauthStates.orgId, noOrganization),
              eq(oauthStates.id, row.id),
              isNull(oauthStates.usedAt),
              gt(oauthStates.expiresAt, at),
            ),
          )
          .returning({ id: oauthStates.id }),
      );
      return taken.length > 0;
    },

    codeIn(cookie) {
      // A secret has no dot.
      const dot = cookie.indexOf('.');
      return dot < 0 ? undefined : cookie.slice(dot + 1);
    },
  };
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
