import { v7 as uuidv7 } from 'uuid';
import type { AuditTrail } from '../runtime/ports.ts';
import { audit, recordChanges } from '../store/tables/trail.ts';

/** Writes the audit entry and its record changes; the statements travel together. */
export const auditTrail: AuditTrail = {
  async append(tx, entry, changes) {
    const rows = changes.map((change) => ({
      ...change,
      id: uuidv7(),
      orgId: entry.orgId,
      auditId: entry.id,
      at: entry.at,
    }));
    await Promise.all([
      tx.insert(audit).values(entry),
      ...(rows.length > 0 ? [tx.insert(recordChanges).values(rows)] : []),
    ]);
  },
};
