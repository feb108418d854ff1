import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { versionCard } from '../cards.ts';
import { quoteDocument } from '../document.ts';
import { quoteField, versionField } from '../inputs.ts';
import { t } from '../messages.ts';
import { oldQuote } from '../model.ts';
import { requireQuote } from '../rights.ts';
import { viewOf } from '../views.ts';

export const version = defineAction({
  name: 'quotes.version',
  title: t('version-title'),
  summary: t('version-summary'),
  effect: 'read',
  input: z.strictObject({ quote: quoteField(), version: versionField() }),
  output: oldQuote,
  roles: internalRoles,
  command: {
    verb: 'quote-version',
    aliases: ['报价版本', '报价单版本'],
    args: ['quote', 'version'],
    keys: { version: 'version', v: 'version', 版本: 'version' },
    group: 'deals',
    examples: { en: ['quote-version Q-57 1'], 'zh-CN': ['报价版本 Q-57 1'] },
  },
  example: { as: 'rep', input: { quote: 'Q-1', version: 1 } },

  async run(ctx, { quote, version: wanted }) {
    const view = await viewOf(ctx, quote.id, wanted);
    if (view.restricted) return { ...view, current: null };
    return { ...view, current: (await requireQuote(ctx, quote.id)).quote.termsVersion };
  },
  present: versionCard,
  document: quoteDocument,
});
