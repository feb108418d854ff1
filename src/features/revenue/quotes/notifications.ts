import { z } from 'zod';
import { channelAddress, defineNotification } from '../../../runtime/notification.ts';
import { openButton, quoteLine } from './cards.ts';
import { linesTable, sumFields } from './line-blocks.ts';
import { t } from './messages.ts';
import { quoteView } from './model.ts';

/** A quote shown in a channel of our own people, without what it costs us. */
export const quoteShared = defineNotification({
  name: 'quotes.shared',
  payload: z.strictObject({
    /** Pressed twice, or by two people at once, it is one message. */
    key: z.string(),
    to: channelAddress,
    quote: quoteView,
    by: z.string(),
  }),
  audience: ({ to }) => [{ channel: to }],
  dedupeKey: ({ key }) => key,
  render: ({ quote, by }) => ({
    tone: 'info',
    title: quoteLine(quote),
    blocks: [
      ...(quote.terms
        ? [
            linesTable(quote.terms),
            { t: 'fields' as const, fields: sumFields(quote.terms) },
            { t: 'context' as const, of: quote.terms.taxNote ?? t('usual-tax') },
          ]
        : []),
      { t: 'context', of: t('shared-by', { name: by }) },
      { t: 'buttons', buttons: [openButton(quote)] },
    ],
  }),
});
