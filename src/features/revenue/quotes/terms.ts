import { dayIn } from '../../../kernel/dates.ts';
import { AppError } from '../../../kernel/errors.ts';
import { formatNumber } from '../../../kernel/ids.ts';
import { mostMinor } from '../../../kernel/money.ts';
import { command, day, type Inline, money, record } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { changeRecord, createRecord } from '../../../store/records.ts';
import { quoteChanged } from './events.ts';
import { examples } from './examples.ts';
import { t } from './messages.ts';
import { type DealFacts, lockQuote } from './queries.ts';
import { type QuoteRow, quoteRecord } from './record.ts';
import { isPending, mostLines, type PricedLine, type Totals, totalsOf, type Whole } from './rules.ts';
import type { QuoteChange } from './tables.ts';
import { insertTerms, nextVersion, readTerms, type Terms } from './terms-queries.ts';
import { statusTexts } from './words.ts';

export function numberOf({ number }: Pick<QuoteRow, 'number'>): string {
  return formatNumber('quote', number);
}

export function labelOf(row: Pick<QuoteRow, 'number' | 'name'>): Inline {
  return record(numberOf(row), row.name);
}

function actorId({ actor }: Pick<Ctx, 'actor'>): string | null {
  return actor.kind === 'member' ? actor.memberId : null;
}

export interface NewQuote {
  lines: readonly PricedLine[];
  whole: Whole;
  currency: string;
  validUntil: string;
  taxNote: string | null;
}

/** Saves a new quote as version 1, a draft. Emits quotes.changed. Throws AppError for a total out of all proportion, and for sums beyond `mostMinor`. */
export async function createQuote(ctx: Ctx, deal: DealFacts, quote: NewQuote): Promise<QuoteRow> {
  const { lines, whole, currency, validUntil, taxNote } = quote;
  const totals = soundTotals(lines, whole, currency, 'lines');
  const termsId = ctx.newId();
  const row = await createRecord(ctx, quoteRecord, {
    dealId: deal.id,
    name: deal.name,
    status: 'draft',
    termsId,
    termsVersion: 1,
    totalMinor: totals.totalMinor,
    currency,
    validUntil,
    creatorId: actorId(ctx),
    lastEditorId: actorId(ctx),
  });
  await insertTerms(ctx, termsId, {
    ...totals,
    quoteId: row.id,
    version: 1,
    currency,
    validUntil,
    taxNote,
    change: 'created',
    editorId: actorId(ctx),
    lines,
  });
  noteChange(ctx, row);
  return row;
}

export function noteChange(ctx: Ctx, { id, dealId, termsVersion }: QuoteRow): void {
  ctx.emit(quoteChanged, { quoteId: id, dealId, version: termsVersion });
}

/**
 * A total far above its lines is a slip of the keyboard, and would make no sense as a discount either. `field`: where
 * the lines were said.
 */
function soundTotals(
  lines: readonly PricedLine[],
  whole: Whole,
  currency: string,
  field: 'lines' | 'quantity',
): Totals {
  const totals = totalsOf(lines, whole);
  const { netMinor, totalMinor, listMinor, costMinor } = totals;
  if ([netMinor, totalMinor, listMinor, costMinor].some((sum) => sum !== null && sum > mostMinor)) {
    const message = t('too-large-sum', { most: money({ amountMinor: mostMinor, currency }) });
    throw new AppError('invalid_input', message, { fields: [{ field, message }] });
  }
  if (totalMinor <= 2n * netMinor) return totals;
  const message = t('total-too-high', {
    total: money({ amountMinor: totalMinor, currency }),
    net: money({ amountMinor: netMinor, currency }),
    line: examples.priced,
  });
  throw new AppError('invalid_input', message, { fields: [{ field: 'total', message }] });
}

/**
 * The quote, held, with terms that may be changed. `version`: the one somebody looked at. Throws AppError
 * `not_found`, `rule` for what is decided or archived, `conflict` when its terms are others by now.
 */
export async function openForChange(
  ctx: Ctx,
  id: string,
  { version }: { version?: number | undefined } = {},
): Promise<QuoteRow> {
  const row = await lockQuote(ctx, id);
  if (!row) throw new AppError('not_found', t('gone'));
  requireLive(row);
  if (!isPending(row.status)) throw decided(row);
  if (version !== undefined && version !== row.termsVersion) {
    const values = { record: labelOf(row), version: row.termsVersion, seen: version };
    throw new AppError('conflict', t('other-version', values), { waysOut: [openWay(row)] });
  }
  return row;
}

export function requireLive(row: QuoteRow): void {
  if (row.archivedAt !== null) throw new AppError('rule', t('is-archived', { record: labelOf(row) }));
}

