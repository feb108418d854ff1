import { and, asc, eq, isNull, like, type SQL, sql } from 'drizzle-orm';
import { isUuid } from '../../../kernel/ids.ts';
import type { Ctx } from '../../../runtime/context.ts';
import type { ProductDetail, ProductView } from './model.ts';
import type { ProductRow } from './record.ts';
import { squeezed } from './rules.ts';
import { products } from './tables.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

const key = sql`replace(${products.nameKey}, ' ', '')`;

/**
 * Products a person may mean, however the name is spaced (`GTXPro` = `GTX Pro`): equal names first, then
 * beginnings, then parts; the first step that finds any decides. A price list is short enough to be read whole.
 */
export async function findProducts(ctx: Reading, text: string, limit: number): Promise<ProductRow[]> {
  const read = (condition: SQL | undefined): Promise<ProductRow[]> =>
    ctx.tx
      .select()
      .from(products)
      .where(and(eq(products.orgId, ctx.org.id), condition))
      .orderBy(asc(products.nameKey))
      .limit(limit);
  if (isUuid(text)) return read(eq(products.id, text));
  const wanted = squeezed(text);
  const live = isNull(products.archivedAt);
  if (wanted === '') return text.trim() === '' ? read(live) : [];
  for (const condition of [sql`${key} = ${wanted}`, sql`starts_with(${key}, ${wanted})`]) {
    const found = await read(and(live, condition));
    if (found.length > 0) return found;
  }
  return read(and(live, like(key, `%${wanted}%`)));
}

/** The product of exactly this name, archived ones included, however it is spaced. */
export async function productNamed(ctx: Reading, name: string): Promise<ProductRow | undefined> {
  const rows = await ctx.tx
    .select()
    .from(products)
    .where(and(eq(products.orgId, ctx.org.id), sql`${key} = ${squeezed(name)}`))
    .limit(1);
  return rows[0];
}

export async function listProducts(ctx: Reading, limit: number): Promise<ProductRow[]> {
  return ctx.tx
    .select()
    .from(products)
    .where(and(eq(products.orgId, ctx.org.id), isNull(products.archivedAt)))
    .orderBy(asc(products.series), asc(products.name))
    .limit(limit);
}

export function toView(row: ProductRow): ProductView {
  return {
    name: row.name,
    series: row.series,
    listPrice:
      row.listPriceMinor === null || row.currency === null
        ? null
        : { amountMinor: row.listPriceMinor.toString(), currency: row.currency },
  };
}

export function toDetail(row: ProductRow): ProductDetail {
  return {
    ...toView(row),
    cost:
      row.costMinor === null || row.costCurrency === null
        ? null
        : { amountMinor: row.costMinor.toString(), currency: row.costCurrency },
    floorBasisPoints: row.floorBasisPoints,
  };
}
