import { sumByCurrency } from '../../../kernel/money.ts';
import type { Inline } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import type { DigestRow } from '../../../runtime/digest.ts';
import { numberOf, readRecords } from '../../../store/records.ts';
import { isVisible, visibleOwners } from '../../org/members/api.ts';
import type { FigureOpened, FigureRow } from './model.ts';

const perPage = 10;

type Stored = Record<string, unknown>;

/**
 * The list of a number for a reader: what it counted, without what they may not see. Whose a record is counts as it
 * is now: somebody who handed it over sees its amount no more.
 */
export async function figureFor(
  ctx: Ctx,
  { label, rows, asOf }: { label: Inline; rows: DigestRow[]; asOf: string },
  { figure, asked, page: wanted }: { figure: string; asked: Record<string, unknown>; page: number },
): Promise<FigureOpened> {
  const [records, visible] = await Promise.all([recordsOf(ctx, rows), visibleOwners(ctx)]);
  const seen = rows.filter(({ kind, id, ownerId }) => {
    const record = records.get(`${kind} ${id}`);
    // Kinds without an owner of their own (approvals) say whose they are with the number.
    const isOwned = record !== undefined && 'ownerId' in record;
    return isVisible(visible, isOwned ? ((record.ownerId ?? null) as string | null) : ownerId);
  });
  const pages = Math.max(1, Math.ceil(seen.length / perPage));
  const page = Math.min(wanted, pages);
  const amounts = seen.flatMap(({ amount }) => amount ?? []);
  const shown = seen.slice((page - 1) * perPage, page * perPage);
  return {
    label,
    figure,
    asked,
    asOf,
    count: rows.length,
    seen: seen.length,
    amounts: sumByCurrency(amounts).map(({ amountMinor, currency }) => ({
      amountMinor: amountMinor.toString(),
      currency,
    })),
    withoutAmount: amounts.length === 0 ? 0 : seen.length - amounts.length,
    rows: await Promise.all(shown.map((row) => rowOf(ctx, row, records.get(`${row.kind} ${row.id}`)))),
    page,
    pages,
  };
}

/** The records as they are now, by kind and id; a thousand ids a query. */
async function recordsOf(ctx: Ctx, rows: readonly DigestRow[]): Promise<Map<string, Stored>> {
  const found = new Map<string, Stored>();
  for (const name of new Set(rows.map(({ kind }) => kind))) {
    const kind = ctx.catalog.recordKind(name);
    if (!kind) continue;
    const ids = rows.filter((row) => row.kind === name).map(({ id }) => id);
    for (let at = 0; at < ids.length; at += 1000) {
      for (const record of await readRecords(ctx, kind, ids.slice(at, at + 1000))) {
        found.set(`${name} ${String(record.id)}`, record as Stored);
      }
    }
  }
  return found;
}

async function rowOf(ctx: Ctx, row: DigestRow, record: Stored | undefined): Promise<FigureRow> {
  const { kind, id, amount, note } = row;
  const base = {
    amount: amount ? { amountMinor: amount.amountMinor.toString(), currency: amount.currency } : null,
    note: note ?? null,
  };
  const known = ctx.catalog.recordKind(kind);
  if (!known || !record) return { kind, id, number: null, name: '?', press: null, ...base };
  const label = known.label(record);
  const { subjectKind, subjectId } = record;
  // A next step goes by what it is about.
  if (typeof subjectKind === 'string' && typeof subjectId === 'string') {
    const [subject] = (await recordsOf(ctx, [{ kind: subjectKind, id: subjectId, ownerId: null }])).values();
    const about = ctx.catalog.recordKind(subjectKind);
    if (subject && about) {
      const number = numberOf(about, subject);
      const name = `${about.label(subject)} · ${label}`;
      return { kind, id, number, name, press: showPress(ctx, subjectKind, number ?? subjectId), ...base };
    }
  }
  const number = numberOf(known, record);
  return { kind, id, number, name: label, press: showPress(ctx, kind, number ?? id), ...base };
}

function showPress(ctx: Ctx, kind: string, key: string): FigureRow['press'] {
  const actions = ctx.catalog.recordActions(kind);
  return actions ? { a: actions.show, i: { [kind]: key } } : null;
}
