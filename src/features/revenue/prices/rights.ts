import type { Actor } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { command, listed, strong } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { withRole } from '../../org/members/api.ts';
import { t } from './messages.ts';

export function maySet(actor: Actor): boolean {
  return actor.kind === 'system' || actor.roles.some((role) => role === 'manager' || role === 'admin');
}

/** Everybody inside reads prices; managers and admins set them. Throws AppError `forbidden` naming who can. */
export async function requireLead(ctx: Ctx): Promise<void> {
  if (maySet(ctx.actor)) return;
  const people = await withRole(ctx, 'manager', 3);
  const leads = people.length > 0 ? people : await withRole(ctx, 'admin', 3);
  throw new AppError(
    'forbidden',
    t('only-leads', { people: listed(leads.map(({ name }) => strong(name))), line: command('prices') }),
  );
}
