import { v7 as uuidv7 } from 'uuid';
import type { AuditTrail } from '../runtime/ports.ts';
import { audit, recordChanges } from '../store/tables/trail.ts';

/** A statement takes 65,535 parameters; a change has eleven. */
const rowsPerInsert = 2000;

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
    const chunks = [];
    for (let at = 0; at < rows.length; at += rowsPerInsert) chunks.push(rows.slice(at, at + rowsPerInsert));
    await Promise.all([
      tx.insert(audit).values(entry),
      ...chunks.map((chunk) => tx.insert(recordChanges).values(chunk)),
    ]);
  },
};
