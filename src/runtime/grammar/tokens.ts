import type { Token } from '../../kernel/recognise/recogniser.ts';

/** A word with what the parser needs beyond its text. */
export interface LineToken extends Token {
  /** Where the value begins: after `key:`. */
  valueStart: number;
  /** A comma or the like follows: the words around it do not belong together. */
  comma?: true;
  /** Begins with a quotation mark that is never closed. */
  open?: true;
}

/** A line as words. */
export interface Words {
  /** The line all offsets refer to. */
  line: string;
  /** Without the note and the final `?`. */
  tokens: LineToken[];
  note?: string;
  /** Where the words end: before the note. */
  end: number;
  dryRun: boolean;
}

export const maxLineLength = 4000;

/** The same characters the fields drop from what is stored. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the purpose
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g;
const autoLink = /<(mailto:|tel:|https?:\/\/)([^<>|\s]{1,500})(?:\|([^<>]{1,500}))?>/g;

/** Drops control characters and direction marks, and turns links the platform made back into what was typed. */
export function decode(line: string): string {
  const clean = line.replace(controls, '');
  if (!clean.includes('<')) return clean;
  return clean.replace(autoLink, (_all, scheme: string, target: string, label: string | undefined) => {
    if (scheme === 'tel:') return target;
    if (label !== undefined && !/\s/.test(label)) return label;
    return scheme === 'mailto:' ? target : `${scheme}${target}`;
  });
}

