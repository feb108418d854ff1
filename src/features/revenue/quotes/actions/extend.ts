import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { addDays } from '../../../../kernel/dates.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { changedCard } from '../cards.ts';
import { quoteField, requireValidity, validField } from '../inputs.ts';
import { parseExtension, printExtension } from '../line.ts';
import { t } from '../messages.ts';
import { editedQuote } from '../model.ts';
import { writableQuote } from '../rights.ts';
import { usualValidityDays } from '../rules.ts';
import { changeTerms, openForChange, todayOf } from '../terms.ts';
import { editedView } from '../views.ts';

export const extend = defineAction({
  name: 'quotes.extend',
  title: t('extend-title'),
  summary: t('extend-summary'),
  effect: 'write',
  input: z.strictObject({ quote: quoteField(), valid: validField().optional() }),
  output: editedQuote,
  roles: sellingRoles,
  command: {
    verb: 'quote-extend',
    aliases: ['报价延期', '延长报价', 'extend-quote'],
    args: [],
    group: 'deals',
    examples: { en: ['quote-extend Q-57 30d'], 'zh-CN': ['报价延期 Q-57 30天'] },
    parseRest: parseExtension,
    printRest: printExtension,
  },
  example: { as: 'rep', input: { quote: 'Q-2', valid: '+60d' } },

  mayOpen: async (ctx, { quote }) => quote && writableQuote(ctx, quote.id),
  async run(ctx, { quote, valid = addDays(todayOf(ctx), usualValidityDays) }) {
    await writableQuote(ctx, quote.id);
    requireValidity(ctx, valid);
    const open = await openForChange(ctx, quote.id);
    return editedView(ctx, open, await changeTerms(ctx, open, 'validity', { validUntil: valid }));
  },
  present: changedCard,
});
