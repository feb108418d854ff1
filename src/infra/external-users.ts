import { and, eq } from 'drizzle-orm';
import { identities } from '../store/tables/people.ts';
import type { Database } from './db/database.ts';

/** A member's account on a platform, for mentions; `undefined` when they have none. */
export async function externalUserOf(
  db: Database,
  platform: 'slack' | 'teams',
  orgId: string,
  memberId: string,
): Promise<string | undefined> {
  const rows = await db.transaction({ as: 'app', orgId }, (tx) =>
    tx
      .select({ userId: identities.externalUserId })
      .from(identities)
      .where(
        and(
          eq(identities.orgId, orgId),
          eq(identities.platform, platform),
          eq(identities.memberId, memberId),
          eq(identities.state, 'active'),
        ),
      )
      .limit(1),
  );
  return rows[0]?.userId;
}
