import { z } from 'zod';
import type { Inline } from './text.ts';

/**
 * What a field of an action's input is, beyond its type: how it is labelled, asked for in a form and read from
 * words. One recogniser per kind (kernel/recognise) turns what people type into the canonical value the schema
 * accepts, and prints it back.
 */
export type FieldKind =
  | 'text'
  | 'note'
  | 'ref'
  | 'money'
  | 'percent'
  | 'number'
  | 'minutes'
  | 'day'
  | 'when'
  | 'span'
  | 'email'
  | 'phone'
  | 'person'
  | 'oneOf'
  | 'manyOf'
  | 'flag';

export interface FieldOption {
  value: string;
  label: Inline;
  /** Other words people type for it, any language, lower case. */
  words?: readonly string[];
}

export interface FieldMeta {
  kind: FieldKind;
  label: Inline;
  hint?: Inline;
  /** What an example looks like, shown as the placeholder; literal, the same in every language. */
  placeholder?: string;
  options?: readonly FieldOption[];
  /** `ref` and `person`: names of the lookups that resolve it. `text`: of those a form offers choices from. */
  lookups?: readonly string[];
  /** `note` and `text`: more than one line in a form. */
  multiline?: boolean;
  /** `text`: names parted by commas; after its key it goes on behind a comma or an `and`. */
  names?: boolean;
  /** `when`: refuse what is past. `day`: same. */
  future?: boolean;
  /** `when`, `day` and `span`: about something that has happened; without a year or week they are read backwards. */
  past?: boolean;
  /** `when`, `day` and `span`: the first day there can be; default: 2000-01-01. */
  since?: string;
  /** `when`, `day` and `span`: how far ahead the last day there can be lies; default: 20. */
  yearsAhead?: number;
  /** `percent`: a price reduction, so that `85折` and `15% off` are read too. */
  discount?: boolean;
}

/** A record named in an input, after `execute` has resolved it inside the organization. */
export interface Ref {
  /** Lookup that found it: `deal`, `account`, `member`, `stage`, … */
  kind: string;
  id: string;
  /** What people type for it: `D-142`, `quote`, `@wang`. Resolves to the same record again. */
  key: string;
  label: string;
}

/** A day, with an instant when a time of day was said. */
export interface When {
  on: string;
  /** ISO instant. */
  at?: string | undefined;
}

/** Both days included. */
export interface Span {
  from: string;
  to: string;
}

const metas = z.registry<FieldMeta>();

/** The meta of a field schema, found through `optional`, `nullable` and `default` wrappers. */
export function fieldMeta(schema: z.core.$ZodType): FieldMeta | undefined {
  let at: z.core.$ZodType | undefined = schema;
  while (at) {
    const meta = metas.get(at);
    if (meta) return meta;
    at = (at as { _zod: { def: { innerType?: z.core.$ZodType } } })._zod.def.innerType;
  }
  return undefined;
}

export function isOptionalField(schema: z.core.$ZodType): boolean {
  return schema._zod.optin === 'optional';
}

function described<S extends z.ZodType>(schema: S, meta: FieldMeta): S {
  metas.add(schema, meta);
  return schema;
}

type Extra = Partial<Omit<FieldMeta, 'kind' | 'label'>>;
const isoDay = z.iso.date();

/** For schemas made once: each field needs one of its own to carry its meta. */
function own<S extends z.ZodType>(schema: S): S {
  return schema.clone() as S;
}

/** What may be stored from a person's text: no control characters but line breaks and tabs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the purpose
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g;
/** Half a character, which a cut or a broken client leaves behind, becomes `�`: JSON columns refuse it. */
export const withoutControls = (text: string) => text.toWellFormed().replace(controls, '');
/** Text nobody can see is no text: a reason of zero-width spaces is none. */
const visible = (text: string) => (/[^\s\p{Cf}\p{M}]/u.test(text) ? text : '');
const clean = (max: number) =>
  z
    .string()
    .max(max * 2)
    .overwrite((text) => visible(withoutControls(text).trim()))
    .min(1)
    .max(max);

const moneySchema = z.strictObject({
  amountMinor: z.union([z.bigint(), z.string().regex(/^-?\d{1,18}$/)]).transform((value) => BigInt(value)),
  currency: z.string().regex(/^[A-Z]{3}$/),
});
const whenSchema = z.strictObject({ on: isoDay, at: z.iso.datetime().optional() });
const spanSchema = z.strictObject({ from: isoDay, to: isoDay });

