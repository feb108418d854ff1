import { currencyIn, nearestCurrency } from '../../kernel/recognise/currencies.ts';
import type { Taken } from '../../kernel/recognise/recogniser.ts';
import { grammarMessages as t } from './messages.ts';
import { isEmpty, type Reading } from './reading.ts';
import { keyOf, type SpecField } from './spec.ts';
import type { LineToken } from './tokens.ts';

/** Kinds that take words by position. */
export const byPosition: ReadonlySet<string> = new Set(['text', 'note', 'ref', 'person']);
/** Kinds whose values are no part of a name unless that is in quotes. */
const unmistakable = new Set(['money', 'percent', 'email', 'phone']);
const shownLength = 60;

/** `10k 20k`: what is unmistakably a second value of a field is no name. Offers each of the two alone. */
export function refuseTwice(reading: Reading, left: readonly LineToken[]): void {
  for (const token of left) {
    for (const field of reading.spec.positional) {
      const before = reading.places.get(field.name);
      if (!before || !unmistakable.has(field.meta.kind)) continue;
      const taken = takenAt(reading, token, field);
      if (!taken || 'problem' in taken || taken.loose) continue;
      const last = reading.tokens[token.index + taken.used - 1] ?? token;
      const first = { start: before[0].start, end: before[1].end };
      const second = { start: token.start, end: last.end };
      const start = Math.min(first.start, second.start);
      const end = Math.max(first.end, second.end);
      const without = (gone: { start: number; end: number }) =>
        `${reading.words.line.slice(start, gone.start)} ${reading.words.line.slice(gone.end, end)}`.trim();
      const text = reading.words.line.slice(second.start, second.end).slice(0, shownLength);
      const message = t('said-twice', { label: field.meta.label, text });
      const choices = [without(second), without(first)];
      for (let i = token.index; i <= last.index; i++) reading.taken[i] = 'other';
      reading.problems.push({ message, field: field.name, start, end, choices });
      return;
    }
  }
}

/**
 * `50k USDT`, `pumps ABC 50k`: capitals beside an amount are a currency, unless a name still needs them. One nobody
 * knows is not passed over: the amount would be in another. Nor is a rare one in small letters (`kwd 50k`).
 */
export function refuseCurrency(reading: Reading, left: readonly LineToken[]): void {
  for (const field of reading.spec.positional) {
    const place = reading.places.get(field.name);
    if (!place || field.meta.kind !== 'money') continue;
    const [first, last] = place;
    const code = codeBehind(reading, last, left) ?? codeBefore(reading, first, left);
    if (!code) continue;
    const start = Math.min(first.start, code.start);
    const end = Math.max(last.end, code.end);
    const amount = reading.words.line.slice(first.start, last.end);
    const known = currencyIn(code.text);
    const near = known ?? nearestCurrency(code.text);
    const name = code.index < first.index ? nameBefore(reading, code) : undefined;
    const from = name?.first.start ?? start;
    const before = reading.words.line.slice(from, start);
    const choices = [
      ...(near === undefined ? [] : [`${before}${near} ${amount}`]),
      ...(name ? [`"${name.text.replaceAll('"', '""')} ${code.text}" ${amount}`] : []),
    ];
    reading.raw[field.name] = reading.words.line.slice(start, end);
    reading.taken[code.index] = 'other';
    const message = t(known ? 'currency-or-name' : 'unknown-currency', { code: code.text });
    reading.problems.push({ message, field: field.name, start: from, end, ...wayOut(choices) });
    return;
  }
}

function wayOut(choices: readonly string[]): { instead?: string; choices?: readonly string[] } {
  const [only, more] = choices;
  if (only === undefined) return {};
  return more === undefined ? { instead: only } : { choices };
}

function codeBehind(reading: Reading, amount: LineToken, left: readonly LineToken[]): LineToken | undefined {
  const code = reading.tokens[amount.index + 1];
  if (!code || amount.comma || !isCode(reading, code)) return undefined;
  const next = reading.tokens[code.index + 1];
  const isAlone = !next || code.comma || next.quoted || next.key !== undefined || reading.taken[next.index];
  if (!isAlone) return undefined;
  const wanted = openByPosition(reading).filter((field) => field.required);
  return left.length - 1 >= wanted.length ? code : undefined;
}

/** Between a name and the amount; without quotes only where every field has its words without it. */
function codeBefore(reading: Reading, amount: LineToken, left: readonly LineToken[]): LineToken | undefined {
  const code = reading.tokens[amount.index - 1];
  if (!code || code.comma || !isCode(reading, code)) return undefined;
  const before = reading.tokens[code.index - 1];
  if (before?.quoted) return code;
  if (!before || reading.taken[before.index] || before.comma) return undefined;
  if (code.text.length > 3 && nearestCurrency(code.text) === undefined) return undefined;
  return left.length - 1 >= openByPosition(reading).length ? code : undefined;
}

function openByPosition(reading: Reading): SpecField[] {
  return reading.spec.positional.filter(
    (field) => byPosition.has(field.meta.kind) && isEmpty(reading, field),
  );
}

