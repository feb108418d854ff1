import { f } from '../../../kernel/fields.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { printable } from '../../../runtime/execute.ts';
import type { Press } from '../../../view/press.ts';
import { t } from './messages.ts';
import { kindMeant } from './policy-change.ts';
import { currentPolicy } from './queries.ts';

/** Which kind of request the rules are for; without it the first there is. */
export const kindField = () => f.text(t('kind'), { max: 40 });
/** Version of the rules somebody looked at; never typed. */
export const baseField = () => f.number(t('version'));

export const classField = () =>
  f.oneOf(t('class'), [
    { value: 'A', label: 'A', words: ['a类', 'a级'] },
    { value: 'B', label: 'B', words: ['b类', 'b级'] },
    { value: 'C', label: 'C', words: ['c类', 'c级'] },
  ]);

export const roleField = () =>
  f.oneOf(t('role'), [
    { value: 'manager', label: t('role-manager'), words: ['主管', '经理'] },
    { value: 'finance', label: t('role-finance') },
  ]);

/**
 * A change that is asked for without the version it is about becomes one with it: what a confirmation shows is what
 * its button does, or a conflict.
 */
export async function onVersion(
  ctx: Ctx,
  action: string,
  input: { kind?: string | undefined; base?: number | undefined },
): Promise<Press | undefined> {
  if (input.base !== undefined) return undefined;
  const { version } = await currentPolicy(ctx, kindMeant(ctx, input.kind));
  return { a: action, i: { ...printable(input), base: version } };
}
