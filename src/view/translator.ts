import { IntlMessageFormat } from 'intl-messageformat';
import type { Catalog } from '../kernel/i18n.ts';
import type { Inline, Locale } from '../kernel/text.ts';

export type Translate = (key: string, values: Record<string, unknown>, locale: Locale) => (string | Inline)[];

const tag = (t: 'strong' | 'em' | 'code') => (chunks: unknown[]) => ({
  t,
  of: { t: 'seq', of: chunks.map((chunk) => (typeof chunk === 'number' ? String(chunk) : chunk)) },
});
const tags = { b: tag('strong'), i: tag('em'), c: tag('code') };

/** Words for message keys from all catalogs. Messages are parsed once, on first use. */
export function createTranslate(catalogs: readonly Catalog[]): Translate {
  const raw = new Map<string, string>();
  for (const { namespace, messages } of catalogs) {
    for (const [locale, texts] of Object.entries(messages)) {
      for (const [key, text] of Object.entries(texts)) raw.set(`${locale} ${namespace}.${key}`, text);
    }
  }
  const parsed = new Map<string, IntlMessageFormat>();
  return (key, values, locale) => {
    const id = `${locale} ${key}`;
    let message = parsed.get(id);
    if (!message) {
      const text = raw.get(id);
      if (text === undefined) return [key];
      message = new IntlMessageFormat(text, locale, undefined, { ignoreTag: false });
      parsed.set(id, message);
    }
    const formatted = message.formatToParts({ ...values, ...tags } as never);
    return formatted.map(({ value }) => (typeof value === 'number' ? String(value) : value)) as Inline[];
  };
}
