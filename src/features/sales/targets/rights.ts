import { AppError } from '../../../kernel/errors.ts';
import { listed, strong } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { managersAbove, requireWrite, withRole } from '../../org/members/api.ts';
import { t } from './messages.ts';

/**
 * Nobody sets the own target but those who lead: a manager for the people below and themselves, an admin for all.
 * Throws AppError `forbidden` naming who can.
 */
export async function requireSetter(ctx: Ctx, whose: { memberId: string; name: string }): Promise<void> {
  const { actor } = ctx;
  const label = t('target-of', { name: whose.name });
  if (actor.kind === 'member' && !actor.roles.some((role) => role === 'manager' || role === 'admin')) {
    const above = await managersAbove(ctx, whose.memberId, 3);
    const people = above.length > 0 ? above : await withRole(ctx, 'admin', 3);
    const names = listed(people.map(({ name }) => strong(name)));
    throw new AppError('forbidden', t('set-by', { label, people: names, count: people.length }));
  }
  await requireWrite(ctx, { ownerId: whose.memberId, label, doing: t('doing-target') });
}
