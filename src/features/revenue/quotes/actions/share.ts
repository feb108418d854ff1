import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { f } from '../../../../kernel/fields.ts';
import { strong } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { memberOf } from '../../../../runtime/context.ts';
import { quoteField } from '../inputs.ts';
import { t } from '../messages.ts';
import { sharedQuote } from '../model.ts';
import { quoteShared } from '../notifications.ts';
import { sharePlace } from '../place.ts';
import { visibleQuote } from '../rights.ts';
import { numberOf, requireLive } from '../terms.ts';
import { viewOf } from '../views.ts';

export const share = defineAction({
  name: 'quotes.share',
  title: t('share-title'),
  summary: t('share-summary'),
  effect: 'write',
  input: z.strictObject({ quote: quoteField(), channel: f.channel(t('channel')).optional() }),
  output: sharedQuote,
  roles: sellingRoles,
  command: {
    verb: 'quote-share',
    aliases: ['分享报价', 'share-quote'],
    args: ['quote', 'channel'],
    keys: { channel: 'channel', 频道: 'channel' },
    group: 'deals',
    examples: { en: ['quote-share Q-57 #sales-east'], 'zh-CN': ['分享报价 Q-57 #sales-east'] },
  },
  example: { as: 'rep', input: { quote: 'Q-2', channel: '#sales-west' } },

  mayOpen: async (ctx, { quote }) => quote && visibleQuote(ctx, quote.id),
  async run(ctx, { quote, channel }) {
    const { quote: row } = await visibleQuote(ctx, quote.id);
    requireLive(row);
    const { address, label } = await sharePlace(ctx, channel);
    const view = await viewOf(ctx, quote.id);
    // Everybody in the channel reads it: what it costs us stays out, whoever shares it.
    const told = { ...view, terms: view.terms && { ...view.terms, margin: null } };
    const minute = ctx.now.toISOString().slice(0, 16);
    const key = `${row.id} v${row.termsVersion} ${minute}`;
    ctx.notify(quoteShared, { key, to: address, quote: told, by: memberOf(ctx).name });
    return { quote: { number: numberOf(row), name: row.name }, channel: label };
  },
  present: ({ quote, channel }) => ({
    tone: 'ok',
    title: t('shared', { record: strong(quote.number), channel }),
    blocks: [],
  }),
});
