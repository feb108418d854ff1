import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { changeRecord } from '../../../../store/records.ts';
import { declinedCard } from '../cards.ts';
import { quoteField } from '../inputs.ts';
import { t } from '../messages.ts';
import { quoteView } from '../model.ts';
import { quoteRecord } from '../record.ts';
import { writableQuote } from '../rights.ts';
import { noteChange, openForChange, todayOf } from '../terms.ts';
import { viewOf } from '../views.ts';

export const decline = defineAction({
  name: 'quotes.decline',
  title: t('decline-title'),
  summary: t('decline-summary'),
  effect: 'write',
  input: z.strictObject({
    quote: quoteField(),
    reason: f.text(t('reason'), { placeholder: 'too expensive' }),
  }),
  output: quoteView,
  roles: sellingRoles,
  command: {
    verb: 'quote-decline',
    aliases: ['拒绝报价', 'decline-quote'],
    args: ['quote', 'reason'],
    keys: { reason: 'reason', 原因: 'reason' },
    rest: 'reason',
    group: 'deals',
    examples: { en: ['quote-decline Q-57 too expensive'], 'zh-CN': ['拒绝报价 Q-57 价格太高'] },
  },
  example: { as: 'rep', input: { quote: 'Q-2', reason: 'too expensive' } },

  mayOpen: async (ctx, { quote }) => quote && writableQuote(ctx, quote.id, t('doing-decline')),
  async run(ctx, { quote, reason }) {
    await writableQuote(ctx, quote.id, t('doing-decline'));
    const open = await openForChange(ctx, quote.id);
    const patch = { status: 'declined' as const, closedOn: todayOf(ctx), reason };
    noteChange(ctx, await changeRecord(ctx, quoteRecord, open, patch));
    return viewOf(ctx, quote.id);
  },
  present: declinedCard,
});
