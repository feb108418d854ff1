import type { z } from 'zod';
import { fieldMeta, isOptionalField } from '../../../kernel/fields.ts';
import { nameSimilarity } from '../../../kernel/names.ts';
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

/** Those the overview explains: the commonest ten first, filled up with the others in their order. */
export function overviewOf(actions: readonly Typed[]): { shown: Typed[]; others: Typed[] } {
  const rank = (action: Typed) => action.command.top ?? (action.command.group === 'setup' ? 1000 : 100);
  const ranked = [...actions].sort((a, b) => rank(a) - rank(b));
  return { shown: ranked.slice(0, overviewSize), others: ranked.slice(overviewSize) };
}

export function verbHelp(action: Typed, locale: Locale): VerbHelp {
  return {
    action: action.name,
    verb: printedVerb(action.command, locale),
    summary: action.summary,
    example: action.command.examples[locale][0],
    canRun: canRun(action),
  };
}

/** Changes nothing and asks for nothing. */
export function canRun(action: Action): boolean {
  return (
    action.effect === 'read' && Object.values(action.input.shape).every((schema) => isOptionalField(schema))
  );
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
  return actions
    .map((action) => {
      const verbs = [action.command.verb, ...(action.command.aliases ?? [])].map(normaliseVerb);
      const likeness = (verb: string) =>
        Math.max(nameSimilarity(verb, word), verb.startsWith(word) || word.startsWith(verb) ? 0.6 : 0);
      return { action, score: Math.max(...verbs.map(likeness)) };
    })
    .filter(({ score }) => score >= 0.3)
    .sort((a, b) => b.score - a.score)
    .slice(0, 3)
    .map(({ action }) => action);
}
