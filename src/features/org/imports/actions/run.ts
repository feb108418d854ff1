import { z } from 'zod';
import { defineAction } from '../../../../runtime/action.ts';
import { runImport } from '../api.ts';
import { t } from '../messages.ts';

/** Words of a report travel as text nodes; each surface words them for its reader. */
const note = z.unknown();

export const run = defineAction({
  name: 'imports.run',
  title: t('title'),
  summary: t('summary'),
  effect: 'write',
  input: z.strictObject({
    files: z
      .array(z.strictObject({ name: z.string().min(1).max(200), text: z.string().max(50_000_000) }))
      .min(1)
      .max(20),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional(),
  }),
  output: z.strictObject({
    kinds: z.array(
      z.strictObject({
        kind: z.string(),
        created: z.number(),
        matched: z.number(),
        changed: z.number(),
        rejected: z.number(),
      }),
    ),
    notes: z.array(note),
  }),
  roles: ['admin'],
  form: 'never',
  long: true,
  noUndo: t('no-undo'),
  example: {
    as: 'admin',
    input: { files: [{ name: 'products.csv', text: 'product,series,sales_price\nDemo Pump,Demo,120\n' }] },
  },
  run: (ctx, { files, currency }) => runImport(ctx, files, { currency: currency ?? ctx.org.currency }),
  present: ({ kinds }) => ({
    tone: 'ok',
    title: t('title'),
    blocks: kinds.map((one) => ({ t: 'text', of: t('counts', one) })),
  }),
});
