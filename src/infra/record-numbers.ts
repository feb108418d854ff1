import { sql } from 'drizzle-orm';
import type { NumberedKind } from '../kernel/ids.ts';
import type { Database } from './db/database.ts';

const numbered: Record<string, NumberedKind> = {
  leads: 'lead',
  deals: 'deal',
  accounts: 'account',
  contacts: 'contact',
};

/**
 * Sets blocks of numbers aside in a short transaction of their own, so that people who create records during an
 * import do not wait for it. Answers the first number per kind of import.
 */
export async function reserveNumbers(
  db: Database,
  orgId: string,
  kinds: readonly { kind: string; created: number }[],
): Promise<Record<string, number>> {
  return db.transaction({ as: 'app', orgId }, async (tx) => {
    const first: Record<string, number> = {};
    const wanted = new Map<string, number>();
    // Several files may hold records of one kind.
    for (const { kind, created } of kinds) wanted.set(kind, (wanted.get(kind) ?? 0) + created);
    for (const [kind, created] of wanted) {
      const name = numbered[kind];
      if (!name || created === 0) continue;
      const rows = await tx
        .select({ first: sql<number>`reserve_record_numbers(${orgId}::uuid, ${name}, ${created}::int)` })
        .from(sql`(select 1) as one`);
      first[kind] = Number(rows[0]?.first);
    }
    return first;
  });
}
