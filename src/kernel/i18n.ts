import { type Inline, type InlineValue, type Locale, locales } from './text.ts';

export type Messages = Readonly<Record<string, string>>;

/** ICU messages of one namespace in every language; keys are equal by type, arguments by test. */
export interface Catalog<M extends Messages = Messages> {
  (key: keyof M & string, values?: Record<string, InlineValue>): Inline;
  readonly namespace: string;
  readonly messages: Readonly<Record<Locale, Messages>>;
}

/**
 * Binds the messages of one namespace (a feature, or an engine part). Messages are ICU; `<b>`, `<i>` and `<c>`
 * (code) may wrap parts of them. Calling the catalog gives a node, not words.
 */
export function defineCatalog<const M extends Messages>(
  namespace: string,
  messages: { en: M; 'zh-CN': Readonly<Record<keyof M, string>> },
): Catalog<M> {
  const t = (key: keyof M & string, values?: Record<string, InlineValue>): Inline =>
    values === undefined
      ? { t: 'msg', key: `${namespace}.${key}` }
      : { t: 'msg', key: `${namespace}.${key}`, values };
  const catalog = Object.assign(t, { namespace, messages: messages as Record<Locale, Messages> });
  known.set(namespace, catalog);
  return catalog;
}

const known = new Map<string, Catalog>();

/**
 * The plain words of a label in every language: what people may type for it, whatever language their profile
 * says. Empty for anything but literal text and messages without arguments or markup.
 */
export function wordsOf(label: Inline): readonly string[] {
  if (typeof label === 'string') return [label];
  if (label.t !== 'msg' || label.values) return [];
  const dot = label.key.indexOf('.');
  const catalog = known.get(label.key.slice(0, dot));
  if (!catalog) return [];
  return locales
    .map((locale) => catalog.messages[locale][label.key.slice(dot + 1)])
    .filter((text): text is string => text !== undefined && !/[{<]/.test(text));
}
