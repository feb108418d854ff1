import { AppError } from '../../kernel/errors.ts';
import { parseNumber } from '../../kernel/ids.ts';
import type { ReadContext } from '../../kernel/recognise/recogniser.ts';
import { flat, shown } from '../../kernel/recognise/words.ts';
import { command, type Inline } from '../../kernel/text.ts';
import type { Action } from '../action.ts';
import type { Registry } from '../registry.ts';
import { readArguments } from './arguments.ts';
import { grammarMessages as t } from './messages.ts';
import { printLine, verbFor } from './print.ts';
import type { LineProblem } from './reading.ts';
import { type Spec, specOf } from './spec.ts';
import { decode, type LineToken, legible, maxLineLength, tokenise, type Words } from './tokens.ts';
import { findVerb, guessVerbs, helpWords, isRecordNumber, type VerbFound } from './verbs.ts';

export type ParsedLine =
  | {
      kind: 'parsed';
      action: Action;
      /** Values by field: canonical where words say what they are, else the text. */
      raw: Record<string, unknown>;
      dryRun: boolean;
      /** Words that could be divided in several ways: a best guess, to be confirmed in a form. */
      unsure?: true;
      /** Words after a bare record number, which is shown: they had no effect. */
      ignored?: string;
    }
  | { kind: 'empty' }
  /** `topic`: a verb, or what was typed where a verb is expected. */
  | { kind: 'help'; topic?: string }
  | {
      kind: 'problem';
      message: Inline;
      /** The line as it was probably meant, canonical, without `/crm`. */
      fixedLine?: string;
      /** The possible lines, where only the person can choose. */
      fixedLines?: string[];
      /** What was probably meant where the verb itself is a guess. */
      guesses?: readonly GuessedLine[];
      action?: Action;
      raw?: Record<string, unknown>;
    };

/** A line with a guessed verb, canonical, without `/crm`; it is read without a problem. */
export interface GuessedLine {
  line: string;
  action: Action;
  raw: Record<string, unknown>;
  /** It changes nothing, so that nobody has to look twice before running it. */
  isHarmless: boolean;
}

export interface ParseOptions {
  /** Verbs that may be suggested; default: all. */
  allowed?: ((action: Action) => boolean) | undefined;
}

interface Parsing {
  registry: Registry;
  read: ReadContext;
  options: ParseOptions;
  /** Corrections of corrections still allowed. */
  depth: number;
}

const prefix = /^\s*(?:[/／]\s*crm|crm|[@＠]crm)(?=\s|$)/i;
const mostCorrections = 4;
/** More lines than these are no help. */
const mostGuesses = 3;

/** Reads a typed line, with or without `/crm`. Never throws; never drops a word silently. */
export function parseLine(
  line: string,
  registry: Registry,
  read: ReadContext,
  options: ParseOptions = {},
): ParsedLine {
  if (line.length > maxLineLength) {
    return { kind: 'problem', message: t('too-long', { max: maxLineLength, length: line.length }) };
  }
  return parse(line, { registry, read, options, depth: mostCorrections });
}

function parse(typed: string, parsing: Parsing): ParsedLine {
  let line = decode(typed);
  for (let match = prefix.exec(line); match; match = prefix.exec(line)) line = line.slice(match[0].length);
  line = withoutColon(line.trim(), parsing.registry);
  if (line === '') return { kind: 'empty' };
  const words = tokenise(line);
  const help = helpOf(line, words, parsing);
  if (help) return help;
  const first = words.tokens[0];
  if (!first) return unknownVerb(words, undefined, parsing);
  const byNumber = showByNumber(words.tokens, parsing);
  if (byNumber) return { ...byNumber, dryRun: words.dryRun };
  const verb = findVerb(words.tokens, parsing.registry);
  return verb ? parseAction(verb, words, parsing) : unknownVerb(words, first, parsing);
}

/** `跟进：电话 D-142`: a colon after the verb makes no key of it. */
function withoutColon(line: string, registry: Registry): string {
  const match = /^([\p{L}_-]{1,30})[:：](?!\/\/)/u.exec(line);
  const verb = match?.[1];
  return match && verb && registry.verb(verb) ? `${verb} ${line.slice(match[0].length)}`.trim() : line;
}

