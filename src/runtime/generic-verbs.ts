import { fieldMeta } from '../kernel/fields.ts';
import { wordsOf } from '../kernel/i18n.ts';
import type { Action, CommandSpec } from './action.ts';
import type { RecordActions } from './feature.ts';
import type { ActionCatalog } from './registry.ts';

/** Verbs that mean every kind of record; the action behind each is `records.<verb>`. */
export const genericVerbs = ['show', 'set', 'assign', 'archive', 'restore', 'merge'] as const;
type GenericVerb = (typeof genericVerbs)[number];

/** What else people call fields, by field name. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  amount: ['value', 'sum', '金额'],
  close: ['closes', 'due', '成交', '预计成交', '成交日期'],
  phone: ['tel', 'mobile', '电话', '手机'],
  email: ['mail', '邮箱'],
  class: ['grade', '等级'],
  source: ['src', '来源'],
  name: ['名称', '姓名'],
  note: ['备注'],
  to: ['给'],
};

const forms = new WeakMap<Action, Action>();
const untyped = new WeakSet<Action>();

/**
 * The action as people type it. One without a verb of its own (`deals.set`) is typed with the generic verb of
 * its kind: `set D-142 amount:95k`; any field may stand behind its name or a word for it. `undefined`: nobody
 * types it.
 */
export function typedForm(catalog: ActionCatalog, action: Action): Action | undefined {
  if (action.command) return action;
  if (untyped.has(action)) return undefined;
  let form = forms.get(action);
  if (!form) {
    const place = placeOf(catalog, action.name);
    const generic = place && catalog.action(`records.${place.verb}`)?.command;
    if (!generic) {
      untyped.add(action);
      return undefined;
    }
    form = { ...action, command: commandOf(action, place, generic) };
    forms.set(action, form);
  }
  return form;
}

/** Whether an action is about a record that has to be there: a generic verb, or what stands behind one. */
export function isAboutRecord(catalog: ActionCatalog, { name }: Action): boolean {
  return genericVerbs.some((verb) => name === `records.${verb}`) || placeOf(catalog, name) !== undefined;
}

function placeOf(catalog: ActionCatalog, name: string): { kind: string; verb: GenericVerb } | undefined {
  for (const { kind } of catalog.recordKinds()) {
    const actions: RecordActions | undefined = catalog.recordActions(kind);
    const verb = genericVerbs.find((one) => actions?.[one] === name);
    if (verb) return { kind, verb };
  }
  return undefined;
}

function commandOf(
  action: Action,
  { kind, verb }: { kind: string; verb: GenericVerb },
  generic: CommandSpec,
): CommandSpec {
  const others = Object.keys(action.input.shape).filter(
    (name) => name !== kind && !action.hidden?.includes(name),
  );
  const { parseRest: _parse, printRest: _print, rest: _rest, note: _note, ...spoken } = generic;
  return { ...spoken, args: verb === 'set' ? [kind] : [kind, ...others], keys: keysOf(action, others) };
}

/** Field names come first, so that a word of another field never takes them. */
function keysOf(action: Action, names: readonly string[]): Record<string, string> {
  const keys: Record<string, string> = Object.fromEntries(names.map((name) => [name, name]));
  for (const name of names) {
    const meta = fieldMeta(action.input.shape[name] as never);
    for (const word of [...(synonyms[name] ?? []), ...(meta ? wordsOf(meta.label) : [])]) {
      const key = word.toLowerCase().replace(/\s+/g, '-');
      if (/^\p{L}[\p{L}_-]{0,30}$/u.test(key)) keys[key] ??= name;
    }
  }
  return keys;
}
