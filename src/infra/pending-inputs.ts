import { and, eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { PendingInputs } from '../runtime/ports.ts';
import { pendingInputs } from '../store/tables/short-lived.ts';
import type { Press } from '../view/press.ts';

export const pendingInputStore: PendingInputs = {
  async save(tx, orgId, memberId, press, now) {
    const id = uuidv7();
    await tx.insert(pendingInputs).values({ orgId, id, memberId, press: { ...press }, createdAt: now });
    return id;
  },
  async load(tx, orgId, memberId, id) {
    if (!/^[0-9a-f-]{36}$/.test(id)) return undefined;
    const rows = await tx
      .select({ press: pendingInputs.press })
      .from(pendingInputs)
      .where(
        and(eq(pendingInputs.orgId, orgId), eq(pendingInputs.id, id), eq(pendingInputs.memberId, memberId)),
      );
    return rows[0]?.press as Press | undefined;
  },
};
