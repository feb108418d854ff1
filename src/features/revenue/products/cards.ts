import { command, dotted, type Inline, strong } from '../../../kernel/text.ts';
import type { Block, Card } from '../../../view/card.ts';
import { t } from './messages.ts';
import type { ProductChange, ProductList, ProductView } from './model.ts';

function priceText({ listPrice }: ProductView): Inline | undefined {
  return listPrice ? { t: 'money', ...listPrice } : undefined;
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
  return { tone: 'plain', title: t('count', { count: products.length }), blocks };
}

export function changedCard({ before, after }: ProductChange): Card {
  const rows: { label: Inline; old: Inline; now: Inline; isSame: boolean }[] = [
    { label: t('name'), old: before.name, now: after.name, isSame: before.name === after.name },
    {
      label: t('series'),
      old: before.series ?? t('empty'),
      now: after.series ?? t('empty'),
      isSame: before.series === after.series,
    },
    {
      label: t('price'),
      old: priceText(before) ?? t('empty'),
      now: priceText(after) ?? t('empty'),
      isSame:
        before.listPrice?.amountMinor === after.listPrice?.amountMinor &&
        before.listPrice?.currency === after.listPrice?.currency,
    },
  ];
  const fields = rows
    .filter(({ isSame }) => !isSame)
    .map(({ label, old, now }) => ({ label, value: t('from-to', { before: old, after: now }) }));
  if (fields.length === 0) {
    return { tone: 'info', title: t('nothing-changed', { name: strong(after.name) }), blocks: [] };
  }
  return { tone: 'ok', title: strong(after.name), blocks: [{ t: 'fields', fields }] };
}