/** The words before a code that are one name with it: what is in quotes, or all but a word for each record. */
function nameBefore(reading: Reading, code: LineToken): { first: LineToken; text: string } | undefined {
  const { tokens, taken } = reading;
  const last = tokens[code.index - 1];
  if (!last) return undefined;
  if (last.quoted) return { first: last, text: last.text };
  let at = last.index;
  const joins = (token: LineToken | undefined) =>
    token && !taken[token.index] && !token.quoted && token.key === undefined && !token.comma;
  while (joins(tokens[at - 1])) at--;
  const open = openByPosition(reading);
  const records = open.findIndex(({ meta }) => meta.kind === 'text' || meta.kind === 'note');
  const first = tokens[Math.min(at + Math.max(records, 0), last.index)] ?? last;
  return { first, text: reading.words.line.slice(first.start, last.end) };
}

function isCode(reading: Reading, token: LineToken): boolean {
  if (reading.taken[token.index] || token.quoted || token.key !== undefined) return false;
  return /^[A-Z]{3,5}$/.test(token.text) || currencyIn(token.text) !== undefined;
}

/**
 * Words after a name that ends before them, because it stands in quotes or is another's: choices of a field still
 * empty are read as that (`contact acme "Zhou Min" decider`), all others are refused by name.
 */
export function leftOver(reading: Reading, words: readonly LineToken[]): void {
  const left: LineToken[] = [];
  for (const token of words) {
    if (reading.taken[token.index]) continue;
    if (takeOption(reading, token, words.length) === 0) left.push(token);
  }
  refuseUnused(reading, left);
}

/**
 * How many words at the end of a name without quotes are a choice of a field that is only named by key
 * (`contact acme Zhou Min decider`); the first is always the name's. Short ones are too often part of it: `Vitamin C`.
 */
export function trailingOption(reading: Reading, words: readonly LineToken[]): number {
  if (!reading.spec.namesAreKept) return 0;
  for (let count = Math.min(words.length - 1, 2); count > 0; count--) {
    const token = words[words.length - count];
    if (!token || token.quoted || token.text.length < (/\p{Script=Han}/u.test(token.text) ? 2 : 4)) continue;
    const used = takeOption(reading, token, count);
    if (used > 0) return used === count ? count : 0;
  }
  return 0;
}

/** Gives a word, with those after it, to the choice it is; returns how many words that took. */
function takeOption(reading: Reading, token: LineToken, most: number): number {
  if (token.quoted || token.key !== undefined) return 0;
  for (const field of reading.spec.fields.values()) {
    if (field.meta.kind !== 'oneOf' || !isEmpty(reading, field)) continue;
    const taken = takenAt(reading, token, field);
    if (!taken || 'problem' in taken || taken.used > most) continue;
    for (let i = token.index; i < token.index + taken.used; i++) reading.taken[i] = 'other';
    reading.raw[field.name] = taken.value;
    return taken.used;
  }
  return 0;
}

function takenAt(reading: Reading, token: LineToken, field: SpecField): Taken {
  const { tokens, read, taken } = reading;
  if (token.quoted || token.key !== undefined) return undefined;
  const found = field.recogniser.take(tokens, token.index, read, field.meta);
  for (let i = token.index; found && i < token.index + found.used; i++) if (taken[i]) return undefined;
  return found;
}

/** Words no field can take. A near miss of a typed value is corrected, a key without colon completed. */
export function refuseUnused(reading: Reading, left: readonly LineToken[]): void {
  const { spec, problems, raw, read } = reading;
  const first = left[0];
  if (!first) return;
  const [start, end] = [first.start, first.end];
  const next = left[1];
  const key = spec.keys.get(keyOf(first.text));
  if (!first.quoted && key && next && isEmpty(reading, key)) {
    const instead = `${first.text}:${reading.words.line.slice(next.start, next.end)}`;
    problems.push({ message: t('unused', { text: first.text }), start, end: next.end, instead });
    return;
  }
  const open = spec.positional.filter(
    ({ meta, name }) => !byPosition.has(meta.kind) && raw[name] === undefined,
  );
  for (const field of open) {
    const found = field.recogniser.read(first.text, read, field.meta);
    if (!('problem' in found)) {
      // Said in quotes, or a form only a whole value may have: `"quote"`, `12345` as a phone.
      raw[field.name] = found.value;
      if (left.length > 1) refuseUnused(reading, left.slice(1));
      return;
    }
    const { message, suggestion } = found.problem;
    // `talked` is no mistaken time; `q5` is a mistaken period.
    const isMeant = field.required || (open.length === 1 && /\d/.test(first.text));
    if (suggestion === undefined && !isMeant) continue;
    const fix = suggestion === undefined ? {} : { instead: suggestion };
    problems.push({ message, field: field.name, start, end, ...fix });
    return;
  }
  const all = left.map((token) => reading.words.line.slice(token.start, token.end)).join(' ');
  const text = all.slice(0, shownLength);
  const toNote = spec.note && isEmpty(reading, spec.note) && reading.words.note === undefined;
  if (!toNote) {
    problems.push({ message: t('unused', { text }), start, end });
    return;
  }
  problems.push({
    message: t('unused-note', { text }),
    start,
    end: reading.words.line.length,
    instead: [...keptAfter(reading, left), `-- ${all}`].join(' '),
  });
}

/** What of the line stays before the note when words move into it. */
function keptAfter({ words, tokens }: Reading, left: readonly LineToken[]): string[] {
  const from = left[0]?.start ?? 0;
  const kept = tokens
    .filter((token) => token.start > from && !left.includes(token))
    .map((token) => words.line.slice(token.start, token.end));
  return words.dryRun ? [...kept, '?'] : kept;
}
