import { formatNumber } from '../../../kernel/ids.ts';
import type { Inline } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { type RecordKind, readRecords } from '../../../store/records.ts';
import { isScoped, isVisible, memberNames, visibleOwners } from '../members/api.ts';
import type { FoundRecord } from './model.ts';
import type { Hit } from './queries.ts';

type Row = Record<string, unknown>;
interface Found {
  kind: RecordKind;
  row: Row;
}

/** Hits as lists show them, in their order: one query per kind, one each for owners, customers and stages. */
export async function describeHits(ctx: Ctx, hits: readonly Hit[]): Promise<FoundRecord[]> {
  const rows = await rowsOfHits(ctx, hits);
  const [owners, accounts, stages, visible] = await Promise.all([
    memberNames(
      ctx,
      rows.map(({ row }) => textOf(row.ownerId)),
    ),
    labelsOf(ctx, 'account', rows, 'accountId'),
    labelsOf(ctx, 'stage', rows, 'stageId'),
    visibleOwners(ctx),
  ]);
  return rows.map(({ kind, row }) => {
    const ownerId = textOf(row.ownerId);
    const isPartial = isScoped(kind.kind) && !isVisible(visible, ownerId);
    const { amountMinor, currency } = row;
    return {
      kind: kind.kind,
      number: kind.numbered ? formatNumber(kind.numbered, Number(row.number)) : String(row.id),
      name: kind.label(row),
      account: isPartial ? null : otherName(kind.label(row), accounts.get(String(row.accountId))),
      owner: ownerId === null ? null : (owners.get(ownerId) ?? null),
      state: stateOf(kind, row, stages),
      amount:
        isPartial || typeof amountMinor !== 'bigint' || typeof currency !== 'string'
          ? null
          : { amountMinor: amountMinor.toString(), currency },
      isPartial,
    };
  });
}

async function rowsOfHits(ctx: Ctx, hits: readonly Hit[]): Promise<Found[]> {
  const found = new Map<string, Found>();
  for (const name of new Set(hits.map((hit) => hit.kind))) {
    const kind = ctx.catalog.recordKind(name);
    if (!kind) continue;
    const ids = hits.filter((hit) => hit.kind === name).map((hit) => hit.id);
    for (const row of (await readRecords(ctx, kind, ids)) as Row[]) found.set(String(row.id), { kind, row });
  }
  return hits.flatMap((hit) => found.get(hit.id) ?? []);
}

/** What the rows' records of another kind are called, in the reader's language where they have a name in it. */
async function labelsOf(
  ctx: Ctx,
  kindName: string,
  rows: readonly Found[],
  column: string,
): Promise<ReadonlyMap<string, string>> {
  const kind = ctx.catalog.recordKind(kindName);
  const ids = new Set(rows.flatMap(({ row }) => textOf(row[column]) ?? []));
  if (!kind || ids.size === 0) return new Map();
  const read = (await readRecords(ctx, kind, [...ids])) as Row[];
  const isChinese = ctx.read.locale === 'zh-CN';
  return new Map(read.map((row) => [String(row.id), (isChinese && textOf(row.nameZh)) || kind.label(row)]));
}

/** An open deal stands in a stage, everything else in a state. */
function stateOf(kind: RecordKind, row: Row, stages: ReadonlyMap<string, string>): Inline | null {
  if (kind.state === undefined) return null;
  const code = textOf(row[kind.state]);
  const stage = code === 'open' ? stages.get(String(row.stageId)) : undefined;
  if (stage !== undefined) return stage;
  return code === null ? null : (kind.valueLabels?.[kind.state]?.[code] ?? code);
}

/** The customer of a lead is often called like the lead; once is enough. */
function otherName(name: string, account: string | undefined): string | null {
  return account === undefined || account === name ? null : account;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
