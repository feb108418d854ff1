import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { moneyToDecimal } from '../../../../kernel/money.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { changedCard } from '../cards.ts';
import { missing, quoteField, requireValidity, taxField, totalField, validField } from '../inputs.ts';
import { t } from '../messages.ts';
import { editedQuote } from '../model.ts';
import { amountIn } from '../pricing.ts';
import { writableQuote } from '../rights.ts';
import { changeTerms, labelOf, lineOf, openForChange, termsOf } from '../terms.ts';
import { editedView } from '../views.ts';

export const set = defineAction({
  name: 'quotes.set',
  title: t('set-title'),
  summary: t('set-summary'),
  effect: 'write',
  input: z.strictObject({
    quote: quoteField(),
    total: totalField().optional(),
    valid: validField().optional(),
    tax: taxField().optional(),
  }),
  output: editedQuote,
  roles: sellingRoles,
  example: { as: 'rep', input: { quote: 'Q-3', total: '4500', tax: '19% VAT included' } },

  prefill: async (ctx, raw) => {
    if (typeof raw.quote !== 'string') return {};
    const { id } = await ctx.resolve(['quote'], raw.quote);
    const found = await writableQuote(ctx, id);
    const { totalMinor: amountMinor, currency, validUntil } = found.quote;
    const { taxNote } = (await termsOf(ctx, found.quote)).row;
    return {
      total: `${currency} ${moneyToDecimal({ amountMinor, currency })}`,
      valid: validUntil,
      ...(taxNote === null ? {} : { tax: taxNote }),
    };
  },

  mayOpen: async (ctx, { quote }) => quote && writableQuote(ctx, quote.id),
  async run(ctx, { quote, total, valid, tax }) {
    if (total === undefined && valid === undefined && tax === undefined) {
      throw missing('total', 'nothing-to-change', `set ${quote.key} total 95k`);
    }
    await writableQuote(ctx, quote.id);
    const open = await openForChange(ctx, quote.id);
    if (valid !== undefined && valid !== open.validUntil) requireValidity(ctx, valid);
    const patch = {
      ...(valid === undefined ? {} : { validUntil: valid }),
      ...(tax === undefined ? {} : { taxNote: tax }),
    };
    const totalMinor =
      total === undefined ? open.totalMinor : amountIn(ctx, total, open.currency, 'total', labelOf(open));
    const { row, lines } = await termsOf(ctx, open);
    // A form sends back what it opened with: only what differs is a change, and the discount stays exact.
    if (totalMinor === open.totalMinor) {
      const change = tax === undefined || tax === row.taxNote ? 'validity' : 'tax';
      return editedView(ctx, open, await changeTerms(ctx, open, change, patch));
    }
    const whole = { totalMinor };
    const [only, more] = lines;
    // A line in words is worth whatever the total is: there is nothing to take a discount from.
    const inWords = only?.productId === null && !more ? only : undefined;
    const worth = inWords && {
      lines: [{ ...lineOf(inWords), unitMinor: totalMinor, amountMinor: totalMinor }],
    };
    return editedView(ctx, open, await changeTerms(ctx, open, 'total', { ...patch, whole, ...worth }));
  },
  present: changedCard,
});
