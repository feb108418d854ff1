import { addDays, dayIn } from '../../../kernel/dates.ts';
import { AppError } from '../../../kernel/errors.ts';
import { command, day, money, strong } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { changeRecord, createRecord, type NewRecord } from '../../../store/records.ts';
import type { ProductRow } from '../products/api.ts';
import { priceLine, termsText } from './line.ts';
import { t } from './messages.ts';
import type { PriceChange } from './model.ts';
import { planOff, planSet } from './plan.ts';
import { holdProduct, rowsOfProduct } from './queries.ts';
import { type PriceRow, priceRecord } from './record.ts';
import type { BookPrice, ForClass } from './rules.ts';
import type { bookPrices } from './tables.ts';
import { productOf, viewOf } from './views.ts';
import { warningsOf } from './warnings.ts';

interface Terms {
  fromQuantity: number;
  forClass: ForClass;
}

export interface NewPrice extends Terms {
  amountMinor: bigint;
  currency: string;
  /** Default: today. */
  validFromOn: string | undefined;
  /** Null: until it is changed. */
  validUntilOn: string | null;
}

/** Writes a price into the book of a product; older ones make room. Throws AppError `conflict`, `not_found`. */
export async function setPrice(ctx: Ctx, productId: string, wish: NewPrice): Promise<PriceChange> {
  const { product, rows } = await bookOf(ctx, productId);
  const { fromQuantity, forClass, currency, amountMinor: unitMinor, validUntilOn } = wish;
  const validFromOn = wish.validFromOn ?? dayIn(ctx.now, ctx.read.timeZone);
  const alike = rows.filter((row) => isFor(row, wish) && row.currency === currency);
  const live = alike.filter((row) => row.archivedAt === null);
  const plan = planSet(live, { unitMinor, validFromOn, validUntilOn });
  if (plan.conflict) throw laterPrice(product, { ...wish, validFromOn }, plan.conflict);
  const view = (price: BookPrice) => viewOf(ctx, product, price);
  const nothing = { beforeMinor: null, ended: null, resumed: null, next: null, taken: [], warnings: [] };
  const answer = { product: productOf(ctx, product), terms: { forClass, fromQuantity } };
  if (plan.same) return { ...answer, ...nothing, price: view(plan.same), isSame: true };

  const key = { productId, forClass, currency, fromQuantity };
  const ended =
    plan.ended &&
    (await changeRecord(ctx, priceRecord, plan.ended, { validUntilOn: addDays(validFromOn, -1) }));
  const period = { unitMinor, validUntilOn: plan.validUntilOn };
  const row = plan.replaced
    ? await changeRecord(ctx, priceRecord, plan.replaced, period)
    : await putRow(ctx, alike, { ...key, ...period, validFromOn });
  const resumed =
    plan.resumed &&
    (await putRow(ctx, alike, {
      ...key,
      unitMinor: plan.resumed.of.unitMinor,
      validFromOn: plan.resumed.validFromOn,
      validUntilOn: plan.resumed.validUntilOn,
    }));
  const book = (await rowsOfProduct(ctx, productId)).filter((one) => one.archivedAt === null);
  return {
    ...answer,
    price: view(row),
    beforeMinor: plan.replaced?.unitMinor.toString() ?? null,
    isSame: false,
    ended: ended ? view(ended) : null,
    resumed: resumed ? view(resumed) : null,
    next: plan.next ? view(plan.next) : null,
    taken: [],
    warnings: warningsOf(product, row, book, view),
  };
}

/** Takes the prices of a class and quantity away from a day on, by default today. Throws AppError. */
export async function endPrices(
  ctx: Ctx,
  productId: string,
  which: Terms & { currency: string | undefined; starts: string | undefined },
): Promise<PriceChange> {
  const { product, rows } = await bookOf(ctx, productId);
  const { currency, fromQuantity, forClass } = which;
  const from = which.starts ?? dayIn(ctx.now, ctx.read.timeZone);
  const live = rows.filter(
    (row) => row.archivedAt === null && isFor(row, which) && (currency ?? row.currency) === row.currency,
  );
  const { ended, archived } = planOff(live, from);
  const gone = [...ended, ...archived];
  refuseNoneOrSeveral(product, which, gone);
  for (const row of ended) {
    await changeRecord(ctx, priceRecord, row, { validUntilOn: addDays(from, -1) });
  }
  for (const row of archived) await changeRecord(ctx, priceRecord, row, { archivedAt: ctx.now });
  return {
    product: productOf(ctx, product),
    terms: { forClass, fromQuantity },
    price: null,
    beforeMinor: null,
    isSame: false,
    ended: null,
    resumed: null,
    next: null,
    taken: gone.map((row) => viewOf(ctx, product, row)),
    warnings: [],
  };
}

/** The product, held against others who set prices, and its book. */
async function bookOf(ctx: Ctx, productId: string): Promise<{ product: ProductRow; rows: PriceRow[] }> {
  const product = await holdProduct(ctx, productId);
  if (!product) throw new AppError('not_found', t('no-product'));
  return { product, rows: await rowsOfProduct(ctx, productId) };
}

function isFor(row: PriceRow, { fromQuantity, forClass }: Terms): boolean {
  return row.fromQuantity === fromQuantity && row.forClass === forClass;
}

/** A new row; one that was taken away and began on the same day comes back instead, so that no undo makes it two. */
function putRow(
  ctx: Ctx,
  alike: readonly PriceRow[],
  values: NewRecord<typeof bookPrices>,
): Promise<PriceRow> {
  const old = alike.find((row) => row.archivedAt !== null && row.validFromOn === values.validFromOn);
  if (!old) return createRecord(ctx, priceRecord, values);
  const { unitMinor, validUntilOn } = values;
  return changeRecord(ctx, priceRecord, old, { unitMinor, validUntilOn, archivedAt: null });
}

function laterPrice(
  product: ProductRow,
  wish: NewPrice & { validFromOn: string },
  later: BookPrice,
): AppError {
  const what = { unitMinor: wish.amountMinor, currency: wish.currency };
  const period = `valid:${wish.validFromOn}..${addDays(later.validFromOn, -1)}`;
  return new AppError(
    'conflict',
    t('later-price', {
      from: day(later.validFromOn),
      price: money({ amountMinor: later.unitMinor, currency: later.currency }),
      line: command(priceLine(product.name, what, wish, period)),
      off: command(priceLine(product.name, 'off', wish, `starts:${later.validFromOn}`)),
    }),
  );
}

/** What is taken away must be there, and in one currency. Throws AppError. */
function refuseNoneOrSeveral(
  { name }: ProductRow,
  which: Terms & { starts: string | undefined },
  gone: readonly PriceRow[],
): void {
  if (gone.length === 0) {
    const line = command(`prices "${name}"`);
    throw new AppError(
      'not_found',
      t('no-such-price', { product: strong(name), terms: termsText(which), line }),
    );
  }
  const currencies = [...new Set(gone.map((row) => row.currency))];
  if (currencies.length === 1) return;
  const { fromQuantity, forClass, starts } = which;
  const input = {
    product: name,
    takeAway: 'off',
    from: fromQuantity,
    class: forClass,
    ...(starts ? { starts } : {}),
  };
  throw new AppError('ambiguous', t('which-currency', { product: strong(name) }), {
    waysOut: currencies.slice(0, 5).map((currency) => ({
      label: currency,
      action: 'prices.set',
      input: { ...input, currency },
    })),
  });
}
