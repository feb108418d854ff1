import { AppError } from '../../../kernel/errors.ts';
import { type Inline, listed, strong } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { readMember, withRole } from '../members/api.ts';
import { t } from './messages.ts';
import type { ChannelRow } from './record.ts';

/** Whether somebody may decide what a channel is told. */
export function mayDecide({ actor }: Pick<Ctx, 'actor'>, row: ChannelRow | undefined): boolean {
  if (actor.kind === 'system') return true;
  if (actor.roles.some((role) => role === 'manager' || role === 'admin')) return true;
  return row !== undefined && row.setBy === actor.memberId;
}

/**
 * Lets pass who may decide what a channel is told: managers, admins, and whoever set it up. Throws AppError
 * `forbidden` naming who can.
 */
export async function requireChannelRight(ctx: Ctx, row: ChannelRow | undefined): Promise<void> {
  if (mayDecide(ctx, row)) return;
  const [setter, managers] = await Promise.all([
    row?.setBy ? readMember(ctx, row.setBy) : undefined,
    withRole(ctx, 'manager', 3),
  ]);
  const names: Inline[] = [];
  if (setter?.status === 'active') names.push(strong(setter.name));
  for (const { memberId, name } of managers) if (memberId !== row?.setBy) names.push(strong(name));
  throw new AppError('forbidden', t('not-yours', { people: listed(names), count: names.length }));
}
