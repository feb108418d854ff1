import { dayIn } from '../../../kernel/dates.ts';
import { AppError, type WayOut } from '../../../kernel/errors.ts';
import type { Ref } from '../../../kernel/fields.ts';
import { recognisers } from '../../../kernel/recognise/index.ts';
import { code, command, type Inline, money, strong } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { AmbiguousRef } from '../../../runtime/resolve.ts';
import { pricesOf } from '../prices/api.ts';
import { type LineSaid, printItems } from './line-items.ts';
import { t } from './messages.ts';
import type { DealFacts } from './queries.ts';
import { type PricedLine, times } from './rules.ts';

/** A line with its product found; the price per unit is undefined where the price book is to say it. */
export interface LineWanted {
  product: Pick<Ref, 'id' | 'label'>;
  quantity: number;
  unitMinor: bigint | undefined;
}

/** An amount as a person types it; without a currency it is in this one. Throws AppError of the field. */
export function amountIn(ctx: Ctx, text: string, currency: string, field: string, of: Inline): bigint {
  const found = recognisers.money.read(text, { ...ctx.read, currency }, { kind: 'money', label: '' });
  if ('problem' in found) {
    const { message, suggestion } = found.problem;
    const problem = { field, message, ...(suggestion === undefined ? {} : { suggestion }) };
    throw new AppError('invalid_input', message, { fields: [problem] });
  }
  const amount = found.value as { amountMinor: string | bigint; currency: string };
  const amountMinor = BigInt(amount.amountMinor);
  if (amount.currency !== currency) {
    const message = t('other-currency', { amount: money({ ...amount, amountMinor }), currency, of });
    throw new AppError('invalid_input', message, { fields: [{ field, message }] });
  }
  return amountMinor;
}

/** The currency an amount names; undefined where it names none, or cannot be read. */
export function currencySaid(ctx: Ctx, text: string): string | undefined {
  const found = recognisers.money.read(text, { ...ctx.read, currency: 'XXX' }, { kind: 'money', label: '' });
  const currency = 'value' in found ? (found.value as { currency: string }).currency : undefined;
  return currency === 'XXX' ? undefined : currency;
}

/**
 * Finds the product of every line. Where a name fits several, `again` makes the call with the lines in which the
 * name is exact. Throws AppError of the field `lines`.
 */
export async function productsMeant(
  ctx: Ctx,
  lines: readonly LineSaid[],
  again: (lines: string) => Pick<WayOut, 'action' | 'input'>,
): Promise<Ref[]> {
  const found: Ref[] = [];
  for (const [index, { name }] of lines.entries()) {
    try {
      found.push(await ctx.resolve(['product'], name));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error instanceof AmbiguousRef) {
        const waysOut = error.candidates.map(({ ref, label }) => ({
          label,
          ...again(printItems(lines.map((line, at) => (at === index ? { ...line, name: ref.key } : line)))),
        }));
        throw new AppError('ambiguous', error.text, { waysOut });
      }
      const message = t('no-product', { name: strong(name), products: command('products') });
      throw new AppError('invalid_input', message, { fields: [{ field: 'lines', message }] });
    }
  }
  return found;
}

export interface PriceAt {
  currency: string;
  valueClass: NonNullable<DealFacts['account']>['valueClass'];
  /** What the whole was said to cost: one line without any price then takes what the others leave. */
  totalMinor?: bigint | undefined;
  /** Field the problem of a missing price belongs to. */
  field: string;
}

/** Prices lines by the price book where no price was said. Throws AppError where none is known. */
export async function pricedLines(
  ctx: Ctx,
  wanted: readonly LineWanted[],
  { currency, valueClass, totalMinor, field }: PriceAt,
): Promise<PricedLine[]> {
  const on = dayIn(ctx.now, ctx.org.timeZone);
  const known = await pricesOf(
    ctx,
    wanted.map(({ product, quantity }) => ({ productId: product.id, quantity, currency, valueClass, on })),
  );
  const lines = wanted.map(({ product, quantity, unitMinor: said }, index) => {
    const price = known[index];
    const unitMinor = said ?? price?.unitMinor ?? null;
    return {
      productId: product.id,
      name: product.label,
      quantity,
      unitMinor,
      listUnitMinor: price?.listUnitMinor ?? null,
      costUnitMinor: price?.costMinor ?? null,
      amountMinor: times(unitMinor, quantity),
    };
  });
  const open = lines.filter(({ amountMinor }) => amountMinor === null);
  const rest = totalMinor === undefined ? undefined : totalMinor - sumOf(lines);
  const isRest = open.length === 1 && rest !== undefined && rest >= 0n;
  return lines.map((line) => {
    if (line.amountMinor !== null) return { ...line, amountMinor: line.amountMinor };
    if (!isRest) throw noPrice(line, currency, field);
    const isEven = rest % BigInt(line.quantity) === 0n;
    return { ...line, unitMinor: isEven ? rest / BigInt(line.quantity) : null, amountMinor: rest };
  });
}

function sumOf(lines: readonly { amountMinor: bigint | null }[]): bigint {
  return lines.reduce((sum, { amountMinor }) => sum + (amountMinor ?? 0n), 0n);
}

function noPrice(
  { name, quantity }: { name: string; quantity: number },
  currency: string,
  field: string,
): AppError {
  const line = code(printItems([{ name, quantity, price: '…' }]));
  const message = t('no-price', { name: strong(name), currency, line });
  return new AppError('invalid_input', message, { fields: [{ field, message }] });
}
