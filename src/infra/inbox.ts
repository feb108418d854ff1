import { lt, sql } from 'drizzle-orm';
import { inbox } from '../store/tables/short-lived.ts';
import type { Tx } from '../store/tx.ts';

/** True the first time a delivery key is seen in the organization; rows are removed by age, not by count. */
export async function firstTime(tx: Tx, orgId: string, key: string, now: Date): Promise<boolean> {
  const rows = await tx
    .insert(inbox)
    .values({ orgId, key, at: now })
    .onConflictDoNothing()
    .returning({ key: inbox.key });
  return rows.length > 0;
}

/** Forgets deliveries older than a day; platforms retry for minutes. */
export async function sweepInbox(tx: Tx): Promise<void> {
  await tx.delete(inbox).where(lt(inbox.at, sql`now() - interval '1 day'`));
}
