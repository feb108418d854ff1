import { flat } from '../../kernel/recognise/words.ts';
import { keyedToken } from './keyed.ts';
import { isEmpty, type Reading, slice } from './reading.ts';
import { keyOf } from './spec.ts';
import { type LineToken, legible } from './tokens.ts';
import { isTyped, takeAt } from './typed.ts';
import { refuseOpenQuote } from './untyped.ts';

const fillers = new Set('to on at by for with due 给 于 在 和 与 跟'.split(' '));
const dashes = /^(?:-{2,}|[—–―]+|备注[:：])\s*/;

/**
 * Commands whose last field takes the line as it is (`next D-142 fri 10:00 call about 15nov`): what comes first
 * is read by type and position, and from the first word that fits nowhere on, everything is text.
 */
export function restArguments(reading: Reading): void {
  const { tokens } = reading;
  let at = 0;
  while (at < tokens.length) {
    const used = before(reading, at);
    if (used === 0) break;
    at += used;
  }
  if (at < tokens.length) takeRest(reading, at, gluedTime(reading, at));
}

/** Reads one thing before the rest begins; 0 when it begins here. */
function before(reading: Reading, at: number): number {
  const { tokens, spec } = reading;
  const token = tokens[at];
  if (!token || isMark(token)) return 0;
  if (token.key !== undefined) {
    if (!spec.keys.has(keyOf(token.key))) return 0;
    keyedToken(reading, at);
    return reading.taken.length - at;
  }
  const used = takeAt(reading, at, false) || takeAt(reading, at, true);
  if (used > 0) return used;
  if (!token.quoted && fillers.has(flat(token.text)) && isTyped(reading, at + 1)) {
    reading.taken[at] = 'other';
    return 1;
  }
  const field = spec.positional.find(
    ({ meta, name }) =>
      reading.raw[name] === undefined &&
      (meta.kind === 'ref' || meta.kind === 'person' || meta.kind === 'text'),
  );
  if (!field || refuseOpenQuote(reading, [token])) return 0;
  reading.taken[at] = 'other';
  const found = field.recogniser.read(legible(token.text), reading.read, field.meta);
  reading.raw[field.name] = 'value' in found ? found.value : token.text;
  return 1;
}

const han = /\p{Script=Han}/u;

/**
 * `明天发报价`: Chinese runs the time and what to do then together. Returns how many characters the time took.
 */
function gluedTime(reading: Reading, at: number): number {
  const { spec, read, raw } = reading;
  const token = reading.tokens[at];
  const field = spec.positional.find(
    ({ meta, name }) => (meta.kind === 'when' || meta.kind === 'day') && raw[name] === undefined,
  );
  if (!token || !field || token.quoted || token.key !== undefined || !han.test(token.text)) return 0;
  for (let length = Math.min(token.text.length - 1, 16); length > 1; length--) {
    if (!han.test(token.text[length] ?? '')) continue;
    const part = [{ ...token, text: token.text.slice(0, length) }];
    const taken = field.recogniser.take(part, 0, read, field.meta);
    if (!taken || 'problem' in taken) continue;
    raw[field.name] = taken.value;
    return length;
  }
  return 0;
}

function takeRest(reading: Reading, at: number, offset: number): void {
  const { spec, raw } = reading;
  const { rest } = spec;
  const { tokens } = reading;
  const first = tokens[at];
  if (!first || !rest) return;
  if (first.quoted && isAllKeys(reading, at + 1)) {
    raw[rest.name] = legible(first.text);
    for (let i = at + 1; i < tokens.length; i++) keyedToken(reading, i);
    return;
  }
  const end = beforeKeys(reading, at);
  for (let i = end; i < tokens.length; i++) keyedToken(reading, i);
  const last = tokens[end - 1];
  if (!last) return;
  const all = slice(reading, { ...first, start: first.start + offset }, last);
  const text = (isMark(first) ? all.replace(dashes, '') : all).trim();
  if (text === '') return;
  raw[rest.name] = isEmpty(reading, rest) ? text : `${String(raw[rest.name])} ${text}`;
}

function isMark(token: LineToken): boolean {
  return !token.quoted && token.key === undefined && dashes.test(token.text);
}

/** The keys of its own at the end of the line still are keys: `promise acme trial unit by:5nov`. */
function beforeKeys(reading: Reading, from: number): number {
  const { tokens } = reading;
  let end = tokens.length;
  const seen = new Set<string>();
  while (end > from + 1) {
    const name = ownKey(reading, tokens[end - 1]);
    if (name === undefined || seen.has(name)) break;
    seen.add(name);
    end--;
  }
  return end;
}

function isAllKeys(reading: Reading, from: number): boolean {
  for (let i = from; i < reading.tokens.length; i++) {
    if (ownKey(reading, reading.tokens[i]) === undefined) return false;
  }
  return true;
}

/** The field of a `key:value` that is one of the command's own keys and still open. */
function ownKey(reading: Reading, token: LineToken | undefined): string | undefined {
  if (token?.key === undefined || token.text === '') return undefined;
  const key = keyOf(token.key);
  if (!reading.spec.ownKeys.some((own) => keyOf(own) === key)) return undefined;
  const field = reading.spec.keys.get(key);
  return field && isEmpty(reading, field) ? field.name : undefined;
}
