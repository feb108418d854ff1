import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { f } from '../../../../kernel/fields.ts';
import { strong } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { documentLinkCard, issueDocumentLink } from '../../../org/members/api.ts';
import { quoteField, versionField } from '../inputs.ts';
import { t } from '../messages.ts';
import { quotePdf } from '../model.ts';
import { visibleQuote } from '../rights.ts';
import { viewOf } from '../views.ts';

export const pdf = defineAction({
  name: 'quotes.pdf',
  title: t('pdf-title'),
  summary: t('pdf-summary'),
  effect: 'write',
  input: z.strictObject({
    quote: quoteField(),
    version: versionField().optional(),
    language: f
      .oneOf(t('pdf-language'), [
        { value: 'en', label: 'English', words: ['english', '英文', '英语'] },
        { value: 'zh-CN', label: '简体中文', words: ['zh', 'cn', 'chinese', '中文', '简体'] },
      ])
      .optional(),
  }),
  output: quotePdf,
  roles: internalRoles,
  noUndo: t('pdf-no-undo'),
  // A link works once: asking again makes another one.
  repeatable: true,
  command: {
    verb: 'quote-pdf',
    aliases: ['报价PDF', '报价单PDF', 'pdf-quote'],
    args: ['quote', 'language', 'version'],
    keys: {
      language: 'language',
      lang: 'language',
      语言: 'language',
      version: 'version',
      v: 'version',
      版本: 'version',
    },
    group: 'deals',
    examples: {
      en: ['quote-pdf Q-57', 'quote-pdf Q-57 language:zh'],
      'zh-CN': ['报价PDF Q-57', '报价PDF Q-57 语言:en'],
    },
  },
  example: { as: 'rep', input: { quote: 'Q-1' } },

  mayOpen: async (ctx, { quote }) => quote && visibleQuote(ctx, quote.id),
  async run(ctx, { quote, version, language }) {
    await visibleQuote(ctx, quote.id);
    const { number, terms } = await viewOf(ctx, quote.id, version);
    const wanted =
      version === undefined
        ? { action: 'quotes.show', input: { quote: number } }
        : { action: 'quotes.version', input: { quote: number, version } };
    const url = await issueDocumentLink(ctx, { ...wanted, locale: language });
    return { number, version: terms?.version ?? 0, url };
  },
  present: ({ number, version, url }) =>
    documentLinkCard(t('pdf-of', { record: strong(`${number} v${version}`) }), url),
});
