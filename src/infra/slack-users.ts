import { and, eq } from 'drizzle-orm';
import { identities } from '../store/tables/people.ts';
import type { Database } from './db/database.ts';

/** The Slack account of a member, for mentions; `undefined` when they have none. */
export async function slackUserOf(
  db: Database,
  orgId: string,
  memberId: string,
): Promise<string | undefined> {
  const rows = await db.transaction({ as: 'app', orgId }, (tx) =>
    tx
      .select({ userId: identities.externalUserId })
      .from(identities)
      .where(
        and(eq(identities.orgId, orgId), eq(identities.platform, 'slack'), eq(identities.memberId, memberId)),
      )
      .limit(1),
  );
  return rows[0]?.userId;
}
