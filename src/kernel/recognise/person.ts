import type { Recogniser } from './recogniser.ts';
import { printKey } from './ref.ts';
import { ahead, uniform } from './words.ts';

const self = new Set(['me', 'myself', '我', '自己', '本人']);

/** A colleague: a mention (`<@U123|name>`), `@name`, `me` or an e-mail address. */
export const person: Recogniser = {
  take(tokens, at) {
    const mention = tokens[at]?.mention;
    if (mention) {
      const name = mention.name === undefined ? '' : `|${mention.name}`;
      return { used: 1, value: `<@${mention.externalId}${name}>` };
    }
    const view = ahead(tokens, at);
    if (!view) return undefined;
    const first = view.ends[0] ?? 0;
    const word = view.text.slice(0, first);
    if (self.has(word)) return { used: 1, value: 'me' };
    if (/^@[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(word)) return { used: 1, value: view.typed.slice(0, first) };
    const isAddress = /^[^@]+@[^@]+\.[^@]+$/.test(word);
    return isAddress ? { used: 1, value: word, loose: true } : undefined;
  },
  read(text) {
    const trimmed = text.trim();
    const word = uniform(trimmed);
    if (self.has(word.toLowerCase())) return { value: 'me' };
    return { value: trimmed.replace(/^＠/, '@') };
  },
  print: printKey,
};
