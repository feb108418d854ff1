import { AppError } from '../../../kernel/errors.ts';
import { listed, strong } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { withRole } from '../../org/members/api.ts';
import { t } from './messages.ts';

/** The pipeline is everybody's: an admin changes it. Throws AppError `forbidden` naming who can. */
export async function requireAdmin(ctx: Ctx): Promise<void> {
  const { actor } = ctx;
  if (actor.kind === 'system' || actor.roles.includes('admin')) return;
  const admins = await withRole(ctx, 'admin', 3);
  const people = listed(admins.map(({ name }) => strong(name)));
  throw new AppError('forbidden', t('admins-only', { people, count: admins.length }));
}
