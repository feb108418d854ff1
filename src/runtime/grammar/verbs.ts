import { parseNumber } from '../../kernel/ids.ts';
import { editDistance } from '../../kernel/recognise/spelling.ts';
import { uniform } from '../../kernel/recognise/words.ts';
import type { Action } from '../action.ts';
import { normaliseVerb, type Registry } from '../registry.ts';
import type { LineToken } from './tokens.ts';

const han = /\p{Script=Han}/u;
const longestVerbWords = 3;

export const helpWords: ReadonlySet<string> = new Set(['help', '帮助', '?', '？', '--help', '-h', '/?']);

/** Whether the text is a record number. `q4` without a hyphen is a quarter. */
export function isRecordNumber(text: string): boolean {
  return text.length <= 20 && parseNumber(text) !== undefined && !/^q\d$/i.test(text);
}

export interface VerbFound {
  action: Action;
  /** Where the arguments begin in the line. */
  end: number;
}

/** The verb the words begin with: `new-lead`, `new lead`, `新建线索`, also glued to what follows it. */
export function findVerb(tokens: readonly LineToken[], registry: Registry): VerbFound | undefined {
  for (let count = Math.min(tokens.length, longestVerbWords); count > 0; count--) {
    const words = tokens.slice(0, count);
    const last = words.at(-1);
    if (!last || words.some((token) => !isPlain(token))) continue;
    const action = registry.verb(words.map((token) => uniform(token.text)).join(''));
    if (action) return { action, end: last.end };
  }
  const first = tokens[0];
  return first && isPlain(first) ? gluedVerb(first, registry) : undefined;
}

function isPlain(token: LineToken): boolean {
  if (token.quoted || token.key !== undefined || token.mention || token.text.length > 60) return false;
  return /^\p{L}/u.test(token.text);
}

/** `新建线索远景机械`: the longest Chinese alias the word begins with. */
function gluedVerb(token: LineToken, registry: Registry): VerbFound | undefined {
  if (!han.test(token.text[0] ?? '')) return undefined;
  for (let length = Math.min(token.text.length - 1, 12); length > 0; length--) {
    const word = token.text.slice(0, length);
    const action = han.test(word.at(-1) ?? '') ? registry.verb(word) : undefined;
    if (action) return { action, end: token.start + length };
  }
  return undefined;
}

export interface VerbGuess extends VerbFound {
  distance: number;
}

/** Verbs a misspelt first word may stand for, nearest first, commonest first among equals. */
export function guessVerbs(
  tokens: readonly LineToken[],
  registry: Registry,
  allowed: (action: Action) => boolean,
): VerbGuess[] {
  const best = new Map<Action, VerbGuess>();
  for (let count = Math.min(tokens.length, 2); count > 0; count--) {
    const words = tokens.slice(0, count);
    const last = words.at(-1);
    if (!last || words.some((token) => !isPlain(token))) continue;
    const typed = normaliseVerb(words.map((token) => uniform(token.text)).join(''));
    for (const [verb, action] of registry.verbs()) {
      if (!allowed(action)) continue;
      const distance = distanceOf(typed, verb);
      const before = best.get(action);
      if (distance === undefined || (before && before.distance <= distance)) continue;
      best.set(action, { action, end: last.end, distance });
    }
  }
  const rank = (guess: VerbGuess) => guess.action.command?.top ?? 99;
  return [...best.values()].sort((a, b) => a.distance - b.distance || rank(a) - rank(b)).slice(0, 5);
}

/** Edits from a typed word to a verb that is near in spelling; beyond 2, the verb begins or ends with the word. */
function distanceOf(typed: string, verb: string): number | undefined {
  return han.test(typed) ? hanDistance(typed, verb) : latinDistance(typed, verb);
}

/** One character wrong, missing, too many or in the wrong place; or the verb without its first or last ones. */
function hanDistance(typed: string, verb: string): number | undefined {
  if (typed.length < 2 || verb.length < 2) return undefined;
  const distance = editDistance(typed, verb, 1);
  if (distance <= 1) return distance;
  const isPart = verb.startsWith(typed) || verb.endsWith(typed);
  return isPart ? 2.5 + (verb.length - typed.length) / 100 : undefined;
}

/**
 * One letter wrong, missing or too many, and one in the wrong place; of long words two. `cover` is no `move`, nor
 * `task` an `ask`: few mistake the letter they begin with.
 */
function latinDistance(typed: string, verb: string): number | undefined {
  const most = typed.length <= 1 ? 0 : typed.length <= 3 ? 1 : 2;
  const distance = editDistance(typed, verb, most);
  const isNear = distance <= most && distance * 2 <= Math.max(typed.length, verb.length);
  if (isNear && lettersOff(typed, verb) <= (verb.length >= 8 ? 2 : 1) && beginsAlike(typed, verb)) {
    return distance;
  }
  // An abbreviation: `pipe`, `prom`.
  return typed.length >= 3 && verb.startsWith(typed) ? 2.5 : undefined;
}

function beginsAlike(typed: string, verb: string): boolean {
  const isSwapped = typed[0] === verb[1] && typed[1] === verb[0];
  return typed.length >= 6 || typed[0] === verb[0] || isSwapped;
}

/** How many letters of one word the other has not, wherever they stand. */
function lettersOff(a: string, b: string): number {
  const missing = (from: string, of: string) => {
    let rest = of;
    let count = 0;
    for (const letter of from) {
      if (rest.includes(letter)) rest = rest.replace(letter, '');
      else count++;
    }
    return count;
  };
  return Math.max(missing(a, b), missing(b, a));
}
