import { dayIn } from '../../../kernel/dates.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { When } from '../../../kernel/fields.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { t } from './messages.ts';
import { isPast, plausible } from './rules.ts';
import { dueText } from './words.ts';

/**
 * Refuses a time that has passed: a reminder in the past would never come. Offers what was probably meant, each
 * one a button that runs `action` with it. Throws AppError `rule`.
 */
export function requireFuture(
  ctx: Ctx,
  due: When,
  field: string,
  again: { action: string; input: Record<string, unknown> },
): void {
  const { timeZone } = ctx.read;
  if (!isPast(due, ctx.now, timeZone)) return;
  const at = { ...ctx, today: dayIn(ctx.now, timeZone) };
  const text = (when: When) => dueText({ dueOn: when.on, dueAt: when.at ?? null }, at);
  const message = t('is-past', { due: text(due) });
  throw new AppError('rule', message, {
    fields: [{ field, message }],
    waysOut: plausible(due, ctx.now, timeZone, ctx.org).map((when) => ({
      label: t('use-it', { due: text(when) }),
      action: again.action,
      input: { ...again.input, [field]: when },
    })),
  });
}
