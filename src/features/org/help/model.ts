import { z } from 'zod';
import { inlineShape } from '../../../view/card.ts';

export const groups = ['daily', 'deals', 'manager', 'setup'] as const;

const verbHelp = z.strictObject({
  action: z.string(),
  /** As printed for this reader: `new-lead`, `新建线索`. */
  verb: z.string(),
  title: inlineShape,
  summary: inlineShape,
  example: z.string(),
  /** Reads only and needs nothing: may be run from the help. */
  canRun: z.boolean(),
});
export type VerbHelp = z.infer<typeof verbHelp>;

const groupHelp = z.strictObject({ group: z.enum(groups), verbs: z.array(verbHelp) });

const fieldHelp = z.strictObject({
  name: z.string(),
  label: inlineShape,
  hint: inlineShape,
  isRequired: z.boolean(),
  /** `key:` words that fill it. */
  keys: z.array(z.string()),
  placeholder: z.string(),
  options: z.array(inlineShape),
});
export type FieldHelp = z.infer<typeof fieldHelp>;

export const help = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('overview'),
    groups: z.array(groupHelp),
    /** Verbs the overview has no room for. */
    others: z.array(z.string()),
    /** The line that explains one verb. */
    aboutOne: z.string(),
    isAdmin: z.boolean(),
    platform: z.string(),
  }),
  z.strictObject({
    kind: z.literal('setup'),
    verbs: z.array(verbHelp),
  }),
  z.strictObject({
    kind: z.literal('verb'),
    action: z.string(),
    verb: z.string(),
    title: inlineShape,
    summary: inlineShape,
    aliases: z.array(z.string()),
    examples: z.array(z.string()),
    fields: z.array(fieldHelp),
    /** What can follow `--`. */
    note: inlineShape.nullable(),
    hasForm: z.boolean(),
    canRun: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('unknown'),
    topic: z.string(),
    nearest: z.array(z.strictObject({ verb: z.string(), summary: inlineShape })),
  }),
]);
export type Help = z.infer<typeof help>;
