import { AppError } from '../../../kernel/errors.ts';
import { listed, strong } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { withRole } from '../../org/members/api.ts';
import { t } from './messages.ts';

/** Everybody reads the rule by the same command, so that the right to change it is asked for here. Throws AppError. */
export async function requireRuler(ctx: Ctx): Promise<void> {
  const { actor } = ctx;
  if (actor.kind === 'system' || actor.roles.some((role) => role === 'manager' || role === 'admin')) return;
  const people = [...(await withRole(ctx, 'manager', 3)), ...(await withRole(ctx, 'admin', 1))];
  const names = [...new Set(people.map(({ name }) => name))].map(strong);
  throw new AppError('forbidden', t('managers-only', { names: listed(names), count: names.length }));
}
