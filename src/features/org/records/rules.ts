import { wordsOf } from '../../../kernel/i18n.ts';
import type { RecordKind } from '../../../store/records.ts';

export const pageSize = 10;

const plain = (word: string) =>
  word
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[-_\s]/g, '');

/** Codes of the kind's state that a word means: the code itself or its word in any language. */
export function statesMeant(kind: RecordKind, word: string): string[] {
  const labels = kind.state === undefined ? undefined : kind.valueLabels?.[kind.state];
  if (!labels) return [];
  const wanted = plain(word);
  return Object.entries(labels)
    .filter(([code, label]) => [code, ...wordsOf(label)].some((one) => plain(one) === wanted))
    .map(([code]) => code);
}
