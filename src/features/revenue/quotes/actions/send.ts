import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { changeRecord } from '../../../../store/records.ts';
import { sentCard } from '../cards.ts';
import { quoteField, versionField } from '../inputs.ts';
import { t } from '../messages.ts';
import { quoteView } from '../model.ts';
import { quoteRecord } from '../record.ts';
import { writableQuote } from '../rights.ts';
import { labelOf, noteChange, openForChange, openWay, requireValid } from '../terms.ts';
import { viewOf } from '../views.ts';
import { statusTexts } from '../words.ts';

export const send = defineAction({
  name: 'quotes.send',
  title: t('send-title'),
  summary: t('send-summary'),
  effect: 'write',
  input: z.strictObject({ quote: quoteField(), version: versionField().optional() }),
  output: quoteView,
  roles: sellingRoles,
  hidden: ['version'],
  command: {
    verb: 'quote-send',
    aliases: ['发送报价', '报价已发', 'quote-sent', 'send-quote'],
    args: ['quote'],
    group: 'deals',
    examples: { en: ['quote-send Q-57'], 'zh-CN': ['发送报价 Q-57'] },
  },
  example: { as: 'rep', input: { quote: 'Q-3' } },

  mayOpen: async (ctx, { quote }) => quote && writableQuote(ctx, quote.id, t('doing-send')),
  async run(ctx, { quote, version }) {
    await writableQuote(ctx, quote.id, t('doing-send'));
    const open = await openForChange(ctx, quote.id, { version });
    if (open.status === 'sent') {
      const values = { record: labelOf(open), status: statusTexts.sent };
      throw new AppError('conflict', t('is-not-open', values), { waysOut: [openWay(open)] });
    }
    requireValid(ctx, open);
    noteChange(ctx, await changeRecord(ctx, quoteRecord, open, { status: 'sent', sentAt: ctx.now }));
    return viewOf(ctx, quote.id);
  },
  present: sentCard,
});
