import type { Ref } from '../../kernel/fields.ts';
import type { ReadContext } from '../../kernel/recognise/recogniser.ts';
import type { Action } from '../action.ts';
import type { Registry } from '../registry.ts';
import { readArguments } from './arguments.ts';
import { keyFor } from './reading.ts';
import { keyOf, type Spec, type SpecField, specOf } from './spec.ts';
import { tokenise } from './tokens.ts';
import { helpWords, isRecordNumber } from './verbs.ts';

/** How explicitly a value is written: as it is, in quotes (amounts: with currency), after its key. */
type Care = 0 | 1 | 2;

/** The first of the action's verbs a reader of that language types. */
export function verbFor(action: Action, read: Pick<ReadContext, 'locale'>): string {
  const { command } = action;
  if (!command) return action.name;
  const han =
    read.locale === 'zh-CN' ? command.aliases?.find((alias) => /\p{Script=Han}/u.test(alias)) : undefined;
  return han ?? command.verb;
}

/** The same line with its verb and keys as a reader of that language types them. */
export function lineFor(line: string, read: Pick<ReadContext, 'locale'>, registry: Registry): string {
  const [verb = ''] = line.split(' ', 1);
  if (read.locale === 'en' || !/^[a-z-]+$/.test(verb)) return line;
  const action = registry.verb(verb);
  return action ? `${verbFor(action, read)}${withKeysFor(action, line.slice(verb.length), read)}` : line;
}

/** Quotes and notes are somebody's words: nothing in them is a key. */
function withKeysFor(action: Action, rest: string, read: Pick<ReadContext, 'locale'>): string {
  const spec = specOf(action);
  const [keyed = '', ...notes] = rest.split(/(?= -- )/);
  const own = keyed.replace(/"[^"]*"|(?<=\s)([a-z-]+):/g, (found, key: string | undefined) => {
    const field = key === undefined ? undefined : spec.keys.get(keyOf(key));
    return field ? `${keyFor(spec, field, read)}:` : found;
  });
  return [own, ...notes].join('');
}

/**
 * The canonical line of a call, without `/crm`: read again it gives the same input. Takes canonical values, resolved
 * refs, or text as it was typed. Fields nobody can type are left out.
 */
export function printLine(
  action: Action,
  input: Readonly<Record<string, unknown>>,
  read: ReadContext,
): string {
  const verb = verbFor(action, read);
  const spec = specOf(action);
  const note = spec.note && printed(spec.note, input, read);
  if (action.command?.parseRest && action.command.printRest) {
    return joined([
      verb,
      action.command.printRest({ ...input }, read),
      note === undefined ? '' : `-- ${note}`,
    ]);
  }
  const care = new Map<string, Care>();
  const wanted = canonicalValues(spec, input, read);
  let args = '';
  // A value that would be read as something else is written more explicitly.
  for (let attempt = 0; attempt < 5; attempt++) {
    args = compose(spec, input, read, care, note);
    const words = tokenise(args, { note: !(spec.rest && !spec.note) });
    const again = readArguments(spec, words, read);
    const wrong = [...wanted]
      .filter(([name, value]) => !isSame(again.raw[name], value))
      .map(([name]) => name);
    const meansMore =
      words.dryRun || helpWords.has(args) || (isRecordNumber(args) && isOnlyWords(spec, wanted));
    if (meansMore || (again.unsure && wrong.length === 0)) wrong.push(...wordFields(spec));
    if (!raise(care, wrong)) break;
  }
  return joined([verb, args]);
}

/** Fields that take plain words, which may have to be quoted. */
function wordFields(spec: Spec): string[] {
  const kinds = new Set(['text', 'note', 'ref', 'person']);
  return [...spec.fields.values()].filter(({ meta }) => kinds.has(meta.kind)).map(({ name }) => name);
}

/** A line of nothing but one text or name: without quotes `new-lead L-311` shows the lead. */
function isOnlyWords(spec: Spec, wanted: ReadonlyMap<string, string>): boolean {
  const [name, ...more] = wanted.keys();
  const kind = name === undefined ? undefined : spec.fields.get(name)?.meta.kind;
  return more.length === 0 && (kind === 'text' || kind === 'note' || kind === 'person');
}

function raise(care: Map<string, Care>, names: readonly string[]): boolean {
  let isRaised = false;
  for (const name of names) {
    const before = care.get(name) ?? 0;
    if (before === 2) continue;
    care.set(name, before === 0 ? 1 : 2);
    isRaised = true;
  }
  return isRaised;
}

