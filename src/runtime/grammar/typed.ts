import { grammarMessages as t } from './messages.ts';
import { isEmpty, keyFor, type LineProblem, type Reading } from './reading.ts';
import type { SpecField } from './spec.ts';

/** Kinds that words are given to by position instead. */
const untyped = new Set(['text', 'note', 'flag']);
/** Kinds between which there is no question: the first empty field gets it. */
const families: Readonly<Record<string, string>> = {
  day: 'date',
  when: 'date',
  email: 'address',
  person: 'address',
};

type Candidate = { field: SpecField; used: number } & (
  | { value: unknown; loose: boolean }
  | { problem: LineProblem }
);

/** Gives the words that say what they are to the first empty field of their kind; loose fits come last. */
export function takeTyped(reading: Reading): void {
  for (let i = 0; i < reading.tokens.length; i++) {
    if (!reading.taken[i]) takeAt(reading, i, false);
  }
  for (let i = 0; i < reading.tokens.length; i++) {
    if (!reading.taken[i]) takeAt(reading, i, true);
  }
}

/** Tries the word at `at`; returns how many words were taken. */
export function takeAt(reading: Reading, at: number, loose: boolean): number {
  const found = candidates(reading, at).filter(
    (one) => 'problem' in one || one.loose === loose || (loose && !one.loose),
  );
  const values = found.filter((one) => 'value' in one);
  const best = longest(values) ?? (loose ? undefined : longest(found));
  if (!best) return 0;
  if (loose && isCountOfWords(reading, at, best)) {
    reading.unsure = true;
    return 0;
  }
  const rivals = values.filter(
    (one) => one.used === best.used && familyOf(one.field) !== familyOf(best.field),
  );
  for (let i = at; i < at + best.used; i++) reading.taken[i] = 'typed';
  const { name } = best.field;
  const [first, last] = [reading.tokens[at], reading.tokens[at + best.used - 1]];
  if (first && last) reading.places.set(name, [first, last]);
  const text = typedText(reading, at, best.used);
  if ('problem' in best) {
    reading.raw[name] = text;
    reading.problems.push(best.problem);
  } else if (rivals[0]) {
    reading.problems.push(whichProblem(reading, at, best, rivals[0]));
  } else {
    reading.raw[name] = best.value;
  }
  return best.used;
}

/** Whether the word would be taken for what it is, without taking it. */
export function isTyped(reading: Reading, at: number): boolean {
  return candidates(reading, at).some((one) => 'problem' in one || !one.loose);
}

function candidates(reading: Reading, at: number): Candidate[] {
  const { spec, tokens, read, taken, raw } = reading;
  const token = tokens[at];
  if (!token || token.key !== undefined || (token.quoted && !token.mention)) return [];
  const found: Candidate[] = [];
  const seen = new Set<string>();
  for (const field of spec.positional) {
    const { meta, recogniser, name } = field;
    if (raw[name] !== undefined || untyped.has(meta.kind)) continue;
    const result = recogniser.take(tokens, at, read, meta);
    if (!result || anyTaken(taken, at, result.used)) continue;
    if ('problem' in result) {
      const { message, suggestion, alternatives } = result.problem;
      const end = tokens[at + result.used - 1]?.end ?? token.end;
      found.push({
        field,
        used: result.used,
        problem: {
          message,
          field: name,
          start: token.start,
          end,
          ...(suggestion === undefined ? {} : { instead: suggestion }),
          ...(alternatives === undefined ? {} : { choices: alternatives }),
        },
      });
      continue;
    }
    const family = familyOf(field);
    // A second empty field of the family waits for the next word.
    if (seen.has(family) && !result.loose) continue;
    seen.add(family);
    found.push({ field, used: result.used, value: result.value, loose: result.loose === true });
  }
  return found;
}

function anyTaken(taken: Reading['taken'], at: number, used: number): boolean {
  for (let i = at; i < at + used; i++) if (taken[i]) return true;
  return false;
}

function longest<C extends Candidate>(found: readonly C[]): C | undefined {
  let best: C | undefined;
  for (const one of found) if (!best || one.used > best.used) best = one;
  return best;
}

function familyOf(field: SpecField): string {
  return families[field.meta.kind] ?? field.meta.kind;
}

/** `40 pumps`: a small bare number before a word counts that word; it is no amount. */
function isCountOfWords(reading: Reading, at: number, best: Candidate): boolean {
  if (best.field.meta.kind !== 'money') return false;
  const { spec, tokens, taken } = reading;
  const token = tokens[at];
  const next = tokens[at + best.used];
  if (!token || !next || taken[at + best.used] || next.key !== undefined || next.quoted || token.comma)
    return false;
  if (token.text.replace(/\D/g, '').length > 3 || !/^\p{L}/u.test(next.text)) return false;
  // Where the amount is spoken before the text (`expense D-142 320 taxi`) it is one.
  const before = spec.positional.slice(0, spec.positional.indexOf(best.field));
  return before.some((field) => field.meta.kind === 'text' && isEmpty(reading, field));
}

function typedText(reading: Reading, at: number, used: number): string {
  const { tokens, words } = reading;
  return words.line.slice(tokens[at]?.start ?? 0, tokens[at + used - 1]?.end ?? 0);
}

function whichProblem(reading: Reading, at: number, a: Candidate, b: Candidate): LineProblem {
  const text = typedText(reading, at, a.used);
  const start = reading.tokens[at]?.start ?? 0;
  const value = text.includes(' ') ? `"${text}"` : text;
  return {
    message: t('which', { text: text.slice(0, 60), first: a.field.meta.label, second: b.field.meta.label }),
    start,
    end: start + text.length,
    choices: [a, b].map((one) => `${keyFor(reading.spec, one.field, reading.read)}:${value}`),
  };
}
