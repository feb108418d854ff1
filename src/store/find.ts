import { and, asc, desc, eq, gte, ilike, isNull, lt, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { isUuid, parseNumber } from '../kernel/ids.ts';
import { nameKey } from '../kernel/names.ts';
import type { RecordContext } from './changes.ts';
import type { RecordKind, RecordTable } from './records.ts';

type Row = Record<string, unknown>;
type Findable = RecordTable & { nameKey: PgColumn; number?: PgColumn };

/**
 * Records a person may mean: exactly one by number or id; by name first equal, then beginning with it, then
 * containing it — the first step that finds any decides. At most `limit`, archived ones only by number. Nothing
 * asked for gives the newest: what an empty type-ahead offers.
 */
export async function findByKey<T extends Findable>(
  ctx: Pick<RecordContext, 'org' | 'tx'>,
  kind: RecordKind<T>,
  text: string,
  limit: number,
): Promise<Row[]> {
  const { table } = kind;
  const read = (condition: SQL | undefined, most: number): Promise<Row[]> =>
    ctx.tx
      .select()
      .from(table as PgTable)
      .where(and(eq(table.orgId, ctx.org.id), condition))
      .orderBy(asc(table.nameKey))
      .limit(most) as Promise<Row[]>;
  const number = kind.numbered ? parseNumber(text) : undefined;
  if (number && number.kind === kind.numbered && table.number) {
    return read(eq(table.number, number.number), 1);
  }
  if (isUuid(text)) return read(eq(table.id, text), 1);
  const live = isNull(table.archivedAt);
  if (text.trim() === '') return newest(ctx, kind, limit);
  const key = nameKey(text);
  if (key === '') return [];
  const equal = await read(and(live, eq(table.nameKey, key)), limit);
  if (equal.length > 0) return equal;
  const beginning = await read(and(live, startsWith(table.nameKey, key)), limit);
  if (beginning.length > 0 || key.length < 2) return beginning;
  return read(and(live, contains(table.nameKey, key)), limit);
}

/** Ids rise with time, so their key serves: no index of its own, whatever the table's size. */
function newest<T extends Findable>(
  ctx: Pick<RecordContext, 'org' | 'tx'>,
  { table }: RecordKind<T>,
  limit: number,
): Promise<Row[]> {
  return ctx.tx
    .select()
    .from(table as PgTable)
    .where(and(eq(table.orgId, ctx.org.id), isNull(table.archivedAt)))
    .orderBy(desc(table.id))
    .limit(limit) as Promise<Row[]>;
}

/** Index-friendly under row-level security, where LIKE is not: the column's collation is "C". */
export function startsWith(column: PgColumn, prefix: string): SQL | undefined {
  return and(gte(column, prefix), lt(column, `${prefix}\u{10ffff}`));
}

export function contains(column: PgColumn, part: string): SQL {
  return ilike(column, `%${part.replace(/[\\%_]/g, '\\$&')}%`);
}
