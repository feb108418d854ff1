import { and, eq, gt, isNull } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { WebSessions } from '../platforms/http/authenticate.ts';
import { sessions } from '../store/tables/access.ts';
import { members } from '../store/tables/people.ts';
import type { Tx } from '../store/tx.ts';
import type { Database } from './db/database.ts';
import { memberOfCode, organizationOfCode, takeCode } from './one-time-codes.ts';
import { hashOf, newSecret } from './random-secrets.ts';

const hour = 3_600_000;
/** Without use. */
const idleMs = 12 * hour;
/** However much it is used. */
const longestMs = 7 * 24 * hour;
/** A session that is used is lengthened, but not with every request. */
const lengthenAfterMs = hour / 4;

/** Browsers that came in by a one-time link. Times are real: a moved demo clock ends nobody's session. */
export function createWebSessions(db: Pick<Database, 'transaction'>): WebSessions {
  async function rowOf(secret: string) {
    const rows = await db.transaction({ as: 'router' }, (tx) =>
      tx
        .select()
        .from(sessions)
        .where(
          and(
            eq(sessions.hash, hashOf(secret)),
            isNull(sessions.endedAt),
            gt(sessions.expiresAt, new Date()),
          ),
        ),
    );
    return rows[0];
  }

  return {
    async begin(linkSecret) {
      const orgId = await organizationOfCode(db, 'open', linkSecret);
      if (!orgId) return undefined;
      return db.transaction({ as: 'app', orgId }, async (tx) => {
        const taken = await takeCode(tx, 'open', orgId, linkSecret);
        if (!taken?.memberId || !(await isActive(tx, orgId, taken.memberId))) return undefined;
        const secret = newSecret();
        const createdAt = new Date();
        const expiresAt = new Date(createdAt.getTime() + idleMs);
        const { memberId } = taken;
        await tx
          .insert(sessions)
          .values({ orgId, id: uuidv7(), memberId, hash: hashOf(secret), createdAt, expiresAt });
        return { secret, path: taken.path ?? '/tab/' };
      });
    },

    async ownerOf(linkSecret) {
      const orgId = await organizationOfCode(db, 'open', linkSecret);
      if (!orgId) return undefined;
      const memberId = await db.transaction({ as: 'app', orgId }, (tx) =>
        memberOfCode(tx, 'open', orgId, linkSecret),
      );
      return memberId ? { orgId, memberId } : undefined;
    },

    async find(secret) {
      const row = await rowOf(secret);
      if (!row) return undefined;
      const { orgId, id, memberId, createdAt, expiresAt } = row;
      const until = Math.min(Date.now() + idleMs, createdAt.getTime() + longestMs);
      if (until - expiresAt.getTime() > lengthenAfterMs) {
        await db.transaction({ as: 'app', orgId }, (tx) =>
          tx
            .update(sessions)
            .set({ expiresAt: new Date(until) })
            .where(and(eq(sessions.orgId, orgId), eq(sessions.id, id), isNull(sessions.endedAt))),
        );
      }
      return { orgId, memberId };
    },

    async end(secret) {
      const row = await rowOf(secret);
      if (!row) return;
      const { orgId, id } = row;
      await db.transaction({ as: 'app', orgId }, (tx) =>
        tx
          .update(sessions)
          .set({ endedAt: new Date() })
          .where(and(eq(sessions.orgId, orgId), eq(sessions.id, id))),
      );
    },
  };
}

async function isActive(tx: Tx, orgId: string, memberId: string): Promise<boolean> {
  const rows = await tx
    .select({ status: members.status })
    .from(members)
    .where(and(eq(members.orgId, orgId), eq(members.id, memberId)));
  return rows[0]?.status === 'active';
}
