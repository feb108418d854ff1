import type { ReadContext } from '../../kernel/recognise/recogniser.ts';
import { bareKey, keyedToken, wordAsKey } from './keyed.ts';
import { grammarMessages as t } from './messages.ts';
import type { LineProblem, Reading } from './reading.ts';
import { restArguments } from './rest.ts';
import type { Spec } from './spec.ts';
import { legible, type Words } from './tokens.ts';
import { takeTyped } from './typed.ts';
import { assignWords } from './untyped.ts';

export interface Arguments {
  raw: Record<string, unknown>;
  problems: LineProblem[];
  unsure: boolean;
}

/** Gives every word after the verb its field. Nothing is dropped: what fits nowhere is a problem. */
export function readArguments(spec: Spec, words: Words, read: ReadContext): Arguments {
  const { tokens } = words;
  const reading: Reading = {
    spec,
    read,
    words,
    tokens,
    taken: [],
    places: new Map(),
    raw: {},
    problems: [],
    unsure: false,
  };
  if (spec.rest) {
    restArguments(reading);
  } else {
    for (let i = 0; i < tokens.length; i++) {
      if (tokens[i]?.key !== undefined) keyedToken(reading, i);
      else if (spec.wordsAreKeys && !reading.taken[i]) wordAsKey(reading, i);
      else if (spec.bareKeys.size > 0 && !reading.taken[i]) bareKey(reading, i);
    }
    takeTyped(reading);
    assignWords(reading);
  }
  takeNote(reading);
  reading.problems.sort((a, b) => a.start - b.start);
  const { raw, problems, unsure } = reading;
  return { raw, problems, unsure };
}

function takeNote(reading: Reading): void {
  const { words, spec } = reading;
  if (words.note === undefined) return;
  if (spec.note && reading.raw[spec.note.name] === undefined) {
    reading.raw[spec.note.name] = legible(words.note);
    return;
  }
  const message = spec.note
    ? t('said-twice', { label: spec.note.meta.label, text: words.note.slice(0, 60) })
    : t('no-note', { text: words.note.slice(0, 60) });
  const drop = spec.note ? {} : { instead: '' };
  reading.problems.push({ message, start: words.end, end: words.line.length, ...drop });
}
