import { z } from 'zod';

/**
 * What a button does: an action with the part of its input that is known. The same JSON travels in Slack's
 * `value` and Teams' `data`.
 */
export interface Press {
  /** Action name, or `line` with `{ line }` to run a typed line. */
  a: string;
  i: Record<string, unknown>;
  /** Version of the record the card showed, where acting on a newer one would surprise. */
  v?: number;
  /** The person confirmed. */
  ok?: true;
  /** Ask with the form even though the input is complete. */
  form?: true;
  /** Run although the same line was just run. */
  again?: true;
}

/** Larger presses are stored and the button carries only their id (`p`), and whether pressing it opens a form. */
export const pressLimitBytes = 1800;
export type SealedPress = Press | { p: string; form?: true };

/** Any press as it comes back from a client: shape only, its meaning is checked by the engine. */
export const pressSchema: z.ZodType<SealedPress> = z.union([
  z.strictObject({ p: z.string().min(1).max(200), form: z.literal(true).optional() }),
  z.strictObject({
    a: z.string().min(1).max(200),
    i: z.record(z.string(), z.unknown()),
    v: z.int().optional(),
    ok: z.literal(true).optional(),
    form: z.literal(true).optional(),
    again: z.literal(true).optional(),
  }),
]) as z.ZodType<SealedPress>;
