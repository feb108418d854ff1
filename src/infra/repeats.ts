import { createHash } from 'node:crypto';
import { and, eq, lt } from 'drizzle-orm';
import type { RepeatGuard } from '../runtime/ports.ts';
import { repeats } from '../store/tables/short-lived.ts';
import type { Card } from '../view/card.ts';

const windowMs = 60_000;

function hashOf(line: string): string {
  return createHash('sha256').update(line.trim().replace(/\s+/g, ' ')).digest('base64url');
}

/** Two identical lines at once: the second waits for the first's commit and gets its card. */
export const repeatGuard: RepeatGuard = {
  async claim(tx, orgId, memberId, line, now) {
    const lineHash = hashOf(line);
    const claimed = await tx
      .insert(repeats)
      .values({ orgId, memberId, lineHash, at: now })
      .onConflictDoUpdate({
        target: [repeats.orgId, repeats.memberId, repeats.lineHash],
        set: { at: now, card: null },
        setWhere: lt(repeats.at, new Date(now.getTime() - windowMs)),
      })
      .returning({ lineHash: repeats.lineHash });
    if (claimed.length > 0) return undefined;
    const rows = await tx
      .select({ card: repeats.card })
      .from(repeats)
      .where(and(eq(repeats.orgId, orgId), eq(repeats.memberId, memberId), eq(repeats.lineHash, lineHash)));
    return (rows[0]?.card as Card | null | undefined) ?? undefined;
  },
  async answered(tx, orgId, memberId, line, card) {
    await tx
      .update(repeats)
      .set({ card })
      .where(keyed(orgId, memberId, line));
  },
  async release(tx, orgId, memberId, line) {
    await tx.delete(repeats).where(keyed(orgId, memberId, line));
  },
};

function keyed(orgId: string, memberId: string, line: string) {
  return and(eq(repeats.orgId, orgId), eq(repeats.memberId, memberId), eq(repeats.lineHash, hashOf(line)));
}
