import { command, dotted, type Inline, percent, strong } from '../../../kernel/text.ts';
import type { Block, Card } from '../../../view/card.ts';
import { t } from './messages.ts';
import type { Amount, ProductChange, ProductDetail, ProductList, ProductView } from './model.ts';
import { marginBasisPoints, tenthsOf } from './rules.ts';

function moneyText(amount: Amount | null): Inline | undefined {
  return amount ? { t: 'money', ...amount } : undefined;
}

function priceText({ listPrice }: ProductView): Inline | undefined {
  return moneyText(listPrice);
}

export function savedCard(product: ProductView): Card {
  const title = dotted(strong(product.name), product.series ?? undefined, priceText(product));
  return { tone: 'ok', title, blocks: [] };
}

export function listCard({ products, hasMore }: ProductList): Card {
  if (products.length === 0) {
    const line = command('new-product "GTX Pro" 4821');
    return { tone: 'info', title: t('none', { line }), blocks: [] };
  }
  const blocks: Block[] = [
    {
      t: 'table',
      columns: [{ label: t('name') }, { label: t('series') }, { label: t('price'), align: 'right' }],
      cells: products.map((product) => [product.name, product.series ?? '', priceText(product) ?? '']),
    },
  ];
  if (hasMore) blocks.push({ t: 'context', of: t('more', { count: products.length }) });
  blocks.push({ t: 'buttons', buttons: [{ label: t('price-book'), press: { a: 'prices.list', i: {} } }] });
  return { tone: 'plain', title: t('count', { count: products.length }), blocks };
}

export function changedCard({ before, after }: ProductChange): Card {
  const rows: { label: Inline; of(product: ProductDetail): Inline | undefined }[] = [
    { label: t('name'), of: ({ name }) => name },
    { label: t('series'), of: ({ series }) => series ?? undefined },
    { label: t('price'), of: ({ listPrice }) => moneyText(listPrice) },
    { label: t('cost'), of: ({ cost }) => moneyText(cost) },
    {
      label: t('floor'),
      of: ({ floorBasisPoints }) => (floorBasisPoints === null ? undefined : percent(floorBasisPoints)),
    },
  ];
  const fields = rows
    .map(({ label, of }) => ({ label, old: of(before), now: of(after) }))
    .filter(({ old, now }) => JSON.stringify(old) !== JSON.stringify(now))
    .map(({ label, old, now }) => ({
      label,
      value: t('from-to', { before: old ?? t('empty'), after: now ?? t('empty') }),
    }));
  if (fields.length === 0) {
    return { tone: 'info', title: t('nothing-changed', { name: strong(after.name) }), blocks: [] };
  }
  const blocks: Block[] = [{ t: 'fields', fields }];
  const margin = marginText(after);
  if (margin) blocks.push({ t: 'context', of: margin });
  return { tone: 'ok', title: strong(after.name), blocks };
}

/** What the list price leaves over the cost, or why that cannot be said. */
function marginText({ name, listPrice, cost, floorBasisPoints }: ProductDetail): Inline | undefined {
  if (!listPrice || !cost) return undefined;
  if (listPrice.currency !== cost.currency) {
    const line = command(`set-product "${name}" cost:"${listPrice.currency} …"`);
    return t('other-currency', { list: listPrice.currency, cost: cost.currency, line });
  }
  const margin = marginBasisPoints(BigInt(listPrice.amountMinor), BigInt(cost.amountMinor));
  if (margin === null) return undefined;
  if (floorBasisPoints === null || margin >= floorBasisPoints)
    return t('margin', { margin: percent(tenthsOf(margin)) });
  return t('below-floor', { margin: percent(tenthsOf(margin)), floor: percent(floorBasisPoints) });
}
