import { and, eq } from 'drizzle-orm';
import type { IdempotencyStore } from '../platforms/http/api.ts';
import { idempotencyKeys } from '../store/tables/short-lived.ts';

/** The row is inserted before the work and filled after it, in one transaction: a twin call waits, then reads it. */
export const idempotencyStore: IdempotencyStore = {
  async claim(tx, { orgId, memberId }, key, bodyHash, now) {
    const claimed = await tx
      .insert(idempotencyKeys)
      .values({ orgId, memberId, key, bodyHash, answer: {}, at: now })
      .onConflictDoNothing()
      .returning({ key: idempotencyKeys.key });
    if (claimed.length > 0) return undefined;
    const rows = await tx
      .select({ bodyHash: idempotencyKeys.bodyHash, answer: idempotencyKeys.answer })
      .from(idempotencyKeys)
      .where(keyed(orgId, memberId, key));
    return rows[0];
  },
  async save(tx, { orgId, memberId }, key, answer) {
    const rows = await tx
      .update(idempotencyKeys)
      .set({ answer })
      .where(keyed(orgId, memberId, key))
      .returning({ answer: idempotencyKeys.answer });
    return rows[0]?.answer;
  },
};

function keyed(orgId: string, memberId: string, key: string) {
  return and(
    eq(idempotencyKeys.orgId, orgId),
    eq(idempotencyKeys.memberId, memberId),
    eq(idempotencyKeys.key, key),
  );
}
