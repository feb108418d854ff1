import type { Token } from '../../kernel/recognise/recogniser.ts';
import { isSpace, type Quotes, quotesIn, readQuoted } from './quotes.ts';

/** A word with what the parser needs beyond its text. */
export interface LineToken extends Token {
  /** Position among the words. */
  index: number;
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
/** Names of channels may hold spaces. */
const channel = /<#[\w.:@-]{1,200}(?:\|[^<>|]{0,80})?>|<![^<>\s]{1,100}>/y;
const longestKey = 31;
const keyPattern = /[\p{L}][\p{L}_-]{0,30}(?:[:：]|[=＝](?![=>]))/uy;
/** A note that begins without a space before it (`认可方案——下周再谈`, `20m--ok`); addresses hold hyphens of their own. */
const gluedMark = /(?:[—―]+|-{2,})(?!>)/y;
const lessThan = 60;
const beyondLatin = /[\u2e80-\uffff]/;
const softBreaks = '，、；';
const recordAfterHan = /^(\p{Script=Han}{1,20})([LDCKQAP]-\d{1,9})$/iu;
const recordBeforeHan = /^([LDCKQAP]-\d{1,9})(?=\p{Script=Han})/iu;

/** A line being split. */
interface Source {
  line: string;
  quotes: Quotes;
  /** The next colon from where we are. */
  colon: number;
  hasNote: boolean;
}

type Value = { text: string; quoted: boolean; open?: true; end: number };

/**
 * Splits a decoded line into words. Linear in its length. `note: false` leaves `--` a word; with `gluedDryRun` the
 * final `?` may stand at the end of the last word.
 */
export function tokenise(line: string, options: { note?: boolean; gluedDryRun?: boolean } = {}): Words {
  const tokens: LineToken[] = [];
  let at = 0;
  let end = line.length;
  let note: string | undefined;
  const source: Source = { line, quotes: quotesIn(line), colon: -1, hasNote: options.note !== false };
  while (at < line.length) {
    if (isSpace(line.charCodeAt(at))) {
      at++;
      continue;
    }
    if (isBreak(line, at) || isBar(line, at)) {
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
    at = word(source, at, tokens);
  }
  const dryRun = takeDryRun(tokens, options.gluedDryRun === true);
  tokens.forEach((token, index) => {
    token.index = index;
  });
  return note === undefined || note === ''
    ? { line, tokens, end, dryRun }
    : { line, tokens, end, dryRun, note };
}

/** Adds the word that begins at `start`; returns where it ends. */
function word(source: Source, start: number, tokens: LineToken[]): number {
  const { line } = source;
  const person = line[start] === '<' ? sticky(mention, line, start) : null;
  if (person) {
    tokens.push(mentioned(person, start, start));
    return start + person[0].length;
  }
  const key = keyAt(source, start);
  if (key && !isScheme(line, start, key)) return keyed(source, start, key, tokens);
  const value = bareValue(source, start);
  const { end, ...rest } = value;
  if (!value.quoted && !value.open && value.text.includes('-') && beyondLatin.test(value.text)) {
    const split = recordAfterHan.exec(value.text)?.[1] ?? recordBeforeHan.exec(value.text)?.[1];
    if (split) {
      const middle = start + split.length;
      tokens.push({ text: split, quoted: false, start, end: middle, index: 0, valueStart: start });
      tokens.push({
        text: value.text.slice(split.length),
        quoted: false,
        start: middle,
        end,
        index: 0,
        valueStart: middle,
      });
      return end;
    }
  }
  tokens.push({ ...rest, start, end, index: 0, valueStart: start });
  return end;
}

/** The `key:` a word begins with. Looks for the colon first: most words have none. */
function keyAt(source: Source, start: number): string | undefined {
  if (source.colon < start) {
    const rest = source.line.slice(start).search(/[:：=＝]/);
    source.colon = rest < 0 ? Number.POSITIVE_INFINITY : start + rest;
  }
  if (source.colon - start > longestKey) return undefined;
  return sticky(keyPattern, source.line, start)?.[0];
}

/** `https://…`, `mailto:…` and `tel:…` are values. */
function isScheme(line: string, start: number, key: string): boolean {
  return line.startsWith('//', start + key.length) || /^(?:mailto|tel):$/i.test(key);
}

function keyed(source: Source, start: number, key: string, tokens: LineToken[]): number {
  const { line } = source;
  let from = start + key.length;
  // `key: value`: the value may follow after spaces, unless the next word is a key or note itself.
  let next = from;
  while (next < line.length && isSpace(line.charCodeAt(next))) next++;
  const isValue =
    next < line.length &&
    (next === from ||
      !(
        sticky(noteMark, line, next) ||
        (sticky(keyPattern, line, next) && !/^https?:/.test(line.slice(next, next + 6)))
      ));
  const name = key.slice(0, -1);
  if (!isValue || isBreak(line, next)) {
    tokens.push({ key: name, text: '', quoted: false, start, end: from, index: 0, valueStart: from });
    return from;
  }
  from = next;
  const person = sticky(mention, line, from);
  if (person) {
    tokens.push({ ...mentioned(person, start, from), key: name });
    return from + person[0].length;
  }
  const { end, ...value } = bareValue(source, from);
  tokens.push({ ...value, key: name, start, end, index: 0, valueStart: from });
  return end;
}

function mentioned(match: RegExpExecArray, start: number, valueStart: number): LineToken {
  const [all, externalId = '', name] = match;
  const who = name ? { externalId, name } : { externalId };
  return {
    text: all,
    quoted: false,
    mention: who,
    start,
    end: valueStart + all.length,
    index: 0,
    valueStart,
  };
}

/** A quoted string or a run of characters up to the next space or comma. */
function bareValue(source: Source, start: number): Value {
  const { line } = source;
  const quoted = readQuoted(source.quotes, start);
  if (quoted && 'text' in quoted) return { text: quoted.text, quoted: true, end: quoted.end };
  const link = line[start] === '<' ? sticky(channel, line, start) : null;
  if (link) return { text: link[0], quoted: false, end: start + link[0].length };
  let end = start + 1;
  while (end < line.length) {
    const code = line.charCodeAt(end);
    if (isSpace(code) || isBreak(line, end)) break;
    if (code === lessThan && line[end + 1] === '@' && sticky(mention, line, end)) break;
    if (source.hasNote && isGluedNote(line, start, end)) break;
    end++;
  }
  const text = line.slice(start, end);
  return quoted?.open ? { text, quoted: false, open: true, end } : { text, quoted: false, end };
}

function isGluedNote(line: string, start: number, at: number): boolean {
  const char = line[at] ?? '';
  if (char !== '-' && char !== '—' && char !== '―') return false;
  const mark = sticky(gluedMark, line, at)?.[0];
  if (mark === undefined) return false;
  if (char === '-') return !/[@./]|^xn$/i.test(line.slice(start, at));
  // One dash alone may be part of a Latin name.
  return mark.length > 1 || beyondLatin.test(line[at - 1] ?? '') || beyondLatin.test(line[at + 1] ?? '');
}

/** Commas part words: full-width ones anywhere but between digits, ASCII ones before a space. */
function isBreak(line: string, at: number): boolean {
  const char = line[at] ?? '';
  if (char > ';' && char < '、') return false;
  if (softBreaks.includes(char)) return !(isDigit(line[at - 1]) && isDigit(line[at + 1]));
  if (char !== ',' && char !== ';') return false;
  return at + 1 >= line.length || isSpace(line.charCodeAt(at + 1));
}

/** `Foo Ltd | Jane Doe`, as out of a table. */
function isBar(line: string, at: number): boolean {
  const isApart = (index: number) => index < 0 || index >= line.length || isSpace(line.charCodeAt(index));
  return (line[at] === '|' || line[at] === '｜') && isApart(at - 1) && isApart(at + 1);
}

function isDigit(char: string | undefined): boolean {
  return char !== undefined && /[\d０-９]/.test(char);
}

const glued = /^([LDCKQAP]-?\d{1,9})[?？]$/i;

/** Removes the final `?`; `D-142?` counts too, and with `isGlued` any last word. */
function takeDryRun(tokens: LineToken[], isGlued: boolean): boolean {
  const last = tokens.at(-1);
  if (!last || last.quoted || last.open || last.mention) return false;
  if (isGlued && last.text.length > 1 && /[^?？][?？]$/.test(last.text)) {
    tokens[tokens.length - 1] = { ...last, text: last.text.slice(0, -1), end: last.end - 1 };
    return true;
  }
  if (last.key !== undefined) return false;
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
  return text.replace(/<([@#])[\w.:@-]{1,200}\|([^<>]{1,80})>/g, '$1$2');
}
