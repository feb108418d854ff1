import { command, day, dotted, type Inline, percent, strong } from '../../../kernel/text.ts';
import { type PresentContext, press } from '../../../runtime/action.ts';
import type { Block, Button, Card, Field } from '../../../view/card.ts';
import { tenthsOf } from '../products/api.ts';
import type { list } from './actions/list.ts';
import type { set } from './actions/set.ts';
import { classText, periodText, termsText } from './line.ts';
import { t } from './messages.ts';
import type { PriceChange, PricedProductView, PriceList, PriceView, Warning } from './model.ts';
import { maySet } from './rights.ts';

const exampleLine = 'price "GTX Pro" 4500 from:10 class:A';

const productsButton: Button = { label: t('list-prices'), press: { a: 'products.list', i: {} } };

function priceText({ unitMinor, currency }: Pick<PriceView, 'unitMinor' | 'currency'>): Inline {
  return { t: 'money', amountMinor: unitMinor, currency };
}

function fullTerms(price: PriceView): Inline {
  return dotted(termsText(price), periodText(price));
}

export function listCard({ product, prices, showsMargin, hasMore }: PriceList, at: PresentContext): Card {
  const title = product
    ? t('of-product', { product: strong(product.name) })
    : t('list-count', { count: prices.length });
  const blocks: Block[] = product ? [{ t: 'fields', fields: productFields(product) }] : [];
  if (prices.length > 0) blocks.push(tableOf(prices, showsMargin, product === null));
  else if (!product) {
    const title = t('none', { line: command(exampleLine) });
    return { tone: 'info', title, blocks: [{ t: 'buttons', buttons: [productsButton] }] };
  } else if (product.listPrice) blocks.push({ t: 'text', of: t('none-here') });
  else {
    const line = command(`price "${product.name}" 4500`);
    blocks.push({ t: 'text', of: t('no-price-at-all', { line }) });
  }
  if (hasMore) {
    const line = command(`prices "${prices[0]?.product ?? ''}"`);
    blocks.push({ t: 'context', of: t('more', { count: prices.length, line }) });
  }
  if (prices.length > 0 && maySet(at.actor)) {
    const name = product?.name ?? 'GTX Pro';
    const line = command(`price "${name}" 4500 from:10`);
    blocks.push({
      t: 'context',
      of: t('how-to-set', {
        line,
        off: command(`price "${name}" off from:10`, `价格 "${name}" 取消 起订量:10`),
      }),
    });
  }
  // Products without a price of their own are sold at the list price, which is not in the book.
  if (!product) blocks.push({ t: 'buttons', buttons: [productsButton] });
  return {
    tone: 'plain',
    title,
    blocks: blocks.filter((block) => block.t !== 'fields' || block.fields.length > 0),
  };
}

function productFields({ listPrice, costs }: PricedProductView): Field[] {
  const fields: [Inline, Inline | undefined][] = [
    [t('list-price'), listPrice ? { t: 'money', ...listPrice } : undefined],
    [t('cost'), costs?.cost ? { t: 'money', ...costs.cost } : undefined],
    [t('margin'), shareText(costs?.marginBasisPoints)],
    [t('floor'), shareText(costs?.floorBasisPoints)],
  ];
  return fields.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }]));
}

function shareText(basisPoints: number | null | undefined): Inline | undefined {
  return basisPoints === null || basisPoints === undefined ? undefined : percent(tenthsOf(basisPoints));
}

function tableOf(prices: readonly PriceView[], showsMargin: boolean, namesProduct: boolean): Block {
  const columns: { label: Inline; align?: 'right'; of(price: PriceView): Inline }[] = [
    ...(namesProduct ? [{ label: t('product'), of: (price: PriceView) => price.product }] : []),
    { label: t('class'), of: ({ forClass }) => classText(forClass) },
    { label: t('from'), align: 'right', of: ({ fromQuantity }) => ({ t: 'number', value: fromQuantity }) },
    { label: t('unit-price'), align: 'right', of: priceText },
    { label: t('valid'), of: periodText },
    ...(showsMargin
      ? [
          {
            label: t('margin'),
            align: 'right' as const,
            of: (price: PriceView) => shareText(price.marginBasisPoints) ?? '',
          },
        ]
      : []),
  ];
  return {
    t: 'table',
    columns: columns.map(({ label, align }) => (align ? { label, align } : { label })),
    cells: prices.map((price) => columns.map(({ of }) => of(price))),
  };
}

