import {
  and,
  eq,
  getTableColumns,
  type InferInsertModel,
  type InferSelectModel,
  inArray,
  type SQL,
  sql,
} from 'drizzle-orm';
import { integer, type PgColumn, type PgTable, text, timestamp } from 'drizzle-orm/pg-core';
import type { Role } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { formatNumber, type NumberedKind } from '../kernel/ids.ts';
import type { Inline } from '../kernel/text.ts';
import type { RecordContext } from './changes.ts';
import { storeMessages as t } from './messages.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** Columns every record has: versioned, archived instead of deleted, traceable to where it was imported from. */
export const recordColumns = () => ({
  version: integer('version').notNull().default(1),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
  archivedAt: instant('archived_at'),
  source: text('source'),
  externalId: text('external_id'),
});

/** For kinds with a visible number; unique and rising per organization, gaps allowed. */
export const numberColumn = () => ({ number: integer('number').notNull() });

export type RecordTable = PgTable & {
  orgId: PgColumn;
  id: PgColumn;
  version: PgColumn;
  archivedAt: PgColumn;
};

/** One kind of record: its table, the letter of its numbers and what people call one of them. */
export interface RecordKind<T extends RecordTable = RecordTable> {
  kind: string;
  /** Set for kinds with numbers (`D-142`). */
  numbered?: NumberedKind;
  table: T;
  label(row: Record<string, unknown>): string;
  /**
   * What people call its fields, by column: with it, history and Undo name these and leave out every other
   * field; without it, the columns that look technical are left out.
   */
  fieldLabels?: Readonly<Record<string, Inline>>;
  /** Words for coded values (`nurture`), by column. */
  valueLabels?: Readonly<Record<string, Readonly<Record<string, Inline>>>>;
  /** Columns only these roles read: for everybody else history leaves them out, and the lines that set them. */
  restricted?: Readonly<Record<string, readonly Role[]>>;
  /** Column that says where it stands in its life; lists over several kinds show it and filter by it. */
  state?: string;
  /** Condition of records that still need their owner (open deals); without it all that are not archived. */
  open?: SQL;
  /**
   * What has happened to such a record stays when what led to it is undone: it goes its own way (a request that was
   * overtaken does not come back), and others have been told.
   */
  irreversible?: true;
}

export function defineRecord<T extends RecordTable>(kind: RecordKind<T>): RecordKind<T> {
  return kind;
}

type Row<T extends RecordTable> = InferSelectModel<T>;
type Managed = 'orgId' | 'id' | 'number' | 'version' | 'createdAt' | 'updatedAt' | 'archivedAt';
export type NewRecord<T extends RecordTable> = Omit<InferInsertModel<T>, Managed>;
export type RecordPatch<T extends RecordTable> = Partial<NewRecord<T>> & { archivedAt?: Date | null };
type Plain = Record<string, unknown>;

/** Stands for a number where none is drawn: negative, and hardly ever the one of another dry run at the same moment. */
const noNumber = sql`-1 - floor(random() * 2000000000)::int`;

/** Inserts a record with the next number of its kind, or without one in a dry run, and notes the change. */
export async function createRecord<T extends RecordTable>(
  ctx: RecordContext,
  kind: RecordKind<T>,
  values: NewRecord<T>,
): Promise<Row<T>> {
  const id = ctx.newId();
  const base: Plain = { ...values, orgId: ctx.org.id, id, createdAt: ctx.now, updatedAt: ctx.now };
  if (kind.numbered) {
    base.number = ctx.isDryRun ? noNumber : sql`next_record_number(${ctx.org.id}::uuid, ${kind.numbered})`;
  }
  const rows = await ctx.tx
    .insert(kind.table as PgTable)
    .values(base as never)
    .returning();
  const row = rows[0] as Row<T> & Plain;
  ctx.changed({
    kind: kind.kind,
    recordId: id,
    number: numberOf(kind, row),
    op: 'create',
    version: 1,
    before: {},
    after: jsonOf(values as Plain),
  });
  return row;
}

/** Rows of one insert statement: wide tables stay below the 65,535 parameters a statement takes. */
const rowsPerInsert = 1000;

/**
 * Inserts many records of one kind with consecutive numbers, in the order given. `firstNumber` is a block set
 * aside before; without it one is drawn here, which keeps others from creating records until the commit.
 */
export async function createRecords<T extends RecordTable>(
  ctx: RecordContext,
  kind: RecordKind<T>,
  values: readonly NewRecord<T>[],
  options: { firstNumber?: number | undefined; progress?: (done: number) => void } = {},
): Promise<Row<T>[]> {
  if (values.length === 0) return [];
  let number = options.firstNumber;
  if (kind.numbered && number === undefined) {
    const rows = await ctx.tx
      .select({
        first: sql<number>`reserve_record_numbers(${ctx.org.id}::uuid, ${kind.numbered}, ${values.length}::int)`,
      })
      .from(sql`(select 1) as one`);
    number = Number(rows[0]?.first);
  }
  const made: Row<T>[] = [];
  for (let at = 0; at < values.length; at += rowsPerInsert) {
    const chunk = values.slice(at, at + rowsPerInsert).map(
      (one, index): Plain => ({
        ...one,
        orgId: ctx.org.id,
        id: ctx.newId(),
        createdAt: ctx.now,
        updatedAt: ctx.now,
        ...(kind.numbered ? { number: Number(number) + at + index } : {}),
      }),
    );
    const rows = (await ctx.tx
      .insert(kind.table as PgTable)
      .values(chunk as never)
      .returning()) as (Row<T> & Plain)[];
    for (const [index, row] of rows.entries()) {
      ctx.changed({
        kind: kind.kind,
        recordId: String(row.id),
        number: numberOf(kind, row),
        op: 'create',
        version: 1,
        before: {},
        after: jsonOf(values[at + index] as Plain),
      });
    }
    made.push(...rows);
    options.progress?.(made.length);
  }
  return made;
}

