import { and, eq, getTableColumns, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { RecordContext } from './changes.ts';
import { numberOf, type RecordKind, type RecordTable } from './records.ts';

type Row = Record<string, unknown>;

/**
 * Lets every record whose `column` points at `fromId` point at `intoId`, in one statement, and notes each change
 * as changeRecord would, so that undo brings them back. Archived records follow too: their history is part of
 * the whole. Answers how many moved.
 */
export async function repointRecords<T extends RecordTable>(
  ctx: RecordContext,
  kind: RecordKind<T>,
  column: keyof T['_']['columns'] & string,
  fromId: string,
  intoId: string,
): Promise<number> {
  const pointer = getTableColumns(kind.table as PgTable)[column];
  if (!pointer) throw new TypeError(`${kind.kind} has no ${column}`);
  const rows = (await ctx.tx
    .update(kind.table as PgTable)
    .set({ [column]: intoId, version: sql`${kind.table.version} + 1`, updatedAt: ctx.now } as never)
    .where(and(eq(kind.table.orgId, ctx.org.id), eq(pointer, fromId)))
    .returning()) as Row[];
  for (const row of rows) {
    ctx.changed({
      kind: kind.kind,
      recordId: String(row.id),
      number: numberOf(kind, row),
      op: 'update',
      version: Number(row.version),
      before: { [column]: fromId },
      after: { [column]: intoId },
    });
  }
  return rows.length;
}
