import type { Inline } from '../../kernel/text.ts';
import { locales } from '../../kernel/text.ts';
import type { PlatformWords } from '../../runtime/ports.ts';
import type { Card } from '../../view/card.ts';
import type { Reader } from '../../view/reader.ts';
import { plain } from '../../view/spans.ts';
import type { Translate } from '../../view/translator.ts';

export const slackCommand = '/crm';

/** How a typed line looks in Slack. */
export const slackWords: PlatformWords = {
  commandLine: (line) => (line === '' ? slackCommand : `${slackCommand} ${line}`),
};

/** For answers that come before anybody knows who asks. */
export function unknownReader(translate: Translate): Reader {
  return { locale: 'en', timeZone: 'UTC', translate, commandLine: slackWords.commandLine };
}

/** The same words in every language: the reader's is not known where this is shown. */
export function everyLanguage(inline: Inline, translate: Translate): Card {
  const reader = unknownReader(translate);
  const [first = '', ...others] = locales.map((locale) => plain(inline, { ...reader, locale }));
  return {
    tone: 'warn',
    blocks: [{ t: 'text', of: first }, ...others.map((of) => ({ t: 'text' as const, of }))],
  };
}
