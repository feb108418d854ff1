import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { f } from '../../../../kernel/fields.ts';
import { moneyToDecimal } from '../../../../kernel/money.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { changedCard } from '../cards.ts';
import { missing, quoteField, versionField } from '../inputs.ts';
import { parseQuoteLine, printQuoteLine } from '../line.ts';
import { t } from '../messages.ts';
import { editedQuote } from '../model.ts';
import { amountIn, pricedLines } from '../pricing.ts';
import { writableQuote } from '../rights.ts';
import { mostQuantity } from '../rules.ts';
import { changeTerms, labelOf, lineOf, openForChange, requireRow, termsOf } from '../terms.ts';
import { editedView } from '../views.ts';

/** Adds a line, or with `row` changes one. */
export const line = defineAction({
  name: 'quotes.line',
  title: t('line-title'),
  summary: t('line-summary'),
  effect: 'write',
  input: z.strictObject({
    quote: quoteField(),
    product: f.ref('product', t('product'), { placeholder: 'GTX Pro' }).optional(),
    quantity: f.number(t('quantity'), { min: 1, max: mostQuantity, placeholder: '1' }).optional(),
    price: f.text(t('price'), { max: 60, hint: t('price-hint') }).optional(),
    row: f.number(t('row'), { min: 1, max: 1000 }).optional(),
    off: f.number(t('row'), { min: 1, max: 1000 }).optional(),
    version: versionField().optional(),
  }),
  output: editedQuote,
  roles: sellingRoles,
  repeatable: true,
  hidden: ['row', 'off', 'version'],
  command: {
    verb: 'quote-line',
    aliases: ['报价明细', '报价行'],
    args: [],
    group: 'deals',
    examples: {
      en: [
        'quote-line Q-57 10x"Seal kit"',
        'quote-line Q-57 row:2 20x"Seal kit"@290',
        'quote-line Q-57 off 2',
      ],
      'zh-CN': ['报价明细 Q-57 10个"Seal kit"', '报价明细 Q-57 删除 2'],
    },
    parseRest: parseQuoteLine,
    printRest: printQuoteLine,
  },
  example: { as: 'rep', input: { quote: 'Q-3', product: 'Seal set S1', quantity: 10 } },

  prefill: async (ctx, raw) => {
    if (typeof raw.quote !== 'string' || raw.row === undefined) return {};
    const { id } = await ctx.resolve(['quote'], raw.quote);
    const found = await writableQuote(ctx, id);
    const kept = (await termsOf(ctx, found.quote)).lines[Number(raw.row) - 1];
    if (!kept) return {};
    const { currency } = found.quote;
    return {
      ...(kept.productId ? { product: kept.productId } : {}),
      quantity: kept.quantity,
      ...(kept.unitMinor === null
        ? {}
        : { price: moneyToDecimal({ amountMinor: kept.unitMinor, currency }) }),
    };
  },

  forward(_ctx, { quote, off, version }) {
    if (off === undefined) return undefined;
    const i = { quote: quote.key, row: off, ...(version === undefined ? {} : { version }) };
    return { a: 'quotes.drop-line', i };
  },

  mayOpen: async (ctx, { quote }) => quote && writableQuote(ctx, quote.id),
  async run(ctx, { quote, product, quantity = 1, price, row, version }) {
    if (!product) throw missing('product', 'line-nothing', `quote-line ${quote.key} 10x"Seal kit"`);
    const { deal } = await writableQuote(ctx, quote.id);
    const open = await openForChange(ctx, quote.id, { version });
    const { currency } = open;
    const terms = await termsOf(ctx, open);
    const unitMinor =
      price === undefined ? undefined : amountIn(ctx, price, currency, 'price', labelOf(open));
    const valueClass = deal.account?.valueClass ?? null;
    const wanted = [{ product, quantity, unitMinor }];
    const [priced] = await pricedLines(ctx, wanted, { currency, valueClass, field: 'price' });
    if (!priced) throw new TypeError('one line wanted, none priced');
    const lines = terms.lines.map(lineOf);
    if (row === undefined) lines.push(priced);
    else lines[requireRow(lines, row, labelOf(open))] = priced;
    return editedView(ctx, open, await changeTerms(ctx, open, 'lines', { lines }));
  },
  present: changedCard,
});