/** Throws AppError `rule` for a quote past its validity, with the way to extend it. */
export function requireValid(ctx: Pick<Ctx, 'now' | 'org'>, row: QuoteRow): void {
  if (row.validUntil >= todayOf(ctx)) return;
  const number = numberOf(row);
  const values = {
    record: labelOf(row),
    on: day(row.validUntil),
    line: command(`quote-extend ${number} 30d`),
  };
  throw new AppError('rule', t('is-expired', values), {
    waysOut: [{ label: t('extend'), action: 'quotes.extend', input: { quote: number } }],
  });
}

export function openWay(row: QuoteRow) {
  return { label: t('open-it'), action: 'quotes.show', input: { quote: numberOf(row) } };
}

export function decided(row: QuoteRow): AppError {
  const again = { label: t('new-quote'), action: 'quotes.create', input: { deal: row.dealId } };
  return new AppError('rule', t('is-decided', { record: labelOf(row), status: statusTexts[row.status] }), {
    waysOut: [again, openWay(row)],
  });
}

export interface TermsPatch {
  lines?: readonly PricedLine[];
  /** Without it the discount stays: as it is, or of other lines the same part of them. */
  whole?: Whole;
  validUntil?: string;
  taxNote?: string | null;
}

/**
 * Gives a quote from openForChange its next version; the same terms again change nothing. What was sent is a draft
 * again, unless only its validity changes. Emits quotes.changed.
 */
export async function changeTerms(
  ctx: Ctx,
  row: QuoteRow,
  change: Exclude<QuoteChange, 'created'>,
  patch: TermsPatch,
): Promise<QuoteRow> {
  const before = await termsOf(ctx, row);
  const lines = patch.lines ?? before.lines.map(lineOf);
  if (lines.length === 0) throw new AppError('rule', t('last-line', { record: labelOf(row) }));
  if (lines.length > mostLines) throw new AppError('rule', t('too-many-lines', { most: mostLines }));
  const kept = { discountBasisPoints: before.row.discountBasisPoints };
  const totals =
    patch.lines === undefined && patch.whole === undefined
      ? pickTotals(before.row)
      : soundTotals(lines, patch.whole ?? kept, row.currency, 'quantity');
  const validUntil = patch.validUntil ?? row.validUntil;
  const taxNote = patch.taxNote === undefined ? before.row.taxNote : patch.taxNote;
  const after = { ...totals, validUntil, taxNote };
  const isSame =
    isEqual(after, { ...pickTotals(before.row), validUntil: row.validUntil, taxNote: before.row.taxNote }) &&
    isEqual(lines, before.lines.map(lineOf));
  if (isSame) return row;

  const termsId = ctx.newId();
  const version = await nextVersion(ctx, row.id);
  await insertTerms(ctx, termsId, {
    ...after,
    quoteId: row.id,
    version,
    currency: row.currency,
    change,
    editorId: actorId(ctx),
    lines,
  });
  const changed = await changeRecord(ctx, quoteRecord, row, {
    termsId,
    termsVersion: version,
    totalMinor: totals.totalMinor,
    validUntil,
    // A discount that was granted makes nobody its last editor: whoever granted it decides on the next one too.
    ...(ctx.actor.kind === 'member' && change !== 'discount' ? { lastEditorId: ctx.actor.memberId } : {}),
    ...(change === 'validity' ? {} : { status: 'draft' as const, sentAt: null }),
  });
  noteChange(ctx, changed);
  return changed;
}

/** The terms that stand, with their lines. */
export async function termsOf(ctx: Ctx, { termsId }: Pick<QuoteRow, 'termsId'>): Promise<Terms> {
  const terms = await readTerms(ctx, { termsId });
  if (!terms) throw new AppError('internal', t('gone'));
  return terms;
}

/** The place of a row among the lines. Throws AppError for a row there is none of. */
export function requireRow(lines: readonly PricedLine[], row: number, record: Inline): number {
  if (lines[row - 1]) return row - 1;
  throw new AppError('not_found', t('no-row', { record, row, count: lines.length }));
}

function pickTotals({ listMinor, netMinor, discountBasisPoints, totalMinor, costMinor }: Totals): Totals {
  return { listMinor, netMinor, discountBasisPoints, totalMinor, costMinor };
}

/** Without the columns of the version it stands in. */
export function lineOf(line: PricedLine): PricedLine {
  const { productId, name, quantity, unitMinor, listUnitMinor, costUnitMinor, amountMinor } = line;
  return { productId, name, quantity, unitMinor, listUnitMinor, costUnitMinor, amountMinor };
}

function isEqual(a: unknown, b: unknown): boolean {
  const text = (value: unknown) =>
    JSON.stringify(value, (_key, part) => (typeof part === 'bigint' ? part.toString() : part));
  return text(a) === text(b);
}

/** The organization's local day: what validity is counted by. */
export function todayOf(ctx: Pick<Ctx, 'now' | 'org'>): string {
  return dayIn(ctx.now, ctx.org.timeZone);
}