function compose(
  spec: Spec,
  input: Readonly<Record<string, unknown>>,
  read: ReadContext,
  care: ReadonlyMap<string, Care>,
  note: string | undefined,
): string {
  const parts: string[] = [];
  const keyed: string[] = [];
  const isPositional = new Set<SpecField | undefined>([...spec.positional, spec.rest, spec.note]);
  for (const field of [
    ...spec.positional,
    ...[...spec.fields.values()].filter((one) => !isPositional.has(one)),
  ]) {
    const text = printed(field, input, read);
    if (text === undefined) continue;
    const level = care.get(field.name) ?? 0;
    if (isPositional.has(field) && level < 2 && isPlaceable(field))
      parts.push(placed(field, text, level, input, read));
    else keyed.push(`${keyFor(spec, field, read)}:${keyValue(text)}`);
  }
  const rest = spec.rest && printed(spec.rest, input, read);
  if (spec.rest && rest !== undefined) {
    const level = care.get(spec.rest.name) ?? 0;
    if (level === 2) keyed.push(`${keyFor(spec, spec.rest, read)}:${quote(rest)}`);
    // Text that runs to the end of the line would take the keys with it.
    else if (keyed.length > 0)
      return joined([
        ...parts,
        level === 0 ? quotedIfNeeded(rest) : quote(rest),
        ...keyed,
        note === undefined ? '' : `-- ${note}`,
      ]);
    else
      return joined([
        ...parts,
        ...keyed,
        level === 0 ? rest : quote(rest),
        note === undefined ? '' : `-- ${note}`,
      ]);
  }
  return joined([...parts, ...keyed, note === undefined ? '' : `-- ${note}`]);
}

/** Flags and notes have no form of their own. */
function isPlaceable({ meta }: SpecField): boolean {
  return meta.kind !== 'flag' && meta.kind !== 'manyOf';
}

function placed(
  field: SpecField,
  text: string,
  level: Care,
  input: Readonly<Record<string, unknown>>,
  read: ReadContext,
): string {
  switch (field.meta.kind) {
    case 'text':
    case 'note':
    case 'ref':
    case 'person':
      return level === 0 ? quotedIfNeeded(text) : quote(text);
    case 'money':
      // In another organization's eyes every amount names its currency.
      return level === 0
        ? text
        : field.recogniser.print(input[field.name], { ...read, currency: '' }, field.meta);
    default:
      return text;
  }
}

function printed(
  field: SpecField,
  input: Readonly<Record<string, unknown>>,
  read: ReadContext,
): string | undefined {
  const value = Object.hasOwn(input, field.name) ? input[field.name] : undefined;
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') {
    const found = field.recogniser.read(value, read, field.meta);
    return 'value' in found ? field.recogniser.print(found.value, read, field.meta) : value;
  }
  return field.recogniser.print(value, read, field.meta);
}

/** What reading the line has to give; text that cannot be read is left as it is. */
function canonicalValues(
  spec: Spec,
  input: Readonly<Record<string, unknown>>,
  read: ReadContext,
): Map<string, string> {
  const values = new Map<string, string>();
  for (const field of spec.fields.values()) {
    const value = Object.hasOwn(input, field.name) ? input[field.name] : undefined;
    if (value === undefined || value === null || value === '') continue;
    if (typeof value !== 'string') {
      values.set(field.name, identity(isRef(value) ? value.key : value));
      continue;
    }
    const found = field.recogniser.read(value, read, field.meta);
    if ('value' in found) values.set(field.name, identity(found.value));
  }
  return values;
}

function isSame(value: unknown, wanted: string): boolean {
  return value !== undefined && identity(value) === wanted;
}

function identity(value: unknown): string {
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string' ? value.trim() : String(value);
  const entries = Array.isArray(value) ? value.map(String).sort() : Object.entries(value).sort(byName);
  return JSON.stringify(entries, (_key, part) => (typeof part === 'bigint' ? part.toString() : part));
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}

function isRef(value: unknown): value is Ref {
  return typeof value === 'object' && value !== null && 'key' in value && 'kind' in value;
}

/** People and channels as their platform writes them. */
const mention = /^<[@#][\w.:@-]{1,200}(?:\|[^<>|]{0,80})?>$/;
/** A word, or local times as in `19:00-08:30`. */
const plainWord = /^(?:[\p{L}\p{N}@#][\p{L}\p{N}.&+_/@-]*|\d\d:\d\d-\d\d:\d\d)$/u;

function quotedIfNeeded(text: string): string {
  return plainWord.test(text) || mention.test(text) ? text : quote(text);
}

/** After a key less can be mistaken; `//` would make an address of it. */
const plainValue = /^(?!\/\/)[^\s"'“”„‟＂「」『』«»‘’,，、;；<>?？]+$/;

function keyValue(text: string): string {
  return plainValue.test(text) || mention.test(text) ? text : quote(text);
}

/** Inside quotes a quotation mark is written twice. */
function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}
