import type { z } from 'zod';
import { type FieldMeta, fieldMeta, isOptionalField } from '../../kernel/fields.ts';
import { recognisers } from '../../kernel/recognise/index.ts';
import type { Recogniser } from '../../kernel/recognise/recogniser.ts';
import { flat } from '../../kernel/recognise/words.ts';
import type { Action } from '../action.ts';

export interface SpecField {
  name: string;
  meta: FieldMeta;
  recogniser: Recogniser;
  required: boolean;
}

/** What the parser and the printer know of an action's command. */
export interface Spec {
  /** Every field a person may type. */
  fields: ReadonlyMap<string, SpecField>;
  /** By position, without the rest field. */
  positional: readonly SpecField[];
  rest: SpecField | undefined;
  note: SpecField | undefined;
  /** Squeezed key → field; the action's own keys, then the names of its fields. */
  keys: ReadonlyMap<string, SpecField>;
  /** Keys of the action's own, as they are written. */
  ownKeys: readonly string[];
  /** Squeezed keys that are read without a colon even among free text. */
  bareKeys: ReadonlyMap<string, SpecField>;
  /** No free text by position: there, a bare word that is a key can only be meant as one. */
  wordsAreKeys: boolean;
  /** Text is a name that is kept, not words to look for. */
  namesAreKept: boolean;
}

const specs = new WeakMap<Action, Spec>();

/** The command of an action, prepared once. */
export function specOf(action: Action): Spec {
  let spec = specs.get(action);
  if (!spec) {
    spec = prepare(action);
    specs.set(action, spec);
  }
  return spec;
}

/** `close-by`, `closeBy` and `close_by` are one key. */
export function keyOf(word: string): string {
  return flat(word).replace(/[-_]/g, '');
}

function prepare(action: Action): Spec {
  const { command } = action;
  const fields = new Map<string, SpecField>();
  for (const [name, schema] of Object.entries(action.input.shape)) {
    const meta = fieldMeta(schema as z.ZodType);
    if (!meta || action.hidden?.includes(name)) continue;
    const required = !isOptionalField(schema as z.ZodType);
    fields.set(name, { name, meta, recogniser: recognisers[meta.kind], required });
  }
  const rest = command?.rest === undefined ? undefined : fields.get(command.rest);
  const positional = (command?.args ?? [])
    .map((name) => fields.get(name))
    .filter((field): field is SpecField => field !== undefined && field !== rest);
  const keys = new Map<string, SpecField>();
  const ownKeys: string[] = [];
  for (const [key, name] of Object.entries(command?.keys ?? {})) {
    const field = fields.get(name);
    if (!field) continue;
    keys.set(keyOf(key), field);
    ownKeys.push(key);
  }
  const bareKeys = new Map<string, SpecField>();
  for (const key of command?.bareKeys ?? []) {
    const field = keys.get(keyOf(key));
    if (field) bareKeys.set(keyOf(key), field);
  }
  const group = keys.get('group');
  if (group && !keys.has('team')) keys.set('team', group);
  for (const [name, field] of fields) {
    const key = keyOf(name);
    if (!keys.has(key)) keys.set(key, field);
  }
  return {
    fields,
    positional,
    rest,
    note: command?.note === undefined || command.note === command.rest ? undefined : fields.get(command.note),
    keys,
    ownKeys,
    bareKeys,
    wordsAreKeys:
      !rest && positional.every((field) => field.meta.kind !== 'text' && field.meta.kind !== 'note'),
    namesAreKept: action.effect === 'write',
  };
}
