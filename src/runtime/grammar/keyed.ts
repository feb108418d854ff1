import { parseNumber } from '../../kernel/ids.ts';
import type { Taken, Token } from '../../kernel/recognise/recogniser.ts';
import { nearest } from '../../kernel/recognise/spelling.ts';
import { code, listed } from '../../kernel/text.ts';
import { grammarMessages as t } from './messages.ts';
import { isEmpty, type Reading } from './reading.ts';
import { keyOf, type SpecField } from './spec.ts';
import { type LineToken, legible } from './tokens.ts';
import { isTyped } from './typed.ts';

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
  if (isPartOfValue(reading, at)) return;
  reading.taken[at] = 'other';
  takeValue(reading, at + 1, field);
}

/**
 * `lost D-142 reason price rival Grundfos`: a key among free text that no text begins with by chance. The words after
 * it are its value, unless it is the text's own key.
 */
export function bareKey(reading: Reading, at: number): void {
  const { tokens, taken, spec, raw } = reading;
  const field = bareField(reading, at);
  const next = tokens[at + 1];
  if (!field || !next || next.key !== undefined || taken[at + 1]) return;
  if (spec.positional.includes(field)) {
    taken[at] = 'other';
    return;
  }
  if (!isEmpty(reading, field)) return;
  let last = next;
  for (let i = at + 2; !last.comma && !last.quoted && i < tokens.length; i++) {
    const token = tokens[i];
    if (!token || token.quoted || token.key !== undefined || taken[i]) break;
    if (bareField(reading, i) || isTyped(reading, i)) break;
    last = token;
  }
  for (let i = at; i <= last.index; i++) taken[i] = 'other';
  raw[field.name] = next.quoted ? next.text : legible(reading.words.line.slice(next.start, last.end));
}

function bareField({ tokens, spec }: Reading, at: number): SpecField | undefined {
  const token = tokens[at];
  if (!token || token.quoted || token.mention || token.key !== undefined) return undefined;
  return spec.bareKeys.get(keyOf(token.text));
}

/** `20 minutes acme`: a unit belongs to the number before it. `team week`: both words say what they are. */
function isPartOfValue({ spec, tokens, read, taken, raw }: Reading, at: number): boolean {
  const open = spec.positional.filter(({ name }) => raw[name] === undefined);
  const takenFrom = (from: number) =>
    open.flatMap(({ meta, recogniser, name }) => {
      const found = taken[from] ? undefined : recogniser.take(tokens, from, read, meta);
      return found && 'value' in found ? [{ name, used: found.used }] : [];
    });
  if (at > 0 && takenFrom(at - 1).some(({ used }) => used > 1)) return true;
  const own = takenFrom(at).map(({ name }) => name);
  return own.length > 0 && takenFrom(at + 1).some(({ name }) => !own.includes(name));
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
  if (meta.kind === 'person' && reading.spec.wordsAreKeys && !token.quoted && !mention) {
    const last = lastOfName(reading, at, field);
    settle(reading, field, { value: typedName(reading, token, last) }, token.valueStart, last.end);
    return;
  }
  settle(reading, field, value, token.valueStart, token.end);
  if (meta.kind === 'manyOf') takeMore(reading, at, field);
  if (meta.names) takeNames(reading, at, field);
}

/** `to tom becker`: where no text may stand, the words after a name are the rest of it. */
function lastOfName(reading: Reading, at: number, own: SpecField): LineToken {
  const { tokens, taken, spec } = reading;
  let last = tokens[at] as LineToken;
  const others = spec.positional.filter(
    (field) =>
      field !== own && (field.meta.kind === 'ref' || field.meta.kind === 'person') && isEmpty(reading, field),
  );
  const before = tokens.slice(0, at).filter((token) => !taken[token.index] && token.key === undefined);
  const isOpen = others.length > before.length;
  for (let i = at + 1; !isOpen && !last.comma && i < tokens.length && i < at + 4; i++) {
    const token = tokens[i];
    if (!token || token.quoted || token.mention || token.key !== undefined || taken[i]) break;
    if (!/^\p{L}/u.test(token.text) || isTyped(reading, i) || spec.keys.has(keyOf(token.text))) break;
    taken[i] = 'other';
    last = token;
  }
  return last;
}

function typedName(reading: Reading, first: LineToken, last: LineToken): string {
  return legible(reading.words.line.slice(first.valueStart, last.end));
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

const conjunctions = new Set(['and', '&', '和', '与', '及']);

/** `met:Jane, Mark and Ann`: one more word behind each comma and each `and`. */
function takeNames(reading: Reading, at: number, field: SpecField): void {
  const { tokens, taken, raw } = reading;
  let last = addSurname(reading, at, field);
  for (;;) {
    const next = tokens[last + 1];
    const joins = next && !next.quoted && next.key === undefined && conjunctions.has(next.text.toLowerCase());
    const name = joins ? tokens[last + 2] : tokens[last]?.comma ? next : undefined;
    if (!name || name.key !== undefined || taken[name.index]) return;
    // `met:Jane, K-12`: a person by number is one of them.
    if (isTyped(reading, name.index) && parseNumber(name.text)?.kind !== 'contact') return;
    for (let i = last + 1; i <= name.index; i++) taken[i] = 'other';
    raw[field.name] = `${String(raw[field.name])}, ${legible(name.text)}`;
    last = addSurname(reading, name.index, field);
  }
}

const capitalised = /^\p{Lu}[\p{L}'’.-]*$/u;

/** `met:Jane Wu`: capitals behind a name in capitals are the rest of it. Answers the last token of the name. */
function addSurname({ tokens, taken, raw, ...reading }: Reading, at: number, field: SpecField): number {
  let last = at;
  for (let i = at + 1; i < tokens.length && i <= at + 2; i++) {
    const before = tokens[last];
    const token = tokens[i];
    if (!before || !token || before.comma || before.quoted || token.quoted || token.key !== undefined) break;
    if (taken[i] || !capitalised.test(before.text) || !capitalised.test(token.text)) break;
    if (isTyped({ tokens, taken, raw, ...reading }, i)) break;
    taken[i] = 'other';
    raw[field.name] = `${String(raw[field.name])} ${token.text}`;
    last = i;
  }
  return last;
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
