import type { Taken, Token } from '../../kernel/recognise/recogniser.ts';
import { nearest } from '../../kernel/recognise/spelling.ts';
import { code, listed } from '../../kernel/text.ts';
import { grammarMessages as t } from './messages.ts';
import { isEmpty, type Reading } from './reading.ts';
import { keyOf, type SpecField } from './spec.ts';
import { type LineToken, legible } from './tokens.ts';

/** Kinds whose value after a key may be several words: `when:fri 10:00`. */
const severalWords = new Set(['money', 'percent', 'minutes', 'day', 'when', 'span', 'phone', 'oneOf', 'ref']);

/** Reads `key:value` at `at`; an unknown key is a problem that names the nearest. */
export function keyedToken(reading: Reading, at: number): void {
  const token = reading.tokens[at];
  if (token?.key === undefined) return;
  reading.taken[at] = 'other';
  const field = reading.spec.keys.get(keyOf(token.key));
  if (!field) {
    unknownKey(reading, token, token.key);
    return;
  }
  if (token.text === '' && !token.quoted) {
    reading.problems.push({
      message: t('key-without-value', { key: token.key }),
      start: token.start,
      end: token.end,
    });
    return;
  }
  takeValue(reading, at, field);
}

/** A bare word that is a key, before its value (`set D-142 amount 95k`), in commands without free text. */
export function wordAsKey(reading: Reading, at: number): void {
  const token = reading.tokens[at];
  const next = reading.tokens[at + 1];
  if (!token || !next || token.quoted || token.mention || next.key !== undefined) return;
  const field = reading.spec.keys.get(keyOf(token.text));
  // The note stands after `--`; before it the word means what it says (`log note D-142 -- …`).
  if (!field || field === reading.spec.note || !isEmpty(reading, field)) return;
  reading.taken[at] = 'other';
  takeValue(reading, at + 1, field);
}

/** Reads the value that begins with token `at` into `field`. */
function takeValue(reading: Reading, at: number, field: SpecField): void {
  const { tokens, read, raw, problems } = reading;
  const token = tokens[at];
  if (!token) return;
  reading.taken[at] = 'other';
  const { meta, recogniser, name } = field;
  const typed = reading.words.line.slice(token.valueStart, token.end);
  if (raw[name] !== undefined && meta.kind !== 'manyOf') {
    const message = t('said-twice', { label: meta.label, text: typed.slice(0, 60) });
    problems.push({ message, field: name, start: token.start, end: token.end });
    return;
  }
  const taken = severalWords.has(meta.kind) && !token.quoted ? takeSeveral(reading, at, field) : undefined;
  if (taken) {
    for (let i = at; i < at + taken.used; i++) reading.taken[i] = 'other';
    const last = tokens[at + taken.used - 1] ?? token;
    settle(reading, field, taken, token.valueStart, last.end);
    return;
  }
  const mention = recogniser.take([{ ...withoutKey(token) }], 0, read, meta);
  const text = meta.kind === 'text' || meta.kind === 'note' ? legible(token.text) : token.text;
  const value =
    token.mention && mention && 'value' in mention
      ? { value: mention.value }
      : recogniser.read(text, read, meta);
  settle(reading, field, value, token.valueStart, token.end);
  if (meta.kind === 'manyOf') takeMore(reading, at, field);
}

/** `topics:a、b` and `topics:a, b` go on behind the comma. */
function takeMore(reading: Reading, at: number, field: SpecField): void {
  const { tokens, read } = reading;
  for (let i = at; tokens[i]?.comma && tokens[i + 1]?.key === undefined; i++) {
    const next = tokens[i + 1];
    if (!next || reading.taken[i + 1]) return;
    const found = field.recogniser.read(next.text, read, field.meta);
    if ('problem' in found) return;
    reading.taken[i + 1] = 'other';
    settle(reading, field, found, next.start, next.end);
  }
}

function settle(
  reading: Reading,
  field: SpecField,
  found: { value: unknown } | Exclude<Taken, undefined> | ReturnType<SpecField['recogniser']['read']>,
  start: number,
  end: number,
): void {
  const { raw, problems } = reading;
  const { name } = field;
  if ('value' in found) {
    const before = raw[name];
    raw[name] =
      Array.isArray(before) && Array.isArray(found.value)
        ? [...new Set([...before, ...found.value])]
        : found.value;
    return;
  }
  const { message, suggestion, alternatives } = found.problem;
  raw[name] = reading.words.line.slice(start, end);
  problems.push({
    message,
    field: name,
    start,
    end,
    ...(suggestion === undefined ? {} : { instead: quotedIfSpaced(suggestion) }),
    ...(alternatives === undefined ? {} : { choices: alternatives.map(quotedIfSpaced) }),
  });
}

function quotedIfSpaced(text: string): string {
  return text.includes(' ') ? `"${text}"` : text;
}

/** The longest value that begins with the token and runs on over plain words. */
function takeSeveral(reading: Reading, at: number, field: SpecField): Taken {
  const { tokens, read } = reading;
  const first = tokens[at];
  if (!first) return undefined;
  const run: Token[] = [withoutKey(first)];
  for (let i = at + 1; i < tokens.length && run.length < 6; i++) {
    const token = tokens[i];
    if (!token || token.key !== undefined || token.quoted || reading.taken[i]) break;
    run.push(token);
  }
  return field.recogniser.take(run, 0, read, field.meta);
}

function withoutKey(token: LineToken): Token {
  const { key: _key, ...rest } = token;
  return rest;
}

function unknownKey(reading: Reading, token: LineToken, key: string): void {
  const { spec, problems } = reading;
  const near = nearest(keyOf(key), spec.keys.keys());
  const { start, end } = token;
  if (near !== undefined) {
    const known = spec.ownKeys.find((own) => keyOf(own) === near) ?? near;
    const instead = `${known}:${reading.words.line.slice(token.valueStart, end)}`;
    problems.push({ message: t('unknown-key-meant', { key, suggestion: known }), start, end, instead });
    return;
  }
  if (spec.ownKeys.length === 0) {
    problems.push({ message: t('unknown-key-no-keys', { key }), start, end });
    return;
  }
  const keys = listed(spec.ownKeys.map((own) => code(`${own}:`)));
  problems.push({ message: t('unknown-key', { key, keys }), start, end });
}
