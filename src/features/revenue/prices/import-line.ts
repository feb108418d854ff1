import { fieldMeta } from '../../../kernel/fields.ts';
import { moneyFromDecimal } from '../../../kernel/money.ts';
import { recognisers } from '../../../kernel/recognise/index.ts';
import { code, count, day, type Inline, strong } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import type { ImportColumn, ImportRow } from '../../../runtime/importer.ts';
import { type ProductRow, squeezed } from '../products/api.ts';
import { classField, mostFromQuantity } from './inputs.ts';
import { t } from './messages.ts';
import type { Wish } from './plan.ts';
import type { ForClass } from './rules.ts';

export const columns: readonly ImportColumn[] = [
  { field: 'product', headers: ['product', 'product_name', '产品', '产品名称'], required: true },
  { field: 'class', headers: ['class', 'customer_class', 'value_class', '客户等级', '等级'] },
  { field: 'currency', headers: ['currency', '币种'], type: 'currency' },
  {
    field: 'from',
    headers: ['from_quantity', 'from', 'min_quantity', 'quantity', '起订量', '数量'],
    type: 'number',
    max: mostFromQuantity,
  },
  {
    field: 'price',
    headers: ['unit_price', 'price', 'net_price', '单价', '价格'],
    type: 'number',
    required: true,
  },
  { field: 'starts', headers: ['valid_from', 'start_date', '生效日期', '有效期起'], type: 'date' },
  { field: 'until', headers: ['valid_until', 'valid_to', 'end_date', '截止日期', '有效期止'], type: 'date' },
];

/** A price a line asks for. */
export interface Line extends Wish {
  product: ProductRow;
  forClass: ForClass;
  currency: string;
  fromQuantity: number;
}

/** Reads the cells of a line; else why they are no price. `today`: the first day where none is said. */
export function readLine(
  ctx: Pick<Ctx, 'read'>,
  { values }: ImportRow,
  {
    products,
    today,
    currency,
  }: { products: ReadonlyMap<string, ProductRow>; today: string; currency: string },
): Line | { reason: Inline } {
  const { product: name = '', class: forClass, from = '1', price = '', starts = today, until } = values;
  const product = products.get(squeezed(name));
  if (!product) return { reason: t('import-no-product', { product: strong(name) }) };
  const of = forClass === undefined ? 'all' : classIn(ctx, forClass);
  if (of === undefined) return { reason: t('import-no-class', { class: code(forClass ?? '') }) };
  if (!/^\d+$/.test(from) || Number(from) < 1) {
    return { reason: t('import-quantity', { quantity: code(from), most: count(mostFromQuantity) }) };
  }
  if (until !== undefined && until < starts) {
    return { reason: t('import-backwards', { from: day(starts), until: day(until) }) };
  }
  const unit = moneyFromDecimal(price, values.currency ?? product.currency ?? currency);
  return {
    product,
    forClass: of,
    currency: unit.currency,
    fromQuantity: Number(from),
    unitMinor: unit.amountMinor,
    validFromOn: starts,
    validUntilOn: until ?? null,
  };
}

const classes = fieldMeta(classField());

function classIn({ read }: Pick<Ctx, 'read'>, text: string): ForClass | undefined {
  const found = classes && recognisers.oneOf.read(text, read, classes);
  return found && 'value' in found ? (found.value as ForClass) : undefined;
}
