import { and, asc, eq, getTableColumns, isNull, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Ctx } from '../../../runtime/context.ts';
import { numberOf, type RecordKind } from '../../../store/records.ts';
import { repointRecords } from '../../../store/repoint.ts';
import { identities } from '../../../store/tables/people.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

/** Platforms whose accounts now belong to `toId`. */
export async function moveIdentities(
  ctx: Reading,
  fromId: string,
  toId: string,
): Promise<('slack' | 'teams')[]> {
  const rows = await ctx.tx
    .update(identities)
    .set({ memberId: toId })
    .where(and(eq(identities.orgId, ctx.org.id), eq(identities.memberId, fromId)))
    .returning({ platform: identities.platform });
  return rows.map((row) => row.platform);
}

export interface OwnedWork {
  kind: string;
  count: number;
  /** A few of them, by number or name. */
  examples: string[];
}

/** Records of a kind that still need this person as their owner; `undefined` for kinds nobody owns. */
export async function openWorkOf(
  ctx: Reading,
  kind: RecordKind,
  memberId: string,
): Promise<OwnedWork | undefined> {
  const owner = getTableColumns(kind.table as PgTable).ownerId;
  if (!owner) return undefined;
  const rows = (await ctx.tx
    .select({ row: kind.table as PgTable, total: sql<number>`(count(*) over ())::int` })
    .from(kind.table as PgTable)
    .where(
      and(
        eq(kind.table.orgId, ctx.org.id),
        eq(owner, memberId),
        isNull(kind.table.archivedAt),
        ...(kind.open ? [kind.open] : []),
      ),
    )
    .orderBy(asc(kind.table.id))
    .limit(3)) as { row: Record<string, unknown>; total: number }[];
  return {
    kind: kind.kind,
    count: rows[0]?.total ?? 0,
    examples: rows.map(({ row }) => numberOf(kind, row) ?? kind.label(row)),
  };
}

/** Columns that say whose a record is. A month's target stays with whom it was set for. */
const personColumnsOfRecords = ['ownerId', 'memberId', 'reportsTo', 'managerId'] as const;
/**
 * Columns that say who has a hand in a record: they move too, or somebody would decide on what they asked for, and
 * what they set up would stop.
 */
const handColumnsOfRecords = ['requesterId', 'creatorId', 'lastEditorId', 'setById'] as const;

/** Gives everything one person has to another, archived records too. Answers how many records moved. */
export async function moveRecords(ctx: Ctx, fromId: string, toId: string): Promise<number> {
  let moved = 0;
  for (const kind of ctx.catalog.recordKinds()) {
    if (kind.kind === 'target') continue;
    const columns = getTableColumns(kind.table as PgTable);
    for (const column of personColumnsOfRecords) {
      if (columns[column]) moved += await repointRecords(ctx, kind, column as never, fromId, toId);
    }
    for (const column of handColumnsOfRecords) {
      if (columns[column]) await repointRecords(ctx, kind, column as never, fromId, toId);
    }
  }
  return moved;
}
