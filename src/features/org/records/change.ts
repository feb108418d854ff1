import { AppError, type WayOut } from '../../../kernel/errors.ts';
import type { Ref } from '../../../kernel/fields.ts';
import type { Token } from '../../../kernel/recognise/recogniser.ts';
import { nearest } from '../../../kernel/recognise/spelling.ts';
import { code, command, listed } from '../../../kernel/text.ts';
import type { Action } from '../../../runtime/action.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { typedForm } from '../../../runtime/generic-verbs.ts';
import { readArguments } from '../../../runtime/grammar/arguments.ts';
import { keyOf, type Spec, specOf } from '../../../runtime/grammar/spec.ts';
import { type LineToken, tokenise } from '../../../runtime/grammar/tokens.ts';
import { fieldsOf, nameOf } from './forward.ts';
import { t } from './messages.ts';

/** Words for what other verbs change, and the line that does it. */
const otherVerbs: readonly { words: readonly string[]; line: (key: string, value: string) => string }[] = [
  { words: ['owner', '负责人'], line: (key, value) => `assign ${key} ${value}` },
  { words: ['stage', '阶段', '销售阶段'], line: (key, value) => `move ${key} ${value}` },
  { words: ['next', 'step', '下次跟进'], line: (key, value) => `next ${key} ${value}` },
];

/**
 * Reads `amount 95k close:15nov` as the fields of the kind's set action. Throws AppError: with the fields there
 * are for a word that is none, with the corrected words for a value that cannot be read.
 */
export function readChanges(
  ctx: Ctx,
  action: Action,
  ref: Ref,
  changes: string,
  currency: string,
): Record<string, unknown> {
  const form = typedForm(ctx.catalog, action) ?? action;
  const spec = specOf(form);
  const words = tokenise(changes);
  refuseUnknown(spec, action, ref, words.tokens);
  refuseNoValue(spec, words.tokens);
  const { raw, problems } = readArguments({ ...spec, positional: [], wordsAreKeys: true }, words, {
    ...ctx.read,
    currency,
  });
  const [problem] = problems;
  if (!problem) return raw;
  const { message, start, end, instead, choices = [] } = problem;
  const withInstead = (text: string) => `${changes.slice(0, start)}${text}${changes.slice(end)}`;
  if (choices.length > 0) {
    const waysOut = choices.map((text): WayOut => {
      const line = `set ${ref.key} ${withInstead(text)}`;
      return { label: command(line), action: 'line', input: { line } };
    });
    throw new AppError('invalid_input', message, { fields: [{ field: 'changes', message }], waysOut });
  }
  const fixed = instead === undefined ? undefined : withInstead(instead);
  throw new AppError('invalid_input', message, {
    fields: [{ field: 'changes', message, ...(fixed === undefined ? {} : { suggestion: fixed }) }],
  });
}

/** `set D-142 amount` and nothing after it. */
function refuseNoValue(spec: Spec, tokens: readonly LineToken[]): void {
  const [only, ...more] = tokens;
  if (!only || more.length > 0 || only.key !== undefined) return;
  const field = spec.keys.get(keyOf(only.text));
  if (!field) return;
  const message = t('set-no-value', { field: field.meta.label });
  throw new AppError('invalid_input', message, { fields: [{ field: 'changes', message }] });
}

/** The first word, and every key, has to be a field. */
function refuseUnknown(spec: Spec, action: Action, ref: Ref, tokens: readonly LineToken[]): void {
  const first = tokens[0];
  const unknown = tokens.find((token, index) => {
    const word = token.key ?? (index === 0 ? token.text : undefined);
    return word !== undefined && !spec.keys.has(keyOf(word));
  });
  if (!first || !unknown) return;
  const word = unknown.key ?? unknown.text;
  const value = unknown.key === undefined ? (tokens[1]?.text ?? '') : unknown.text;
  const fields = listed(
    fieldsOf(action)
      .filter(([name]) => name !== ref.kind)
      .map(([, { label }]) => label),
  );
  const values = { word: code(word), record: nameOf(ref), fields };
  const other = otherVerbs.find(({ words }) => words.includes(word.toLowerCase()));
  if (other) {
    const line = other.line(ref.key, value).trim();
    const waysOut: WayOut[] = value === '' ? [] : [{ label: t('run-it'), action: 'line', input: { line } }];
    throw new AppError('rule', t('set-elsewhere', { ...values, line: command(line) }), { waysOut });
  }
  const near = nearest(keyOf(word), spec.keys.keys());
  const message =
    near === undefined ? t('set-unknown', values) : t('set-meant', { ...values, near: code(near) });
  throw new AppError('invalid_input', message, { fields: [{ field: 'changes', message }] });
}

/** The words as they were typed, from a token on. */
export function textFrom(tokens: readonly Token[]): string {
  return tokens
    .map(({ key, text, quoted, mention }) => {
      const value = mention ? mentionText(mention) : quoted || /\s/.test(text) ? quote(text) : text;
      return key === undefined ? value : `${key}:${value}`;
    })
    .join(' ');
}

const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;

function mentionText({ externalId, name }: { externalId: string; name?: string }): string {
  return `<@${externalId}${name === undefined ? '' : `|${name}`}>`;
}
