import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { changedCard } from '../cards.ts';
import { quoteField, versionField } from '../inputs.ts';
import { t } from '../messages.ts';
import { editedQuote } from '../model.ts';
import { writableQuote } from '../rights.ts';
import { changeTerms, labelOf, lineOf, openForChange, requireRow, termsOf } from '../terms.ts';
import { editedView } from '../views.ts';

export const dropLine = defineAction({
  name: 'quotes.drop-line',
  title: t('drop-title'),
  summary: t('drop-summary'),
  effect: 'write',
  input: z.strictObject({
    quote: quoteField(),
    row: f.number(t('row'), { min: 1, max: 1000 }),
    version: versionField().optional(),
  }),
  output: editedQuote,
  roles: sellingRoles,
  hidden: ['version'],
  example: { as: 'rep', input: { quote: 'Q-3', row: 1 } },

  mayOpen: async (ctx, { quote }) => quote && writableQuote(ctx, quote.id),
  async run(ctx, { quote, row, version }) {
    await writableQuote(ctx, quote.id);
    const open = await openForChange(ctx, quote.id, { version });
    const lines = (await termsOf(ctx, open)).lines.map(lineOf);
    lines.splice(requireRow(lines, row, labelOf(open)), 1);
    return editedView(ctx, open, await changeTerms(ctx, open, 'lines', { lines }));
  },
  present: changedCard,
});
