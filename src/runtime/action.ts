import type { z } from 'zod';
import type { Actor, Org, PlatformName, Role } from '../kernel/context.ts';
import type { ReadContext, Token } from '../kernel/recognise/recogniser.ts';
import type { Inline } from '../kernel/text.ts';
import type { Card } from '../view/card.ts';
import type { Document } from '../view/document.ts';
import type { Press } from '../view/press.ts';
import type { Ctx } from './context.ts';

/** How an action is typed after `/crm`. */
export interface CommandSpec {
  /** English verb, printed in canonical lines: `new-lead`. Hyphens are optional when typed. */
  verb: string;
  /** Other words for it, Chinese ones included; the first Chinese alias is the one printed for Chinese readers. */
  aliases?: readonly string[];
  /** Input fields by position, in speaking order. Typed values find their field by type, in this order. */
  args: readonly string[];
  /** `key:value` words → input field. */
  keys?: Readonly<Record<string, string>>;
  /** Keys that are read without a colon too, even where text stands: no text holds them by chance. */
  bareKeys?: readonly string[];
  /** Field that takes what follows `--`. */
  note?: string;
  /** Text field that takes the whole rest of the line after the other args, undivided by types (`next`, `note`). */
  rest?: string;
  /** For lists and operators the general rules cannot read: gives raw input. Throws AppError. */
  parseRest?: (tokens: readonly Token[], read: ReadContext) => Record<string, unknown>;
  /** Prints what `parseRest` reads, without the verb. */
  printRest?: (input: Record<string, unknown>, read: ReadContext) => string;
  /** Group in help. */
  group: 'daily' | 'deals' | 'manager' | 'setup';
  /** Example lines for help, without `/crm`. The first one is shown in the overview. */
  examples: { en: readonly [string, ...string[]]; 'zh-CN': readonly [string, ...string[]] };
  /** Among the ten commonest, in this order (Teams lists only ten). */
  top?: number;
}

export interface PresentContext {
  org: Org;
  actor: Actor;
  /** Where it is read: one chat app must not name another. */
  platform: PlatformName;
  now: Date;
  /** Local day of the reader. */
  today: string;
}

export interface ActionSpec<I extends z.ZodObject, O extends z.ZodType> {
  /** `<feature>.<verb>`, e.g. `deals.move`. */
  name: string;
  title: Inline;
  summary: Inline;
  effect: 'read' | 'write';
  input: I;
  output: O;
  /** Who may at all; ownership is checked in `run` where it matters. */
  roles: readonly Role[] | 'anyone';
  /** Subscribers and jobs may run it. */
  system?: boolean;
  run(ctx: Ctx, input: z.output<I>): Promise<z.output<O>>;
  /** The result as a card; without it a write answers with its title. */
  present?(output: z.output<O>, at: PresentContext): Card;
  /** A read's result as something to print; what says one is served as a file at `/documents/<name>`. */
  document?(output: z.output<O>, at: PresentContext): Document;
  /** Hands over to another action once refs are resolved (`show acme` → `accounts.show`). */
  forward?(ctx: Ctx, input: z.output<I>): Promise<Press | undefined> | Press | undefined;
  /** What to ask before running; `undefined` runs at once. */
  confirm?(ctx: Ctx, input: z.output<I>): Promise<Card | undefined>;
  /**
   * Refuses its form to somebody who would be refused when they save it, by the records named so far; what it writes is
   * rolled back. `run` checks all the same. Throws AppError.
   */
  mayOpen?(ctx: Ctx, named: Partial<z.output<I>>): Promise<unknown>;
  /** Values a form opens with besides the typed ones. */
  prefill?(ctx: Ctx, input: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** Why it cannot be undone; without it every write that changes records can. */
  noUndo?: Inline;
  command?: CommandSpec;
  /** Label of the form's button where "Save" would not say what happens. At most 24 characters (Slack). */
  submit?: Inline;
  /** `never`: fields are missing → error, no form. Default `when-missing`. */
  form?: 'when-missing' | 'always' | 'never';
  /** Fields a form never shows (set by buttons only). */
  hidden?: readonly string[];
  /** Fields a form shows, in order; default: all but hidden. */
  formFields?: readonly string[];
  /** Also offered as a search of this kind of record. */
  search?: string;
  /** The same line again within a minute is meant again; without it the first answer is repeated. */
  repeatable?: boolean;
  /** Runs after the answer; only for imports, exports and the like. */
  long?: boolean;
  /** A call that works on the demo set, by visible ids, as a member of that role. */
  example: { as: Role; input: z.input<I> };
}

/** An action with its input type erased, as the registry holds it. */
export type Action = ActionSpec<z.ZodObject, z.ZodType>;

declare const types: unique symbol;
export type TypedAction<I, O> = Action & { readonly [types]?: { input: I; output: O } };
export type InputOf<A> = A extends TypedAction<infer I, unknown> ? I : never;
export type OutputOf<A> = A extends TypedAction<never, infer O> ? O : never;

/** Declares an action; everything that serves it (chat, forms, REST, help, manifests) follows from this. */
export function defineAction<I extends z.ZodObject, O extends z.ZodType>(
  spec: ActionSpec<I, O>,
): TypedAction<z.input<I>, z.output<O>> {
  return spec as unknown as TypedAction<z.input<I>, z.output<O>>;
}

/** A button target checked against the action's input type: `press<typeof won>('deals.won', { deal })`. */
export function press<A extends Action>(
  action: string,
  input: Partial<InputOf<A>>,
  options: Omit<Press, 'a' | 'i'> = {},
): Press {
  return { a: action, i: input as Record<string, unknown>, ...options };
}
