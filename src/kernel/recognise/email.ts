import { kernelMessages as t } from './messages.ts';
import type { Problem, Recogniser } from './recogniser.ts';
import { ahead, shown, whole } from './words.ts';

/** An address; ones that are almost right come back with the correction. */
export const email: Recogniser = {
  take(tokens, at) {
    const view = ahead(tokens, at);
    const word = view?.typed.slice(0, view.ends[0] ?? 0) ?? '';
    if (word.indexOf('@') < 1) return undefined;
    const read = readAddress(word);
    return 'problem' in read ? { used: 1, problem: read.problem } : { used: 1, value: read.value };
  },
  read: (text) => readAddress(whole(text).typed),
  print: (value) => String(value ?? ''),
};

function readAddress(text: string): { value: string } | { problem: Problem } {
  const word = text.replace(/^mailto:/i, '').replace(/^<([^<>]*)>$/, '$1');
  if (isAddress(word)) return { value: word };
  const suggestion = word
    .replace(/\s+/g, '')
    .replace(/[,;。]/g, '.')
    .replace(/\.{2,}/g, '.')
    .replace(/@{2,}/g, '@')
    .replace(/@\./, '@')
    .replace(/\.$/, '');
  if (suggestion !== word && isAddress(suggestion)) {
    return { problem: { message: t('email-meant', { text: shown(text), suggestion }), suggestion } };
  }
  return { problem: { message: t('not-email', { text: shown(text) }) } };
}

/** By hand instead of one pattern: linear on any input. */
function isAddress(word: string): boolean {
  const at = word.indexOf('@');
  if (at < 1 || at !== word.lastIndexOf('@') || word.length > 254) return false;
  const name = word.slice(0, at);
  const labels = word.slice(at + 1).split('.');
  if (!/^[A-Za-z0-9_'+.-]*[A-Za-z0-9_+-]$/.test(name) || name.startsWith('.') || name.includes('..'))
    return false;
  if (labels.length < 2 || !/^[A-Za-z]{2,}$/.test(labels.at(-1) ?? '')) return false;
  return labels.every((label) => /^[A-Za-z0-9][A-Za-z0-9-]*$/.test(label));
}