/** Set, changed or taken away; what became of older prices is said line by line. */
export function changedCard(change: PriceChange): Card {
  const { price, product, isSame } = change;
  const buttons: Button[] = [
    { label: t('list-title'), press: press<typeof list>('prices.list', { product: product.name }) },
  ];
  if (!price) return takenCard(change, buttons);
  const values = { product: strong(product.name), price: priceText(price), terms: fullTerms(price) };
  if (isSame) return { tone: 'info', title: t('same', values), blocks: [{ t: 'buttons', buttons }] };
  const { beforeMinor, currency } = { ...change, currency: price.currency };
  const title =
    beforeMinor === null || beforeMinor === price.unitMinor
      ? t('set-done', values)
      : t('changed', { ...values, before: priceText({ unitMinor: beforeMinor, currency }) });
  const said: Inline[] = [...aroundTexts(change, price), ...change.warnings.map(warningText)];
  const isLow = change.warnings.some(({ kind }) => kind === 'low-margin');
  if (price.marginBasisPoints !== null && !isLow) {
    said.push(t('margin-is', { margin: percent(tenthsOf(price.marginBasisPoints)) }));
  }
  const off = press<typeof set>('prices.set', offOf(price));
  buttons.push({ label: t('off'), press: off });
  return {
    tone: 'ok',
    title,
    blocks: [...said.map((of): Block => ({ t: 'text', of })), { t: 'buttons', buttons }],
  };
}

/** What became of the prices before and after a new one. */
function aroundTexts({ ended, resumed, next }: PriceChange, price: PriceView): Inline[] {
  const texts: Inline[] = [];
  if (ended?.validUntilOn) {
    texts.push(t('ends-before', { price: priceText(ended), until: day(ended.validUntilOn) }));
  }
  if (resumed) texts.push(t('goes-on', { price: priceText(resumed), from: day(resumed.validFromOn) }));
  if (next && price.validUntilOn) {
    const values = { until: day(price.validUntilOn), from: day(next.validFromOn), price: priceText(next) };
    texts.push(t('cut-short', values));
  }
  return texts;
}

function takenCard({ product, terms, taken }: PriceChange, buttons: Button[]): Card {
  return {
    tone: 'ok',
    title: t('gone', { product: strong(product.name), terms: termsText(terms) }),
    blocks: [
      ...taken.map(
        (price): Block => ({
          t: 'text',
          of: t('was-taken', { price: priceText(price), terms: periodText(price) }),
        }),
      ),
      { t: 'buttons', buttons },
    ],
  };
}

function offOf({ product, fromQuantity, forClass, currency }: PriceView) {
  return { product, takeAway: 'off' as const, from: fromQuantity, class: forClass, currency };
}

function warningText(warning: Warning): Inline {
  switch (warning.kind) {
    case 'dearer-break':
      return t('dearer-break', {
        quantity: t('from-units', { count: warning.upper.fromQuantity }),
        price: priceText(warning.upper),
        lower: t('from-units', { count: warning.lower.fromQuantity }),
        lowerPrice: priceText(warning.lower),
      });
    case 'dearer-class':
      return t('dearer-class', {
        class: warning.own.forClass,
        price: priceText(warning.own),
        lowerPrice: priceText(warning.all),
      });
    case 'low-margin': {
      const margin = percent(tenthsOf(warning.marginBasisPoints));
      return warning.marginBasisPoints < 0 || warning.floorBasisPoints === null
        ? t('below-cost', { margin })
        : t('below-floor', { margin, floor: percent(warning.floorBasisPoints) });
    }
    case 'other-currency':
      return t('other-currency', { list: warning.list, currency: warning.currency });
    default:
      return warning satisfies never;
  }
}
