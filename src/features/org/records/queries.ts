import { and, eq, getTableColumns, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { parseNumber } from '../../../kernel/ids.ts';
import { nameKey, phoneKey } from '../../../kernel/names.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { contains, startsWith } from '../../../store/find.ts';
import type { RecordKind } from '../../../store/records.ts';
import { rowsOf } from '../../../store/tx.ts';

export interface Criteria {
  text?: string | undefined;
  ownerId?: string | undefined;
  stageId?: string | undefined;
  /** Codes of the state column that were meant, per kind. */
  states?: ReadonlyMap<string, readonly string[]> | undefined;
}

export interface Hit {
  kind: string;
  id: string;
}

type Columns = Readonly<Record<string, PgColumn>>;

/** `start`: names beginning with the text, which an index finds. `anywhere`: also names that hold its words. */
export type Step = 'start' | 'anywhere';

/** Live records that fit, best first: equal names, names beginning so, names holding it, then by age. */
export async function findHits(
  ctx: Ctx,
  kinds: readonly RecordKind[],
  criteria: Criteria,
  step: Step,
  { offset, limit }: { offset: number; limit: number },
): Promise<Hit[]> {
  const parts = kinds.flatMap((kind, position) => {
    const part = partOf(ctx, kind, position, criteria, step, offset + limit);
    return part ? [part] : [];
  });
  if (parts.length === 0) return [];
  return rowsOf<{ kind: string; id: string }>(
    ctx.tx,
    sql`select kind, id from (${sql.join(parts, sql` union all `)}) as hits
      order by rank, position, number desc offset ${offset}::int limit ${limit}::int`,
  );
}

function partOf(
  ctx: Ctx,
  kind: RecordKind,
  position: number,
  criteria: Criteria,
  step: Step,
  most: number,
): SQL | undefined {
  const columns: Columns = getTableColumns(kind.table as PgTable);
  const { number, nameKey: key } = columns;
  const filters = filtersOf(kind, columns, criteria);
  if (!number || !key || !filters) return undefined;
  const where = and(
    eq(kind.table.orgId, ctx.org.id),
    isNull(kind.table.archivedAt),
    ...filters,
    criteria.text === undefined ? undefined : textCondition(ctx, kind, columns, criteria.text, step),
  );
  const wanted = criteria.text === undefined ? '' : nameKey(criteria.text);
  const rank = sql`case when ${key} = ${wanted} then 0 when starts_with(${key}, ${wanted}) then 1 else 2 end`;
  return sql`(select ${kind.kind}::text as kind, ${kind.table.id} as id, ${rank} as rank,
      ${position}::int as position, ${number} as number
    from ${kind.table as PgTable} where ${where} order by rank, number desc limit ${most}::int)`;
}

/** `undefined`: no record of this kind can fit. */
function filtersOf(kind: RecordKind, columns: Columns, criteria: Criteria): SQL[] | undefined {
  const filters: SQL[] = [];
  if (criteria.ownerId !== undefined) {
    if (!columns.ownerId) return undefined;
    filters.push(eq(columns.ownerId, criteria.ownerId));
  }
  if (criteria.stageId !== undefined) {
    if (!columns.stageId) return undefined;
    filters.push(eq(columns.stageId, criteria.stageId), ...(kind.open ? [kind.open] : []));
  }
  if (criteria.states !== undefined) {
    const codes = criteria.states.get(kind.kind);
    const column = kind.state === undefined ? undefined : columns[kind.state];
    if (!codes || !column) return undefined;
    filters.push(inArray(column, [...codes]));
  }
  return filters;
}

/** By number, e-mail address, phone, name, or the name of the customer it belongs to. */
function textCondition(
  ctx: Ctx,
  kind: RecordKind,
  columns: Columns,
  text: string,
  step: Step,
): SQL | undefined {
  const number = parseNumber(text);
  if (number && columns.number) {
    return number.kind === kind.numbered ? eq(columns.number, number.number) : sql`false`;
  }
  const ways: (SQL | undefined)[] = [];
  if (text.includes('@') && columns.email) ways.push(eq(columns.email, text.trim().toLowerCase()));
  const digits = phoneKey(text);
  if (digits.length >= 5 && /^[\d\s()+.-]+$/.test(text) && columns.phoneKey) {
    ways.push(eq(columns.phoneKey, digits));
  }
  const key = nameKey(text);
  if (key !== '') {
    if (columns.nameKey) ways.push(named(columns.nameKey, key, step));
    const account = ctx.catalog.recordKind('account');
    const accountKey = account && (getTableColumns(account.table as PgTable) as Columns).nameKey;
    if (columns.accountId && account && accountKey) {
      const ids = ctx.tx
        .select({ id: account.table.id })
        .from(account.table as PgTable)
        .where(and(eq(account.table.orgId, ctx.org.id), named(accountKey, key, step)));
      ways.push(inArray(columns.accountId, ids));
    }
  }
  return ways.length === 0 ? sql`false` : or(...ways);
}

function named(column: PgColumn, key: string, step: Step): SQL | undefined {
  return step === 'start'
    ? startsWith(column, key)
    : and(...key.split(' ').map((word) => contains(column, word)));
}
