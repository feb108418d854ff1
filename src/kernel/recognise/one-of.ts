import type { FieldMeta, FieldOption } from '../fields.ts';
import { wordsOf } from '../i18n.ts';
import { code, type Inline, listed } from '../text.ts';
import { kernelMessages as t } from './messages.ts';
import type { Problem, Read, ReadContext, Recogniser } from './recogniser.ts';
import { nearest } from './spelling.ts';
import { ahead, flat, shown } from './words.ts';

/** One of a closed list: by value, by its label in any language, or by another word for it. */
export const oneOf: Recogniser = {
  take(tokens, at, _read, meta) {
    const view = ahead(tokens, at);
    if (!view || !meta.options) return undefined;
    const known = vocabulary(meta.options);
    for (let i = Math.min(view.ends.length, 3) - 1; i >= 0; i--) {
      const value = known.get(squeezed(view.text.slice(0, view.ends[i] ?? 0)));
      if (value !== undefined) return { used: i + 1, value };
    }
    return undefined;
  },
  read: readOption,
  print: (value, read, meta) => optionWord(String(value ?? ''), read, meta),
};

/** Several of a closed list, written with commas. */
export const manyOf: Recogniser = {
  take(tokens, at, read, meta) {
    const view = ahead(tokens, at);
    const word = view?.text.slice(0, view.ends[0] ?? 0) ?? '';
    if (word === '') return undefined;
    const found = manyOf.read(word, read, meta);
    return 'value' in found ? { used: 1, value: found.value } : undefined;
  },
  read(text, read, meta) {
    const values = new Set<unknown>();
    for (const part of text.split(/[,，、;；|]/)) {
      if (part.trim() === '') continue;
      const found = readOption(part, read, meta);
      if ('problem' in found) return found;
      values.add(found.value);
    }
    return { value: [...values] };
  },
  print: (value, read, meta) =>
    (Array.isArray(value) ? value : [value ?? ''])
      .map((one) => optionWord(String(one), read, meta))
      .join(','),
};

/** The option a misspelt word is nearest to. */
export function nearestOption(text: string, meta: FieldMeta): string | undefined {
  const known = vocabulary(meta.options ?? []);
  const word = nearest(squeezed(flat(text)), known.keys());
  return word === undefined ? undefined : known.get(word);
}

const hanWord = /^[\p{Script=Han}]{1,8}$/u;

/** What a reader types for an option: its value, in Chinese the first plain Chinese word that means it. */
function optionWord(value: string, { locale }: Pick<ReadContext, 'locale'>, meta: FieldMeta): string {
  const option = locale === 'zh-CN' ? meta.options?.find((one) => one.value === value) : undefined;
  if (!option) return value;
  const known = vocabulary(meta.options ?? []);
  const words = [...wordsOf(option.label), ...(option.words ?? [])];
  return words.find((word) => hanWord.test(word) && known.get(squeezed(flat(word))) === value) ?? value;
}

function readOption(text: string, read: ReadContext, meta: FieldMeta): Read {
  const options = meta.options ?? [];
  const value = vocabulary(options).get(squeezed(flat(text)));
  if (value !== undefined) return { value };
  const suggestion = nearestOption(text, meta);
  const names: Inline = listed(
    options.slice(0, 12).map((option) => code(optionWord(option.value, read, meta))),
  );
  if (suggestion === undefined) {
    return { problem: { message: t('not-option', { text: shown(text), options: names }) } };
  }
  const meant = optionWord(suggestion, read, meta);
  const message = t('option-meant', { text: shown(text), options: names, suggestion: meant });
  return { problem: { message, suggestion: meant } satisfies Problem };
}

const vocabularies = new WeakMap<readonly FieldOption[], ReadonlyMap<string, string>>();

function vocabulary(options: readonly FieldOption[]): ReadonlyMap<string, string> {
  let known = vocabularies.get(options);
  if (!known) {
    const words = new Map<string, string>();
    // A value never gives way to another option's label.
    for (const { value } of options) words.set(squeezed(flat(value)), value);
    for (const { value, label, words: more = [] } of options) {
      for (const word of [...more, ...wordsOf(label)]) {
        const key = squeezed(flat(word));
        if (key !== '' && !words.has(key)) words.set(key, value);
      }
    }
    known = words;
    vocabularies.set(options, known);
  }
  return known;
}

/** `no-budget`, `no budget` and `nobudget` are one word. */
function squeezed(text: string): string {
  return text.replace(/[-_\s]/g, '');
}
