import type { z } from 'zod';
import { fieldMeta, isOptionalField } from '../../../kernel/fields.ts';
import { nameSimilarity } from '../../../kernel/names.ts';
import { editDistance } from '../../../kernel/recognise/spelling.ts';
import type { Locale } from '../../../kernel/text.ts';
import type { Action, CommandSpec } from '../../../runtime/action.ts';
import { normaliseVerb } from '../../../runtime/registry.ts';
import type { FieldHelp, VerbHelp } from './model.ts';

/** How many verbs the overview explains. */
export const overviewSize = 10;

export type Typed = Action & { command: CommandSpec };

export function isTyped(action: Action): action is Typed {
  return action.command !== undefined;
}

/** The verb as printed for readers of a language: Chinese readers get the first Chinese word for it. */
export function printedVerb(command: CommandSpec, locale: Locale): string {
  const chinese = command.aliases?.find((alias) => /\p{Script=Han}/u.test(alias));
  return locale === 'zh-CN' && chinese ? chinese : command.verb;
}

/** What fills the overview up, the more useful first; for those who lead people, what only they do. */
const fillers = ['deals.create', 'records.set', 'records.find', 'records.assign', 'deals.won'];
const fillersOfManagers = ['records.assign', 'targets.set', ...fillers];

/** Those the overview explains: the commonest ten first, filled up with the next most useful. */
export function overviewOf(
  actions: readonly Typed[],
  isManager: boolean,
): { shown: Typed[]; others: Typed[] } {
  const order = isManager ? fillersOfManagers : fillers;
  const rank = ({ name, command }: Typed) => {
    if (command.top !== undefined) return command.top;
    const place = order.indexOf(name);
    if (place >= 0) return 100 + place;
    return command.group === 'setup' ? 1000 : 500;
  };
  const ranked = [...actions].sort((a, b) => rank(a) - rank(b));
  return { shown: ranked.slice(0, overviewSize), others: ranked.slice(overviewSize) };
}

/** In which order an admin sets an organization up; what is not named here comes after. */
const setupOrder = [
  'settings.set',
  'members.role',
  'members.team',
  'stages.list',
  'stages.set',
  'products.create',
  'members.claim',
];

export function inSetupOrder(actions: readonly Typed[]): Typed[] {
  const place = ({ name }: Typed) =>
    setupOrder.includes(name) ? setupOrder.indexOf(name) : setupOrder.length;
  return [...actions].sort((a, b) => place(a) - place(b));
}

export function verbHelp(action: Typed, locale: Locale): VerbHelp {
  return {
    action: action.name,
    verb: printedVerb(action.command, locale),
    title: action.title,
    summary: action.summary,
    example: action.command.examples[locale][0],
    canRun: canRun(action),
  };
}

/** Changes nothing and asks for nothing. */
export function canRun(action: Action): boolean {
  return action.effect === 'read' && action.input.safeParse({}).success;
}

/** What each field people can fill is, in speaking order. */
export function fieldsOf(action: Typed): FieldHelp[] {
  const { args, keys = {} } = action.command;
  const names = Object.keys(action.input.shape).filter((name) => !action.hidden?.includes(name));
  const place = (name: string) => (args.includes(name) ? args.indexOf(name) : args.length);
  return names
    .sort((a, b) => place(a) - place(b))
    .flatMap((name) => {
      const schema = action.input.shape[name] as z.ZodType;
      const meta = fieldMeta(schema);
      if (!meta) return [];
      return {
        name,
        label: meta.label,
        hint: meta.hint ?? '',
        isRequired: !isOptionalField(schema),
        keys: Object.entries(keys).flatMap(([key, field]) => (field === name ? [key] : [])),
        placeholder: meta.placeholder ?? '',
        options: (meta.options ?? []).map((option) => option.label),
      };
    });
}

/** The action a word of help is about: its verb, an alias, or its name. */
export function actionFor(actions: readonly Typed[], topic: string): Typed | undefined {
  const word = normaliseVerb(topic);
  return actions.find(
    ({ name, command }) =>
      name === topic ||
      [command.verb, ...(command.aliases ?? [])].some((verb) => normaliseVerb(verb) === word),
  );
}

/** Verbs most like the word, the likest first, at most three. */
export function nearestTo(actions: readonly Typed[], topic: string): Typed[] {
  const word = normaliseVerb(topic);
  const likeness = (verb: string) => {
    if (verb.startsWith(word) || word.startsWith(verb)) return 0.8;
    const distance = editDistance(verb, word, 2);
    return distance <= 2 && verb.length > 2 ? 1 - distance / verb.length : nameSimilarity(verb, word);
  };
  return actions
    .map((action) => {
      const verbs = [action.command.verb, ...(action.command.aliases ?? [])].map(normaliseVerb);
      return { action, score: Math.max(...verbs.map(likeness)) };
    })
    .filter(({ score }) => score >= 0.3)
    .sort((a, b) => b.score - a.score)
    .slice(0, 3)
    .map(({ action }) => action);
}
