import { z } from 'zod';
import { AppError } from '../../kernel/errors.ts';
import type { Interaction } from '../../runtime/interaction.ts';
import { pressSchema } from '../../view/press.ts';
import { httpMessages as t } from './messages.ts';

export const interactionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('command'), line: z.string().max(10_000) }),
  z.strictObject({ kind: z.literal('press'), press: pressSchema }),
  z.strictObject({
    kind: z.literal('submit'),
    press: pressSchema,
    values: z.record(z.string(), z.unknown()),
  }),
  z.strictObject({
    kind: z.literal('lookup'),
    lookups: z.array(z.string().max(100)).min(1).max(10),
    query: z.string().max(1000),
  }),
  z.strictObject({ kind: z.literal('home') }),
]);

/** What a person did on one of our pages. Shape only; its meaning is checked by the engine. Throws AppError. */
export function readInteraction(body: Record<string, unknown>): Interaction {
  const read = interactionSchema.safeParse(body);
  if (!read.success) throw new AppError('invalid_input', t('not-interaction'), { cause: read.error });
  return read.data;
}
