import type { z } from 'zod';
import type { FieldProblem } from '../../kernel/errors.ts';
import { type FieldMeta, fieldMeta } from '../../kernel/fields.ts';
import { nearest } from '../../kernel/recognise/spelling.ts';
import { code, type Inline, listed, percent } from '../../kernel/text.ts';
import { grammarMessages as t } from './messages.ts';

type Issue = z.core.$ZodIssue;

/** What is wrong by one zod issue, in words. */
export function problemsOf(
  issue: Issue,
  schema: z.ZodObject,
  values: Readonly<Record<string, unknown>>,
): FieldProblem[] {
  const field = String(issue.path[0] ?? '');
  if (issue.code === 'unrecognized_keys' && issue.path.length === 0) {
    return issue.keys.map((key) => unknownField(key, schema));
  }
  const own = Object.hasOwn(schema.shape, field) ? (schema.shape[field] as z.ZodType) : undefined;
  const meta = own && fieldMeta(own);
  if (issue.code === 'custom') return [customProblem(field, issue, meta)];
  const label: Inline = meta?.label ?? field;
  const value = Object.hasOwn(values, field) ? values[field] : undefined;
  if (value === undefined || value === null || (value === '' && issue.code === 'too_small')) {
    return [{ field, message: t('missing', { label }), missing: true }];
  }
  return [{ field, message: messageOf(issue, label, meta) }];
}

/** Refinements of an action may bring their own words: `params: { message: Inline, missing?: true }`. */
function customProblem(
  field: string,
  issue: Extract<Issue, { code: 'custom' }>,
  meta?: FieldMeta,
): FieldProblem {
  const params: Record<string, unknown> = issue.params ?? {};
  const isMissing = params.missing === true;
  const fallback =
    meta === undefined
      ? t(isMissing ? 'one-missing' : 'invalid')
      : t(isMissing ? 'missing' : meta.kind === 'money' ? 'not-negative' : 'not-valid', {
          label: meta.label,
        });
  const message = isInline(params.message) ? params.message : fallback;
  return isMissing ? { field, message, missing: true } : { field, message };
}

function isInline(value: unknown): value is Inline {
  return typeof value === 'string' || (typeof value === 'object' && value !== null && 't' in value);
}

function messageOf(issue: Issue, label: Inline, meta: FieldMeta | undefined): Inline {
  const isWhole = issue.path.length === 1;
  switch (issue.code) {
    case 'too_big':
      if (issue.origin === 'string') return t('field-too-long', { label, max: Number(issue.maximum) });
      if (isWhole && issue.origin !== 'array')
        return t('at-most', { label, max: figure(issue.maximum, meta) });
      return t('not-valid', { label });
    case 'too_small':
      if (isWhole && issue.origin !== 'array' && issue.origin !== 'string') {
        return t('at-least', { label, min: figure(issue.minimum, meta) });
      }
      return t('not-valid', { label });
    case 'invalid_value':
      if (!meta?.options) return t('not-valid', { label });
      return t('not-option', {
        label,
        options: listed(meta.options.slice(0, 12).map((option) => code(option.value))),
      });
    default:
      return t(byKind(meta), { label });
  }
}

function byKind(meta: FieldMeta | undefined): 'not-email' | 'not-phone' | 'not-date' | 'not-valid' {
  switch (meta?.kind) {
    case 'email':
      return 'not-email';
    case 'phone':
      return 'not-phone';
    case 'day':
    case 'when':
    case 'span':
      return 'not-date';
    default:
      return 'not-valid';
  }
}

function figure(bound: number | bigint, meta: FieldMeta | undefined): Inline | number {
  return meta?.kind === 'percent' ? percent(Number(bound)) : Number(bound);
}

/** A field nobody knows, with the one that was probably meant. */
export function unknownField(field: string, schema: z.ZodObject): FieldProblem {
  const suggestion = nearest(field, Object.keys(schema.shape));
  const name = field.slice(0, 60);
  return {
    field,
    message:
      suggestion === undefined
        ? t('unknown-field', { field: name })
        : t('unknown-field-meant', { field: name, suggestion }),
  };
}