/**
 * Changes a record that was read in this transaction. Only real differences are written and noted; nothing
 * different, nothing written. Throws AppError `conflict` when somebody changed it in between.
 */
export async function changeRecord<T extends RecordTable>(
  ctx: RecordContext,
  kind: RecordKind<T>,
  current: Row<T>,
  patch: RecordPatch<T>,
): Promise<Row<T>> {
  const before = current as Plain;
  const changed = Object.entries(patch).filter(
    ([name, value]) => value !== undefined && !same(before[name], value),
  );
  if (changed.length === 0) return current;
  const version = Number(before.version);
  const rows = await ctx.tx
    .update(kind.table as PgTable)
    .set({ ...Object.fromEntries(changed), version: version + 1, updatedAt: ctx.now } as never)
    .where(
      and(eq(kind.table.orgId, ctx.org.id), eq(kind.table.id, before.id), eq(kind.table.version, version)),
    )
    .returning();
  const row = rows[0] as (Row<T> & Plain) | undefined;
  if (!row) throw new AppError('conflict', t('changed-meanwhile', { record: kind.label(before) }));
  const names = changed.map(([name]) => name);
  ctx.changed({
    kind: kind.kind,
    recordId: String(before.id),
    number: numberOf(kind, row),
    op: archiveOp(before, row),
    version: version + 1,
    before: jsonOf(pick(before, names)),
    after: jsonOf(pick(row, names)),
  });
  return row;
}

/** One record by id, archived ones included; `undefined` if this organization has none. */
export async function readRecord<T extends RecordTable>(
  ctx: Pick<RecordContext, 'org' | 'tx'>,
  kind: RecordKind<T>,
  id: string,
): Promise<Row<T> | undefined> {
  const rows = await ctx.tx
    .select()
    .from(kind.table as PgTable)
    .where(and(eq(kind.table.orgId, ctx.org.id), eq(kind.table.id, id)));
  return rows[0] as Row<T> | undefined;
}

/** Several records by id, archived ones included, in no order. */
export async function readRecords<T extends RecordTable>(
  ctx: Pick<RecordContext, 'org' | 'tx'>,
  kind: RecordKind<T>,
  ids: readonly string[],
): Promise<Row<T>[]> {
  if (ids.length === 0) return [];
  return (await ctx.tx
    .select()
    .from(kind.table as PgTable)
    .where(and(eq(kind.table.orgId, ctx.org.id), inArray(kind.table.id, [...ids])))) as Row<T>[];
}

/** The same, for a record that must be there. Throws AppError `not_found`. */
export async function requireRecord<T extends RecordTable>(
  ctx: Pick<RecordContext, 'org' | 'tx'>,
  kind: RecordKind<T>,
  id: string,
): Promise<Row<T>> {
  const row = await readRecord(ctx, kind, id);
  if (!row) throw new AppError('not_found', t('gone'));
  return row;
}

/**
 * Reads a noted value back into what the column holds (dates and bigints travel as text in JSON). Fields that no
 * longer exist are dropped.
 */
export function fromNoted<T extends RecordTable>(kind: RecordKind<T>, noted: Plain): RecordPatch<T> {
  const columns = getTableColumns(kind.table as PgTable);
  const patch: Plain = {};
  for (const [name, value] of Object.entries(noted)) {
    const column = columns[name];
    if (!column) continue;
    if (value === null || value === undefined) patch[name] = null;
    else if (column.dataType === 'date') patch[name] = new Date(String(value));
    else if (column.dataType === 'bigint') patch[name] = BigInt(String(value));
    else patch[name] = value;
  }
  return patch as RecordPatch<T>;
}

export function numberOf(kind: RecordKind, row: Plain): string | null {
  return kind.numbered ? formatNumber(kind.numbered, Number(row.number)) : null;
}

function archiveOp(before: Plain, after: Plain): 'update' | 'archive' | 'restore' {
  if (!before.archivedAt && after.archivedAt) return 'archive';
  if (before.archivedAt && !after.archivedAt) return 'restore';
  return 'update';
}

function pick(row: Plain, names: string[]): Plain {
  return Object.fromEntries(names.map((name) => [name, row[name] ?? null]));
}

function same(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

/** Text in which equal values are equal: the database gives the keys of JSON back in an order of its own. */
function canonical(value: unknown): string {
  return JSON.stringify(jsonValue(value ?? null), (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}

function jsonOf(row: Plain): Plain {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, jsonValue(value)]),
  );
}

function jsonValue(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Date) return value.toISOString();
  return value;
}