/** Builders of labelled, typed fields. All are required until `.optional()`. */
export const f = {
  /** One line, at most 200 characters unless `max` says otherwise. */
  text: (label: Inline, extra: Extra & { max?: number } = {}) => {
    const { max = 200, ...rest } = extra;
    return described(clean(max), { kind: 'text', label, ...rest });
  },
  /** Free text, at most 4,000 characters. */
  note: (label: Inline, extra: Extra = {}) =>
    described(clean(4000), { kind: 'note', label, multiline: true, ...extra }),
  /** A record by number, name or id. It reaches `run` resolved; everywhere before it is text. */
  ref: (lookups: string | readonly string[], label: Inline, extra: Extra = {}) =>
    described(clean(200), {
      kind: 'ref',
      label,
      lookups: typeof lookups === 'string' ? [lookups] : lookups,
      ...extra,
    }) as unknown as z.ZodType<Ref, string>,
  /** A member of the organization: a mention, `@name`, `me`, or e-mail address. */
  person: (label: Inline, extra: Extra = {}) =>
    described(clean(200), { kind: 'person', label, lookups: ['member'], ...extra }) as unknown as z.ZodType<
      Ref,
      string
    >,
  /** A channel: a link to it, `#name`, or `here`. It reaches `run` resolved, whether anything is set up there or not. */
  channel: (label: Inline, extra: Extra = {}) =>
    described(clean(200), {
      kind: 'ref',
      label,
      lookups: ['channel'],
      placeholder: '#sales-east',
      ...extra,
    }) as unknown as z.ZodType<Ref, string>,
  /** Never negative; at most 18 digits of minor units. */
  money: (label: Inline, extra: Extra = {}) =>
    described(
      moneySchema.refine((value) => value.amountMinor >= 0n),
      { kind: 'money', label, ...extra },
    ),
  /** Basis points: 15 % = 1500. */
  percent: (label: Inline, extra: Extra & { min?: number; max?: number } = {}) => {
    const { min = 0, max = 10_000, ...rest } = extra;
    return described(z.int().min(min).max(max), { kind: 'percent', label, ...rest });
  },
  number: (label: Inline, extra: Extra & { min?: number; max?: number } = {}) => {
    const { min = 0, max = 1_000_000_000, ...rest } = extra;
    return described(z.int().min(min).max(max), { kind: 'number', label, ...rest });
  },
  /** A duration in minutes, at most a week. */
  minutes: (label: Inline, extra: Extra = {}) =>
    described(z.int().min(1).max(10_080), { kind: 'minutes', label, ...extra }),
  day: (label: Inline, extra: Extra = {}) => described(own(isoDay), { kind: 'day', label, ...extra }),
  when: (label: Inline, extra: Extra = {}) => described(own(whenSchema), { kind: 'when', label, ...extra }),
  span: (label: Inline, extra: Extra = {}) => described(own(spanSchema), { kind: 'span', label, ...extra }),
  email: (label: Inline, extra: Extra = {}) =>
    described(z.email().max(254), { kind: 'email', label, placeholder: 'jane@acme.example', ...extra }),
  /** Digits with an optional leading `+`, 5 to 20 of them. */
  phone: (label: Inline, extra: Extra = {}) =>
    described(z.string().regex(/^\+?\d{5,20}$/), { kind: 'phone', label, ...extra }),
  oneOf: <const V extends string>(
    label: Inline,
    options: readonly (FieldOption & { value: V })[],
    extra: Extra = {},
  ) =>
    described(z.enum(options.map((option) => option.value) as [V, ...V[]]), {
      kind: 'oneOf',
      label,
      options,
      ...extra,
    }),
  manyOf: <const V extends string>(
    label: Inline,
    options: readonly (FieldOption & { value: V })[],
    extra: Extra = {},
  ) =>
    described(z.array(z.enum(options.map((option) => option.value) as [V, ...V[]])).max(options.length), {
      kind: 'manyOf',
      label,
      options,
      ...extra,
    }),
  flag: (label: Inline, extra: Extra = {}) => described(z.boolean(), { kind: 'flag', label, ...extra }),
};