/** `help`, `help log`, `log help`, `帮助 跟进`, `?`. */
function helpOf(line: string, words: Words, { registry }: Parsing): ParsedLine | undefined {
  const parts = line.split(/\s+/, 4).map((part) => flat(part));
  const [first = '', ...rest] = parts;
  const isAlone = words.dryRun && words.tokens.length === 0;
  if (isAlone || (parts.length === 1 && helpWords.has(first.replace(/(?<=.)\?$/, ''))))
    return { kind: 'help' };
  const last = rest.at(-1) ?? '';
  let topic: string | undefined;
  if (helpWords.has(first) && first !== '--help') topic = rest.join(' ').replace(/ ?\?$/, '');
  else if (rest.length === 1 && helpWords.has(last) && last !== '?') topic = first;
  else if (/^帮助./.test(first) && rest.length === 0) topic = first.slice(2);
  if (topic === undefined) return undefined;
  if (topic === '') return { kind: 'help' };
  const action = registry.verb(topic);
  if (action?.command) return { kind: 'help', topic: action.command.verb };
  // `find help` asks about find, `acme help` is no question for help.
  return helpWords.has(first) || /^帮助/.test(first) ? { kind: 'help', topic } : undefined;
}

/** A line that begins with a record number shows the record. */
function showByNumber(
  tokens: readonly LineToken[],
  parsing: Parsing,
): Extract<ParsedLine, { kind: 'parsed' }> | undefined {
  const [first, ...rest] = tokens;
  if (!first || first.quoted || first.key !== undefined || !isRecordNumber(first.text)) return undefined;
  const shownRecord = showRecord(first.text, parsing);
  if (!shownRecord || rest.length === 0) return shownRecord;
  return { ...shownRecord, ignored: rest.map((token) => token.text).join(' ') };
}

function showRecord(number: string, { registry, read }: Parsing) {
  const action = registry.verb('show');
  if (!action?.command) return undefined;
  const { raw, problems } = readArguments(specOf(action), tokenise(number), read);
  return problems.length > 0 ? undefined : ({ kind: 'parsed', action, raw, dryRun: false } as const);
}

function parseAction(verb: VerbFound, words: Words, parsing: Parsing): ParsedLine {
  const { action } = verb;
  const { read } = parsing;
  const spec = specOf(action);
  const after = words.tokens.filter((token) => token.start >= verb.end || token.end > verb.end);
  const args = argumentWords(words, verb, spec);
  const number = onlyNumber(args.tokens);
  if (number && after.length === 1 && !takesNumber(action, number)) {
    const record = showRecord(number, parsing);
    if (record) return { ...record, dryRun: args.dryRun };
  }
  if (action.command?.parseRest) return parseOwn(action, args, read);
  const { raw, problems, unsure } = readArguments(spec, args, read);
  const [problem] = problems;
  if (problem) return corrected(action, raw, problem, args, parsing);
  const parsed = { kind: 'parsed', action, raw, dryRun: args.dryRun } as const;
  return unsure ? { ...parsed, unsure: true } : parsed;
}

/** The words after the verb, with offsets of their own. */
function argumentWords(words: Words, { action, end }: VerbFound, spec: Spec): Words {
  const noteIsRest = spec.rest !== undefined && spec.note === undefined;
  // What is looked for may be a question.
  const gluedDryRun = action.effect === 'write' && spec.rest === undefined;
  return tokenise(words.line.slice(end).trim(), { note: !noteIsRest, gluedDryRun });
}

function onlyNumber(tokens: readonly LineToken[]): string | undefined {
  const [only, more] = tokens;
  if (!only || more || only.quoted || only.key !== undefined) return undefined;
  return isRecordNumber(only.text) ? only.text : undefined;
}

/** Whether a record number alone can be meant for this command. */
function takesNumber(action: Action, number: string): boolean {
  const kind = parseNumber(number)?.kind ?? '';
  const spec = specOf(action);
  if (action.command?.parseRest || spec.rest) return true;
  return spec.positional.some(({ meta }) => {
    if (meta.kind === 'ref') return meta.lookups?.includes(kind) || action.effect === 'write';
    return meta.kind === 'text' && action.effect === 'read';
  });
}

/** Commands with a grammar of their own read all words themselves; the note stays ours. */
function parseOwn(action: Action, args: Words, read: ReadContext): ParsedLine {
  const note = specOf(action).note;
  try {
    const raw = { ...action.command?.parseRest?.(args.tokens, read) };
    if (args.note !== undefined && note) raw[note.name] ??= legible(args.note);
    else if (args.note !== undefined) {
      return { kind: 'problem', message: t('no-note', { text: shown(args.note) }), action, raw };
    }
    return { kind: 'parsed', action, raw, dryRun: args.dryRun };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { kind: 'problem', message: error.text, action, raw: {} };
  }
}

