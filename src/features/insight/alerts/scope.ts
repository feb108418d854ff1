import type { Locale } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { type MemberFacts, readMember, visibleOwners } from '../../org/members/api.ts';
import { chainOf, readChart, unitOfMember } from '../../sales/deals/api.ts';
import type { AlertRuleRow } from './record.ts';
import { isWithin, type Scope } from './rules.ts';

type Deciding = Pick<AlertRuleRow, 'channelId' | 'unitId' | 'setBy' | 'kind'>;

/** Whether whoever set a rule up may still: active, and of a channel manager or admin. */
export function mayStill(
  setter: MemberFacts | undefined,
  { channelId }: Pick<Deciding, 'channelId'>,
): boolean {
  if (setter?.status !== 'active') return false;
  return channelId === null || setter.roles.some((role) => role === 'manager' || role === 'admin');
}

/**
 * Whose records each rule is about: those its setter sees now, of the team or branch if one was named. `undefined`:
 * of nobody's, because the setter may no longer.
 */
export function scopeReader(ctx: Ctx): (rule: Deciding) => Promise<Scope | undefined> {
  const seen = new Map<string, Promise<Scope | undefined>>();
  return (rule) => {
    const key = JSON.stringify([rule.setBy, rule.unitId, rule.channelId === null]);
    const known = seen.get(key) ?? readScope(ctx, rule);
    seen.set(key, known);
    return known;
  };
}

async function readScope(ctx: Ctx, rule: Deciding): Promise<Scope | undefined> {
  const setter = await readMember(ctx, rule.setBy);
  if (!setter || !mayStill(setter, rule)) return undefined;
  const { memberId, name, roles, unitId, reportsTo, timeZone } = setter;
  const locale = setter.locale as Locale;
  const actor = { kind: 'member', memberId, name, roles, unitId, reportsTo, locale, timeZone } as const;
  const visible = await visibleOwners({ ...ctx, actor });
  if (rule.unitId === null) {
    return 'all' in visible ? visible : { memberIds: new Set(visible.memberIds), orNobody: true };
  }
  const { members, units } = await readChart(ctx);
  const inUnit = members.filter((member) =>
    chainOf(unitOfMember(member, units), units).some(({ id }) => id === rule.unitId),
  );
  const ids = inUnit.map(({ id }) => id).filter((id) => 'all' in visible || visible.memberIds.includes(id));
  return { memberIds: new Set(ids), orNobody: false };
}

/** What nobody owns belongs to no team: a rule about it is told of everything its setter sees. */
export function isAbout(
  scope: Scope,
  { kind }: Pick<Deciding, 'kind'>,
  { ownerId }: { ownerId: string | null },
): boolean {
  return (kind === 'unowned' && ownerId === null) || isWithin(scope, ownerId);
}
