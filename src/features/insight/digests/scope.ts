import type { MemberActor } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Ref } from '../../../kernel/fields.ts';
import type { Locale } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import type { DigestKind, DigestScope } from '../../../runtime/digest.ts';
import { readMember, visibleOwners } from '../../org/members/api.ts';
import { type FunnelScope, scopeOf } from '../../sales/deals/api.ts';

export interface Whose {
  owners: DigestScope['owners'];
  scope: FunnelScope;
}

/** The context as a person has it, whoever runs: reads then see what that person may see. `undefined`: they left. */
export async function asMember(ctx: Ctx, memberId: string): Promise<Ctx | undefined> {
  const { actor } = ctx;
  if (actor.kind === 'member' && actor.memberId === memberId) return ctx;
  const facts = await readMember(ctx, memberId);
  if (facts?.status !== 'active') return undefined;
  const { name, roles, unitId, reportsTo, timeZone } = facts;
  const locale = facts.locale as Locale;
  const member: MemberActor = {
    kind: 'member',
    memberId,
    name,
    roles,
    unitId,
    reportsTo,
    locale,
    timeZone,
  };
  return { ...ctx, actor: member, read: { ...ctx.read, locale, timeZone } };
}

/** Whether a person may set up a digest of that kind, by their roles alone. A morning list is everybody's own. */
export function maySet({ actor }: Pick<Ctx, 'actor'>, kind: DigestKind): boolean {
  if (actor.kind !== 'member') return true;
  return kind === 'morning' || actor.roles.includes('manager') || actor.roles.includes('admin');
}

/**
 * Whose records a digest is about: never more than who set it up may see. `undefined`: they may see none of it any
 * more, or its unit is gone. Throws AppError `forbidden` only where `setter` is the one who asks.
 */
export async function whoseOf(setter: Ctx, kind: DigestKind, unit: Ref | undefined): Promise<Whose> {
  const { actor } = setter;
  if (kind === 'morning' && actor.kind === 'member') {
    return {
      owners: { memberIds: [actor.memberId] },
      scope: { kind: 'own', name: null, isPartial: false },
    };
  }
  const { owners, scope } = await scopeOf(setter, { group: unit });
  return { owners: 'all' in owners ? owners : { memberIds: owners.ids }, scope };
}

/**
 * Whose records of a digest somebody else set up a reader may see: it tells what its setter sees, and they read of it
 * what they see themselves. `undefined`: nothing.
 */
export async function seenOf(ctx: Ctx, { owners, scope }: Whose): Promise<Whose | undefined> {
  const visible = await visibleOwners(ctx);
  if ('all' in visible) return { owners, scope };
  if ('all' in owners) return { owners: visible, scope: { ...scope, isPartial: true } };
  const memberIds = owners.memberIds.filter((id) => visible.memberIds.includes(id));
  if (memberIds.length === 0) return undefined;
  const isPartial = scope.isPartial || memberIds.length < owners.memberIds.length;
  return { owners: { memberIds }, scope: { ...scope, isPartial } };
}

/** The unit of a digest by its id; `undefined`: it is gone. */
export async function unitOf(ctx: Ctx, unitId: string): Promise<Ref | undefined> {
  try {
    return await ctx.resolve(['unit'], unitId);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return undefined;
    throw error;
  }
}