/** A problem with the line that was probably meant, made canonical by reading it again. */
function corrected(
  action: Action,
  raw: Record<string, unknown>,
  problem: LineProblem,
  args: Words,
  parsing: Parsing,
): ParsedLine {
  const replaced = (text: string) => {
    const verb = verbFor(action, parsing.read);
    const line = `${verb} ${args.line.slice(0, problem.start)}${text}${args.line.slice(problem.end)}`;
    return canonical(line, parsing);
  };
  const result: Extract<ParsedLine, { kind: 'problem' }> = {
    kind: 'problem',
    message: problem.message,
    action,
    raw,
  };
  if (problem.instead !== undefined) result.fixedLine = replaced(problem.instead);
  if (problem.choices !== undefined) result.fixedLines = problem.choices.map(replaced);
  return result;
}

/** The canonical form of a corrected line; what cannot be read yet stays as it is. */
function canonical(line: string, parsing: Parsing): string {
  if (parsing.depth === 0) return line;
  const parsed = parse(line, { ...parsing, depth: parsing.depth - 1 });
  if (parsed.kind === 'problem') return parsed.fixedLine ?? line;
  if (parsed.kind !== 'parsed') return line;
  if (parsed.unsure) return line;
  return `${printLine(parsed.action, parsed.raw, parsing.read)}${parsed.dryRun ? ' ?' : ''}`;
}

/** The nearest verbs the person may use that make sense of the rest of the line, or how the nearest is used. */
function unknownVerb(words: Words, first: LineToken | undefined, parsing: Parsing): ParsedLine {
  const allowed = parsing.options.allowed ?? (() => true);
  const word = (first?.text ?? words.line).slice(0, 60);
  const found = parsing.depth === 0 ? [] : guessVerbs(words.tokens, parsing.registry, allowed);
  const choice = parsing.depth === 0 ? undefined : verbLeftOut(words, parsing, allowed);
  if (choice) return { kind: 'problem', message: t('unknown-verb-meant', { word }), guesses: [choice] };
  const guesses: GuessedLine[] = [];
  let least: number | undefined;
  for (const verb of found) {
    if (least !== undefined && verb.distance > least) break;
    const guess = guessedLine(verb, words, parsing);
    if (!guess || guesses.length === mostGuesses) continue;
    guesses.push(guess);
    least = verb.distance;
  }
  const [nearest] = found;
  const usage = nearest && guesses.length === 0 ? usageOf(nearest.action, parsing) : undefined;
  if (usage) guesses.push(usage);
  return guesses.length > 0
    ? { kind: 'problem', message: t('unknown-verb-meant', { word }), guesses }
    : { kind: 'problem', message: t('unknown-verb', { word, help: command('help') }) };
}

/** `call acme`: the line begins with what a command asks for first; the command itself was left out. */
function verbLeftOut(
  words: Words,
  parsing: Parsing,
  allowed: (action: Action) => boolean,
): GuessedLine | undefined {
  const { registry, read } = parsing;
  for (const [, action] of registry.verbs()) {
    const [first] = specOf(action).positional;
    if (first?.meta.kind !== 'oneOf' || !first.required || !allowed(action)) continue;
    const taken = first.recogniser.take(words.tokens, 0, read, first.meta);
    const start = taken && 'value' in taken && words.tokens[0]?.start;
    if (start === undefined || start === false) continue;
    const guess = guessedLine({ action, end: start }, words, parsing);
    if (guess) return guess;
  }
  return undefined;
}

/** The line with another verb, if that can be read and its records are of the kind the verb is for. */
function guessedLine(verb: VerbFound, words: Words, parsing: Parsing): GuessedLine | undefined {
  const typed = `${verbFor(verb.action, parsing.read)} ${words.line.slice(verb.end).trim()}`.trim();
  const line = canonical(typed, { ...parsing, depth: parsing.depth - 1 });
  const parsed = parse(line, { ...parsing, depth: 0 });
  if (parsed.kind === 'help' && parsed.topic === undefined) return usageOf(undefined, parsing);
  if (parsed.kind !== 'parsed' || parsed.ignored !== undefined) return undefined;
  const { action, raw, dryRun } = parsed;
  const isOfKind = Object.entries(raw).every(([name, value]) => {
    const lookups = specOf(action).fields.get(name)?.meta.lookups;
    const kind = typeof value === 'string' ? parseNumber(value)?.kind : undefined;
    return !lookups || kind === undefined || lookups.includes(kind);
  });
  if (!isOfKind) return undefined;
  return { line, action, raw, isHarmless: action.effect === 'read' || dryRun };
}

/** `help move`, or `help` alone. */
function usageOf(action: Action | undefined, { registry, read }: Parsing): GuessedLine | undefined {
  const help = registry.action('help.show');
  if (!help?.command) return undefined;
  const topic = action && verbFor(action, read);
  const line = topic === undefined ? verbFor(help, read) : `${verbFor(help, read)} ${topic}`;
  return { line, action: help, raw: topic === undefined ? {} : { topic }, isHarmless: true };
}
