import { type Inline, locales } from '../../kernel/text.ts';
import type { PlatformWords } from '../../runtime/ports.ts';
import type { Reader } from '../../view/reader.ts';
import { plain } from '../../view/spans.ts';
import type { Translate } from '../../view/translator.ts';

/** How a typed line looks in Teams: what stands in channels is read there too. */
export const teamsWords: PlatformWords = {
  commandLine: (line) => (line === '' ? '@CRM help' : `@CRM ${line}`),
};

/** For answers that come before the engine knows who asks. */
export function unknownReader(translate: Translate, locale: string | null | undefined): Reader {
  return {
    locale: locale?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en',
    timeZone: 'UTC',
    translate,
    commandLine: teamsWords.commandLine,
  };
}

/** The same words in every language: for what stands before many, or before somebody unknown. */
export function everyLanguage(inline: Inline, reader: Reader): string[] {
  return locales.map((locale) => plain(inline, { ...reader, locale }));
}
