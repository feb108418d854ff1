import type { z } from 'zod';
import type { FieldProblem } from '../../kernel/errors.ts';
import { fieldMeta, isOptionalField } from '../../kernel/fields.ts';
import { recognisers } from '../../kernel/recognise/index.ts';
import type { Problem, ReadContext } from '../../kernel/recognise/recogniser.ts';
import { canonicalProblem } from '../../kernel/recognise/when.ts';
import { problemsOf, unknownField } from './issues.ts';

/**
 * Turns what was typed into each field into the canonical value its schema accepts. Canonical JSON values pass
 * untouched, empty text counts as not given. Whether the whole is complete and allowed, `checkInput` decides.
 */
export function readInput(
  schema: z.ZodObject,
  raw: Readonly<Record<string, unknown>>,
  read: ReadContext,
): { values: Record<string, unknown>; problems: FieldProblem[] } {
  const values: Record<string, unknown> = {};
  const problems: FieldProblem[] = [];
  for (const [field, value] of Object.entries(raw)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(schema.shape, field)) {
      // Own property even for `__proto__`, so that the strict schema and we refuse it instead of losing it.
      if (field === '__proto__') problems.push(unknownField(field, schema));
      else values[field] = value;
      continue;
    }
    const found = readField(schema.shape[field] as z.ZodType, value, read);
    if (found === undefined) continue;
    if ('problem' in found) problems.push(fieldProblem(field, found.problem));
    else values[field] = found.value;
  }
  return { values, problems };
}

function readField(
  schema: z.ZodType,
  value: unknown,
  read: ReadContext,
): { value: unknown } | { problem: Problem } | undefined {
  const meta = fieldMeta(schema);
  if (value === null && isOptionalField(schema) && !schema.safeParse(null).success) return undefined;
  if (!meta) return { value };
  if (typeof value !== 'string') {
    const problem = canonicalProblem(value, read, meta);
    return problem ? { problem } : { value };
  }
  if (value.trim() === '') return undefined;
  return recognisers[meta.kind].read(value, read, meta);
}

function fieldProblem(field: string, { message, suggestion }: Problem): FieldProblem {
  return suggestion === undefined ? { field, message } : { field, message, suggestion };
}

/** Checks canonical values against the schema. Every issue becomes a problem of its field, in words. */
export function checkInput<S extends z.ZodObject>(
  schema: S,
  values: Readonly<Record<string, unknown>>,
): { ok: true; input: z.output<S> } | { ok: false; problems: FieldProblem[] } {
  const parsed = schema.safeParse(values);
  if (parsed.success) return { ok: true, input: parsed.data };
  const problems: FieldProblem[] = [];
  for (const issue of parsed.error.issues) {
    for (const problem of problemsOf(issue, schema, values)) {
      // One problem per field: the first says what to do.
      if (!problems.some(({ field }) => field === problem.field)) problems.push(problem);
    }
  }
  return { ok: false, problems };
}
