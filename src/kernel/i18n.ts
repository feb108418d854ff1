import type { Inline, InlineValue, Locale } from './text.ts';

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
  return Object.assign(t, { namespace, messages: messages as Record<Locale, Messages> });
}
