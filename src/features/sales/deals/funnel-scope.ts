import { AppError } from '../../../kernel/errors.ts';
import type { Ref } from '../../../kernel/fields.ts';
import { listed, strong } from '../../../kernel/text.ts';
import { type Ctx, memberOf } from '../../../runtime/context.ts';
import {
  isVisible,
  managersAbove,
  readMember,
  requireSight,
  type VisibleOwners,
  visibleOwners,
} from '../../org/members/api.ts';
import type { FunnelScope } from './funnel-model.ts';
import { type DealFilter, managedUnit, readChart } from './funnel-queries.ts';
import { membersOfUnit } from './funnel-rules.ts';
import { t } from './messages.ts';

export interface Asked {
  owner?: Ref | undefined;
  group?: Ref | undefined;
  direct?: boolean | undefined;
  without?: readonly string[] | undefined;
}

export interface Scope {
  owners: DealFilter['owners'];
  scope: FunnelScope;
}

/**
 * Whose deals count for this reader: those asked for, never more than the reader may see in full. Nothing asked
 * for: all of these. Throws AppError `forbidden` naming who can see what was asked for.
 */
export async function scopeOf(ctx: Ctx, { owner, group, direct, without }: Asked): Promise<Scope> {
  if (owner) {
    await requireSight(ctx, { kind: 'deal', ownerId: owner.id, label: t('deals-of', { name: owner.label }) });
    const scope = { kind: 'person', name: owner.label, isPartial: false } as const;
    return { owners: { ids: [owner.id], orNobody: false }, scope };
  }
  const visible = await visibleOwners(ctx);
  if (group) return scopeOfUnit(ctx, group, direct === true, visible);
  if ('all' in visible)
    return { owners: { all: true }, scope: { kind: 'all', name: null, isPartial: false } };
  // What nobody owns is for everybody to see, but it is not the team's.
  if (without?.includes('owner')) {
    const scope = { kind: 'all', name: null, isPartial: false } as const;
    return { owners: { ids: [], orNobody: true }, scope };
  }
  const owners = { ids: visible.memberIds, orNobody: false };
  return { owners, scope: { ...(await ownScope(ctx, visible.memberIds)), isPartial: false } };
}

async function ownScope(ctx: Ctx, memberIds: readonly string[]): Promise<Pick<FunnelScope, 'kind' | 'name'>> {
  const me = memberOf(ctx);
  if (memberIds.length === 1) return { kind: 'own', name: null };
  if (me.roles.includes('manager')) {
    return { kind: 'below', name: (await managedUnit(ctx, me.memberId)) ?? null };
  }
  return { kind: 'team', name: (await readMember(ctx, me.memberId))?.unitName ?? null };
}

async function scopeOfUnit(ctx: Ctx, unit: Ref, isDirect: boolean, visible: VisibleOwners): Promise<Scope> {
  const { members, units } = await readChart(ctx);
  const all = membersOfUnit(members, units, unit.id, isDirect);
  const ids = all.filter((id) => isVisible(visible, id));
  const [somebody] = all;
  if (somebody !== undefined && ids.length === 0) {
    const managers = await managersAbove(ctx, somebody, 2);
    throw new AppError(
      'forbidden',
      t('unit-not-seen', {
        unit: unit.label,
        count: managers.length,
        people: listed(managers.map(({ name }) => strong(name))),
      }),
    );
  }
  return {
    owners: { ids, orNobody: false },
    scope: { kind: 'unit', name: unit.label, isPartial: ids.length < all.length },
  };
}
