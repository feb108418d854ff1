import { isDay } from '../../../kernel/dates.ts';
import { isUuid } from '../../../kernel/ids.ts';
import {
  count,
  day,
  type Inline,
  instant,
  type Locale,
  listed,
  money,
  percent,
} from '../../../kernel/text.ts';
import type { Ctx, RecordChange } from '../../../runtime/context.ts';
import { numberOf, type RecordKind, readRecords } from '../../../store/records.ts';
import { t } from './messages.ts';
import type { FieldChange } from './model.ts';
import { isTechnical, wordsOf } from './rules.ts';

type Row = Record<string, unknown>;

/** References that are not called after what they point at. */
const kindOfColumn: Readonly<Record<string, string>> = {
  ownerId: 'member',
  managerId: 'member',
  reportsTo: 'member',
};

/** Changes of several records in words: fields under their names, ids as the names of what they point at. */
export async function describeChanges(
  ctx: Pick<Ctx, 'org' | 'tx' | 'catalog' | 'read'>,
  changes: readonly { change: RecordChange; row: Row | undefined }[],
): Promise<FieldChange[][]> {
  const names = await namesOfReferences(
    ctx,
    changes.map(({ change }) => change),
  );
  return changes.map(({ change, row }) => fieldsOf(ctx, change, row, names));
}

function fieldsOf(
  ctx: Pick<Ctx, 'catalog'>,
  change: RecordChange,
  row: Row | undefined,
  names: ReadonlyMap<string, string>,
): FieldChange[] {
  const kind = ctx.catalog.recordKind(change.kind);
  const noted = Object.keys({ ...change.before, ...change.after });
  // In the order of the labels: stored JSON has none. Archived and restored say it all, without the instant.
  const order = Object.keys(kind?.fieldLabels ?? {});
  const columns = [
    ...order.filter((field) => noted.includes(field)),
    ...noted.filter((field) => !order.includes(field)),
  ].filter((field) => field !== 'archivedAt' || change.op === 'create' || change.op === 'update');
  return columns.flatMap((field) => {
    const label = kind?.fieldLabels
      ? kind.fieldLabels[field]
      : isTechnical(field)
        ? undefined
        : wordsOf(field);
    if (label === undefined) return [];
    const shown = (values: Row): Inline => valueText(kind, field, values, row ?? {}, names);
    const from = shown(change.before);
    const to = shown(change.after);
    return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ field, label, from, to }];
  });
}

function valueText(
  kind: RecordKind | undefined,
  field: string,
  values: Row,
  row: Row,
  names: ReadonlyMap<string, string>,
): Inline {
  const value = values[field];
  if (value === null || value === undefined || value === '') return t('nothing');
  if (Array.isArray(value)) return value.length === 0 ? t('nothing') : listed(value.map((one) => coded(one)));
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  const text = String(value);
  const name = names.get(text);
  if (name !== undefined) return name;
  if (field.endsWith('Minor')) {
    const own = `${field.slice(0, -'Minor'.length)}Currency`;
    const currency = values[own] ?? row[own] ?? values.currency ?? row.currency;
    return typeof currency === 'string' ? money({ amountMinor: BigInt(text), currency }) : text;
  }
  if (field.endsWith('BasisPoints')) return percent(Number(value));
  if (typeof value === 'number') return count(value);
  if (field.endsWith('At') && !Number.isNaN(Date.parse(text))) return instant(new Date(text));
  if (isDay(text)) return day(text);
  if (isUuid(text)) return t('unknown-record');
  return coded(text);

  function coded(one: unknown): Inline {
    return kind?.valueLabels?.[field]?.[String(one)] ?? String(one);
  }
}

/** Names of everything the changes point at: one query per kind of record. */
async function namesOfReferences(
  ctx: Pick<Ctx, 'org' | 'tx' | 'catalog' | 'read'>,
  changes: readonly RecordChange[],
): Promise<Map<string, string>> {
  const wanted = new Map<string, Set<string>>();
  for (const change of changes) {
    for (const values of [change.before, change.after]) {
      for (const [field, value] of Object.entries(values)) {
        const kind = typeof value === 'string' ? referredKind(ctx, change.kind, field) : undefined;
        if (kind) wanted.set(kind, (wanted.get(kind) ?? new Set()).add(String(value)));
      }
    }
  }
  const names = new Map<string, string>();
  for (const [name, ids] of wanted) {
    const kind = ctx.catalog.recordKind(name);
    if (!kind) continue;
    for (const row of (await readRecords(ctx, kind, [...ids])) as Row[]) {
      names.set(String(row.id), nameIn(ctx.read.locale, row) ?? labelOf(kind, row));
    }
  }
  return names;
}

/** What a column of ids points at: a person, the kind it is called after, else its own kind (`mergedIntoId`). */
function referredKind(ctx: Pick<Ctx, 'catalog'>, ownKind: string, field: string): string | undefined {
  const known = kindOfColumn[field];
  if (known) return known;
  if (!field.endsWith('Id') || field === 'externalId') return undefined;
  const named = field.slice(0, -2);
  return ctx.catalog.recordKind(named) ? named : ownKind;
}

/** Records such as stages have a name in either language. */
function nameIn(locale: Locale, { nameZh }: Row): string | undefined {
  return locale === 'zh-CN' && typeof nameZh === 'string' && nameZh !== '' ? nameZh : undefined;
}

function labelOf(kind: RecordKind, row: Row): string {
  const number = numberOf(kind, row);
  return number ? `${number} ${kind.label(row)}` : kind.label(row);
}
