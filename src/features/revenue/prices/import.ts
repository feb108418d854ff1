import { dayIn } from '../../../kernel/dates.ts';
import { moneyToDecimal } from '../../../kernel/money.ts';
import { day, type Inline, money, strong } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { defineImporter, type ImportResult, type Rejected } from '../../../runtime/importer.ts';
import { upsertRecords, type Wanted } from '../../../store/upsert.ts';
import { type ProductRow, squeezed } from '../products/api.ts';
import { type Entered, type Entry, enter, isNews } from './import-book.ts';
import { columns, type Line, readLine } from './import-line.ts';
import { allProducts, holdBooks, pricesAfter } from './import-queries.ts';
import { t } from './messages.ts';
import { type PriceRow, priceRecord } from './record.ts';
import type { BookPrice } from './rules.ts';
import type { bookPrices } from './tables.ts';
import { viewOf } from './views.ts';
import { warningsOf } from './warnings.ts';

interface Numbered {
  line: number;
  wish: Line;
}

type Mended = Map<string, ImportResult['mended'][number]>;

export const priceImporter = defineImporter({
  kind: 'prices',
  order: 25,
  aliases: ['price_book', 'book_prices', '价目表', '价格明细'],
  columns,

  async load(ctx, rows, options) {
    const today = dayIn(ctx.now, ctx.org.timeZone);
    const products = new Map((await allProducts(ctx)).map((row) => [squeezed(row.name), row]));
    const rejected: Rejected[] = [];
    const lines: Numbered[] = [];
    for (const row of rows) {
      const read = readLine(ctx, row, { products, today, currency: options.currency });
      if ('reason' in read) rejected.push({ line: row.line, reason: read.reason });
      else lines.push({ line: row.line, wish: read });
    }
    const book = await bookFor(ctx, lines);
    const counts = { created: 0, matched: 0, changed: 0 };
    const mended: Mended = new Map();
    const set: { entry: Entry; product: ProductRow }[] = [];
    for (const { line, wish } of once(lines, rejected)) {
      const { product, ...price } = wish;
      const done = enter(book.alike(keyOf(product.id, wish)), { ...price, productId: product.id });
      if (done.did === 'none') {
        rejected.push({ line, reason: inTheWay(done.later) });
        continue;
      }
      counts[done.did]++;
      if (done.did === 'matched') continue;
      set.push({ entry: done.entry, product });
      tellRoom(mended, done);
    }
    await upsertRecords(ctx, priceRecord, book.news(), options);
    tellWarnings(ctx, mended, set, book.all());
    return { ...counts, rejected, mended: [...mended.values()] };
  },

  async export(ctx, after, limit) {
    return (await pricesAfter(ctx, after, limit)).map(({ price, product }) => ({
      id: price.id,
      cells: {
        product: product.name,
        class: price.forClass,
        currency: price.currency,
        from: String(price.fromQuantity),
        price: moneyToDecimal({ amountMinor: price.unitMinor, currency: price.currency }),
        starts: price.validFromOn,
        until: price.validUntilOn ?? '',
      },
    }));
  },
});

function keyOf(productId: string, { forClass, currency, fromQuantity }: BookPrice): string {
  return [productId, forClass, currency, fromQuantity].join(' ');
}

/** Lines of which no earlier one says another price for the same from the same day; the others are rejected. */
function once(lines: readonly Numbered[], rejected: Rejected[]): Numbered[] {
  const first = new Map<string, Numbered>();
  return lines.filter((one) => {
    const { line, wish } = one;
    const key = `${keyOf(wish.product.id, wish)} ${wish.validFromOn}`;
    const earlier = first.get(key);
    if (!earlier) first.set(key, one);
    else if (earlier.wish.unitMinor !== wish.unitMinor || earlier.wish.validUntilOn !== wish.validUntilOn) {
      rejected.push({ line, reason: t('import-twice', { line: String(earlier.line) }) });
      return false;
    }
    return true;
  });
}

/** The books of the products that lines are about, held, as they will be. */
async function bookFor(ctx: Ctx, lines: readonly Numbered[]) {
  const rows = await holdBooks(ctx, [...new Set(lines.map(({ wish }) => wish.product.id))]);
  const entries = new Map<string, Entry[]>();
  const gone = new Map<string, PriceRow>();
  const alike = (key: string): Entry[] => {
    const found = entries.get(key) ?? [];
    entries.set(key, found);
    return found;
  };
  for (const row of rows) {
    const key = keyOf(row.productId, row);
    if (row.archivedAt) gone.set(`${key} ${row.validFromOn}`, row);
    else alike(key).push({ ...priceIn(row), productId: row.productId, row });
  }
  const all = () => [...entries.values()].flat();
  /** One that was taken away and began on the same day comes back, as where somebody sets it. */
  const wanted = (entry: Entry): Wanted<typeof bookPrices> => {
    const { row, productId, unitMinor, validUntilOn, validFromOn } = entry;
    const old = row ?? gone.get(`${keyOf(productId, entry)} ${validFromOn}`);
    const patch = { unitMinor, validUntilOn, archivedAt: null };
    return { existing: old, patch, values: { ...priceIn(entry), productId } };
  };
  return { alike, all, news: () => all().filter(isNews).map(wanted) };
}

function priceIn(price: BookPrice): BookPrice {
  const { forClass, currency, fromQuantity, unitMinor, validFromOn, validUntilOn } = price;
  return { forClass, currency, fromQuantity, unitMinor, validFromOn, validUntilOn };
}

function inTheWay(later: BookPrice): Inline {
  const price = money({ amountMinor: later.unitMinor, currency: later.currency });
  return t('import-later', { from: day(later.validFromOn), price });
}

function note(mended: Mended, key: string, what: Inline): void {
  const entry = mended.get(key) ?? { what, count: 0 };
  entry.count++;
  mended.set(key, entry);
}

function tellRoom(mended: Mended, done: Extract<Entered, { entry: Entry }>): void {
  if (done.hasEnded) note(mended, 'ended', t('import-ended'));
  if (done.isResumed) note(mended, 'resumed', t('import-resumed'));
  if (done.isCut) note(mended, 'cut', t('import-cut'));
}

/** Prices to look at again, counted by product: `book` holds all of them as they will be. */
function tellWarnings(
  ctx: Ctx,
  mended: Mended,
  set: readonly { entry: Entry; product: ProductRow }[],
  book: readonly Entry[],
): void {
  const ofProduct = new Map<string, Entry[]>();
  for (const entry of book) {
    const { productId } = entry;
    ofProduct.set(productId, [...(ofProduct.get(productId) ?? []), entry]);
  }
  for (const { entry, product } of set) {
    const view = (price: BookPrice) => viewOf(ctx, product, price);
    for (const { kind } of warningsOf(product, entry, ofProduct.get(product.id) ?? [], view)) {
      note(mended, `${kind} ${product.id}`, t(`import-${kind}`, { product: strong(product.name) }));
    }
  }
}
