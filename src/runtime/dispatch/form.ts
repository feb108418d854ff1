import type { z } from 'zod';
import { AppError, type FieldProblem } from '../../kernel/errors.ts';
import { type FieldMeta, fieldMeta, isOptionalField } from '../../kernel/fields.ts';
import { recognisers } from '../../kernel/recognise/index.ts';
import { command } from '../../kernel/text.ts';
import type { Form, FormField } from '../../view/form.ts';
import type { Outcome } from '../../view/outcome.ts';
import type { Action } from '../action.ts';
import type { Ctx } from '../context.ts';
import { authorize, type Call, readingContext } from '../execute.ts';
import { readInput } from '../grammar/read-input.ts';
import { engineMessages as t } from '../messages.ts';
import { resolveRef } from '../resolve.ts';
import type { Session } from '../session.ts';

/**
 * The form of an action, opened with what is already understood. Nothing is saved before it is submitted. It may show
 * what is stored, so it opens only for those the action is for, and only for somebody who could save it. Whoever calls
 * rolls the transaction back. Throws AppError.
 */
export async function formFor(
  session: Session,
  call: Pick<Call, 'action' | 'raw'>,
  problems: readonly FieldProblem[],
): Promise<Outcome> {
  const { action, raw } = call;
  await authorize(session, action);
  const ctx = readingContext(session);
  await action.mayOpen?.(ctx, (await named(ctx, action, raw)) as never);
  const prefilled = await prefill(action, ctx, raw);
  const known = { ...prefilled, ...raw };
  const names =
    action.formFields ?? Object.keys(action.input.shape).filter((name) => !action.hidden?.includes(name));
  const fields: FormField[] = [];
  for (const name of names) {
    const schema = action.input.shape[name] as z.ZodType | undefined;
    const meta = schema && fieldMeta(schema);
    if (!schema || !meta) continue;
    const field: FormField = { name, meta, required: !isOptionalField(schema) };
    const error = problems.find((problem) => problem.field === name);
    if (error) field.error = error.message;
    await fill(session, action, field, known[name]);
    fields.push(field);
  }
  const hidden = Object.fromEntries(Object.entries(raw).filter(([name]) => !names.includes(name)));
  const form: Form = {
    press: { a: action.name, i: hidden },
    title: action.title,
    submit: action.submit ?? t('submit'),
    fields,
  };
  const example = action.command?.examples[session.read.locale][0];
  if (example) form.intro = t('form-hint', { line: command(example) });
  return { kind: 'form', form };
}

/** The records and people that are known already; the form shows what is wrong with the others. */
async function named(
  ctx: Ctx,
  { input }: Action,
  raw: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(raw)) {
    const schema = input.shape[name] as z.ZodType | undefined;
    const meta = schema && fieldMeta(schema);
    if (typeof value !== 'string' || value === '' || (meta?.kind !== 'ref' && meta?.kind !== 'person'))
      continue;
    try {
      found[name] = await resolveRef(ctx, meta.lookups ?? [], value, name);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }
  return found;
}

/** What cannot be looked up yet (an unknown record) leaves the form as typed. */
async function prefill(
  action: Action,
  ctx: Ctx,
  raw: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  try {
    return (await action.prefill?.(ctx, raw)) ?? {};
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return {};
  }
}

async function fill(session: Session, action: Action, field: FormField, raw: unknown): Promise<void> {
  if (raw === undefined || raw === null || raw === '') return;
  const { meta } = field;
  const isRef = meta.kind === 'ref' || meta.kind === 'person';
  if (isRef && typeof raw === 'string') {
    try {
      const ref = await resolveRef(readingContext(session), meta.lookups ?? [], raw, field.name);
      field.value = ref.key;
      field.valueLabel = ref.label;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      field.error = error.text;
    }
    return;
  }
  field.value = shown(session, action, field.name, meta, raw);
}

/** As a person would type it; text that could not be read is shown as typed so that nothing is lost. */
function shown(session: Session, action: Action, name: string, meta: FieldMeta, raw: unknown): string {
  const read = readInput(action.input, { [name]: raw }, session.read);
  if (read.problems.length > 0) return String(raw);
  const value = read.values[name];
  return value === undefined ? '' : recognisers[meta.kind].print(value, session.read, meta);
}