const noteMark = /(?:-{2,}|[—–―]+)(?!>)|备注[:：]/y;
const mention = /<@([\w.:-]{1,80})(?:\|([^<>]{0,80}))?>/y;
const channel = /<[#!][^<>\s]{1,100}>/y;
const keyPattern = /[\p{L}][\p{L}_-]{0,30}[:：]/uy;
const space = /\s/;
const softBreaks = '，、；';
const doubleQuotes = '"“”„‟＂';
const pairs: Readonly<Record<string, string>> = { '「': '」', '『': '』', '«': '»', '‘': "’'", "'": "'’" };
const recordAfterHan = /^(\p{Script=Han}{1,20})([LDCKQAP]-\d{1,9})$/iu;
const recordBeforeHan = /^([LDCKQAP]-\d{1,9})(?=\p{Script=Han})/iu;

/** Splits a decoded line into words. Linear in its length. `note: false` leaves `--` a word. */
export function tokenise(line: string, options: { note?: boolean } = {}): Words {
  const tokens: LineToken[] = [];
  let at = 0;
  let end = line.length;
  let note: string | undefined;
  const closing = new Map<string, boolean>();
  while (at < line.length) {
    const char = line[at] ?? '';
    if (space.test(char)) {
      at++;
      continue;
    }
    if (isBreak(line, at)) {
      const last = tokens.at(-1);
      if (last) last.comma = true;
      at++;
      continue;
    }
    if (options.note !== false) {
      const mark = sticky(noteMark, line, at);
      if (mark) {
        note = line.slice(at + mark[0].length).trim();
        end = at;
        break;
      }
    }
    at = word(line, at, tokens, closing);
  }
  const dryRun = takeDryRun(tokens);
  return note === undefined || note === ''
    ? { line, tokens, end, dryRun }
    : { line, tokens, end, dryRun, note };
}

/** Adds the word that begins at `start`; returns where it ends. */
function word(line: string, start: number, tokens: LineToken[], closing: Map<string, boolean>): number {
  const person = sticky(mention, line, start);
  if (person) {
    tokens.push(mentioned(person, start, start));
    return start + person[0].length;
  }
  const key = sticky(keyPattern, line, start)?.[0];
  if (key && !isScheme(line, start, key)) return keyed(line, start, key, tokens, closing);
  const value = bareValue(line, start, closing);
  const { end, ...rest } = value;
  if (!value.quoted && !value.open) {
    const split = recordAfterHan.exec(value.text)?.[1] ?? recordBeforeHan.exec(value.text)?.[1];
    if (split) {
      const middle = start + split.length;
      tokens.push({ text: split, quoted: false, start, end: middle, valueStart: start });
      tokens.push({
        text: value.text.slice(split.length),
        quoted: false,
        start: middle,
        end,
        valueStart: middle,
      });
      return end;
    }
  }
  tokens.push({ ...rest, start, end, valueStart: start });
  return end;
}

/** `https://…`, `mailto:…` and `tel:…` are values. */
function isScheme(line: string, start: number, key: string): boolean {
  return line.startsWith('//', start + key.length) || /^(?:mailto|tel):$/i.test(key);
}

function keyed(
  line: string,
  start: number,
  key: string,
  tokens: LineToken[],
  closing: Map<string, boolean>,
): number {
  let from = start + key.length;
  // `key: value`: the value may follow after spaces, unless the next word is a key or note itself.
  let next = from;
  while (next < line.length && space.test(line[next] ?? '')) next++;
  const isValue =
    next < line.length &&
    (next === from ||
      !(
        sticky(noteMark, line, next) ||
        (sticky(keyPattern, line, next) && !/^https?:/.test(line.slice(next, next + 6)))
      ));
  const name = key.slice(0, -1);
  if (!isValue || isBreak(line, next)) {
    tokens.push({ key: name, text: '', quoted: false, start, end: from, valueStart: from });
    return from;
  }
  from = next;
  const person = sticky(mention, line, from);
  if (person) {
    tokens.push({ ...mentioned(person, start, from), key: name });
    return from + person[0].length;
  }
  const { end, ...value } = bareValue(line, from, closing);
  tokens.push({ ...value, key: name, start, end, valueStart: from });
  return end;
}

function mentioned(match: RegExpExecArray, start: number, valueStart: number): LineToken {
  const [all, externalId = '', name] = match;
  const who = name ? { externalId, name } : { externalId };
  return { text: all, quoted: false, mention: who, start, end: valueStart + all.length, valueStart };
}

/** A quoted string or a run of characters up to the next space or comma. */
function bareValue(
  line: string,
  start: number,
  closing: Map<string, boolean>,
): { text: string; quoted: boolean; open?: true; end: number } {
  const char = line[start] ?? '';
  const isDouble = doubleQuotes.includes(char);
  const isQuote = isDouble || pairs[char] !== undefined;
  if (isQuote) {
    const quoted = closing.get(char) === false ? null : readQuoted(line, start, char, isDouble);
    if (quoted) return quoted;
    // No mark to close it from here on, so none from any later place: keeps many open quotes linear.
    if (quoted === null) closing.set(char, false);
  }
  const link = sticky(channel, line, start);
  if (link) return { text: link[0], quoted: false, end: start + link[0].length };
  let end = start + 1;
  while (end < line.length) {
    const next = line[end] ?? '';
    if (space.test(next) || isBreak(line, end)) break;
    if (next === '<' && line[end + 1] === '@' && sticky(mention, line, end)) break;
    end++;
  }
  const text = line.slice(start, end);
  const isOpen = isQuote && char !== "'" && char !== '‘';
  return isOpen ? { text, quoted: false, open: true, end } : { text, quoted: false, end };
}

/** `null`: nothing closes it. `undefined`: another quotation begins first. */
function readQuoted(line: string, start: number, open: string, isDouble: boolean) {
  let close = -1;
  if (open === '"') close = straightClose(line, start + 1);
  if (close < 0 && isDouble) close = firstOf(line, start + 1, doubleQuotes);
  if (isDouble && close >= 0 && beginsQuotation(line, close)) return undefined;
  const closers = pairs[open];
  if (closers !== undefined) {
    close = firstOf(line, start + 1, closers);
    // An apostrophe inside a word closes nothing.
    const isSingle = open === "'" || open === '‘';
    while (isSingle && close > 0 && !isBoundary(line, close + 1)) close = firstOf(line, close + 1, closers);
  }
  if (close < 0) return null;
  const inner = line.slice(start + 1, close);
  const text = open === '"' ? inner.replaceAll('""', '"') : inner;
  return { text: text.trim(), quoted: true as const, end: close + 1 };
}

/** The next `"` that is not doubled; doubled ones stand for one inside the text. */
function straightClose(line: string, from: number): number {
  let at = line.indexOf('"', from);
  while (at >= 0 && line[at + 1] === '"') at = line.indexOf('"', at + 2);
  return at;
}

/** ` "so`: a mark that begins another quotation does not end this one. */
function beginsQuotation(line: string, at: number): boolean {
  const next = line[at + 1];
  return space.test(line[at - 1] ?? '') && next !== undefined && !space.test(next) && !/[\p{P}]/u.test(next);
}

function firstOf(line: string, from: number, chars: string): number {
  for (let at = from; at < line.length; at++) if (chars.includes(line[at] ?? '')) return at;
  return -1;
}

function isBoundary(line: string, at: number): boolean {
  return at >= line.length || space.test(line[at] ?? '') || /[,，、;；.。:：]/.test(line[at] ?? '');
}

/** Commas part words: full-width ones anywhere but between digits, ASCII ones before a space. */
function isBreak(line: string, at: number): boolean {
  const char = line[at] ?? '';
  if (softBreaks.includes(char)) return !(isDigit(line[at - 1]) && isDigit(line[at + 1]));
  if (char !== ',' && char !== ';') return false;
  return at + 1 >= line.length || space.test(line[at + 1] ?? '');
}

function isDigit(char: string | undefined): boolean {
  return char !== undefined && /[\d０-９]/.test(char);
}

const glued = /^([LDCKQAP]-?\d{1,9})[?？]$/i;

/** Removes the final `?`; `D-142?` counts too. */
function takeDryRun(tokens: LineToken[]): boolean {
  const last = tokens.at(-1);
  if (!last || last.quoted || last.key !== undefined) return false;
  if (/^[?？]$/.test(last.text)) {
    tokens.pop();
    return true;
  }
  const number = glued.exec(last.text)?.[1];
  if (number === undefined) return false;
  tokens[tokens.length - 1] = { ...last, text: number, end: last.end - 1 };
  return true;
}

function sticky(pattern: RegExp, line: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(line);
}

/** Text for people: mentions and channels by the name they were typed with. */
export function legible(text: string): string {
  if (!text.includes('<')) return text;
  return text.replace(/<([@#])[\w.:-]{1,80}\|([^<>]{1,80})>/g, '$1$2');
}
