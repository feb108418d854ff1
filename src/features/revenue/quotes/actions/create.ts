import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { addDays } from '../../../../kernel/dates.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { moneyToDecimal } from '../../../../kernel/money.ts';
import { command, strong } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import type { Ctx } from '../../../../runtime/context.ts';
import { editedCard } from '../cards.ts';
import { missing, quoteField, requireValidity, taxField, totalField, validField } from '../inputs.ts';
import { parseQuote, printQuote } from '../line.ts';
import { readLines } from '../line-items.ts';
import { t } from '../messages.ts';
import { quoteView } from '../model.ts';
import { amountIn, currencySaid, pricedLines, productsMeant } from '../pricing.ts';
import type { DealFacts } from '../queries.ts';
import { dealLabel, dealNumber, quotableDeal } from '../rights.ts';
import { longestText, type PricedLine, usualValidityDays } from '../rules.ts';
import { createQuote, todayOf } from '../terms.ts';
import { viewOf } from '../views.ts';

export const create = defineAction({
  name: 'quotes.create',
  title: t('new-title'),
  summary: t('new-summary'),
  effect: 'write',
  input: z.strictObject({
    deal: f.ref('deal', t('deal'), { placeholder: 'D-142' }).optional(),
    lines: f
      .text(t('lines'), {
        max: longestText,
        multiline: true,
        placeholder: '40x"GTX Pro"@2300',
        hint: t('lines-hint'),
      })
      .optional(),
    total: totalField().optional(),
    valid: validField().optional(),
    tax: taxField().optional(),
    quote: quoteField().optional(),
  }),
  output: quoteView,
  roles: sellingRoles,
  hidden: ['quote'],
  command: {
    verb: 'quote',
    aliases: ['报价', 'new-quote'],
    args: [],
    group: 'deals',
    examples: {
      en: [
        'quote D-142 40x"GTX Pro" 95k valid:30d',
        'quote D-142 95k',
        'quote D-142 40x"GTX Pro"@2300 2x"Seal kit" tax:"13% VAT included"',
      ],
      'zh-CN': ['报价 D-142 40个"GTX Pro" 9.5万 有效期:30天', '报价 D-142 9.5万'],
    },
    parseRest: parseQuote,
    printRest: printQuote,
  },
  example: { as: 'rep', input: { deal: 'D-1', lines: '10x"Pump P40" 4x"Seal set S1"' } },

  prefill: async (ctx, raw) => {
    const known = await knownDeal(ctx, raw.deal);
    const amount = raw.lines === undefined && raw.total === undefined ? known : undefined;
    return {
      valid: addDays(todayOf(ctx), usualValidityDays),
      ...(amount?.amountMinor != null && amount.currency != null
        ? {
            total: `${amount.currency} ${moneyToDecimal({ ...amount, amountMinor: amount.amountMinor, currency: amount.currency })}`,
          }
        : {}),
    };
  },

  /** `quote Q-57` looks at the quote. */
  forward(_ctx, { quote, lines, total }) {
    if (!quote) return undefined;
    if (lines === undefined && total === undefined) return { a: 'quotes.show', i: { quote: quote.key } };
    const line = command(`quote-line ${quote.key} ${lines ?? '10x"Seal kit"'}`);
    throw new AppError('invalid_input', t('add-to-quote', { quote: strong(quote.key), line }));
  },

  mayOpen: async (ctx, { deal }) => deal && quotableDeal(ctx, deal.id),
  async run(ctx, { deal, lines, total, valid, tax }) {
    if (!deal) throw missing('deal', 'which-deal', 'quote D-142 95k');
    const facts = await quotableDeal(ctx, deal.id);
    if (lines === undefined && total === undefined) throw missing('lines', 'lines-or-total', '40x"GTX Pro"');
    const validUntil = valid ?? addDays(todayOf(ctx), usualValidityDays);
    requireValidity(ctx, validUntil);
    // A deal without an amount has no currency yet: the quote brings it.
    const said = total === undefined ? undefined : currencySaid(ctx, total);
    const currency = facts.currency ?? said ?? ctx.org.currency;
    const totalMinor =
      total === undefined ? undefined : amountIn(ctx, total, currency, 'total', dealLabel(facts));
    const priced =
      lines === undefined
        ? undefined
        : await linesOf(ctx, facts, lines, currency, totalMinor, { total, valid, tax });
    const row = await createQuote(ctx, facts, {
      lines: priced ?? [inWords(facts, totalMinor ?? 0n)],
      whole: totalMinor === undefined ? { discountBasisPoints: 0 } : { totalMinor },
      currency,
      validUntil,
      taxNote: tax ?? null,
    });
    return viewOf(ctx, row.id);
  },
  present: editedCard,
});

async function linesOf(
  ctx: Ctx,
  deal: DealFacts,
  text: string,
  currency: string,
  totalMinor: bigint | undefined,
  others: Record<string, unknown>,
): Promise<PricedLine[]> {
  const said = readLines(text, ctx.read);
  if (said.length === 0) throw missing('lines', 'lines-or-total', '40x"GTX Pro"');
  const products = await productsMeant(ctx, said, (lines) => ({
    action: 'quotes.create',
    input: { ...others, deal: dealNumber(deal), lines },
  }));
  const wanted = said.map(({ quantity, price }, index) => ({
    product: products[index] ?? { id: '', label: '' },
    quantity,
    unitMinor: price === undefined ? undefined : amountIn(ctx, price, currency, 'lines', dealLabel(deal)),
  }));
  const valueClass = deal.account?.valueClass ?? null;
  return pricedLines(ctx, wanted, { currency, valueClass, totalMinor, field: 'lines' });
}

/** A quote without lines is one line: what the deal is called, at the total. */
function inWords({ name }: DealFacts, amountMinor: bigint): PricedLine {
  return {
    productId: null,
    name,
    quantity: 1,
    unitMinor: amountMinor,
    listUnitMinor: null,
    costUnitMinor: null,
    amountMinor,
  };
}

/** The deal a form is about, as far as it is known and theirs to quote: its amount is for no other eyes; a name that fits none or several is told at its field. */
async function knownDeal(ctx: Ctx, deal: unknown): Promise<DealFacts | undefined> {
  if (typeof deal !== 'string') return undefined;
  const { id } = await ctx.resolve(['deal'], deal);
  return quotableDeal(ctx, id);
}
