import type { Locale } from '../../kernel/text.ts';
import { chinese } from './chinese.ts';
import { english, type Words } from './english.ts';

export function wordsIn(locale: Locale): Words {
  return locale === 'zh-CN' ? chinese : english;
}

/** Before anybody is known, the browser's language. */
export function guessedLocale(): Locale {
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}
