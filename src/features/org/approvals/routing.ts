import type { Role } from '../../../kernel/context.ts';
import { dayIn } from '../../../kernel/dates.ts';
import type { ApprovalFacts } from '../../../runtime/approval-kind.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { managersAbove, readMember, readMembers, withRole } from '../members/api.ts';
import type { Part, Seat } from './model.ts';
import { type PolicyRules, reaches } from './policy.ts';
import { substitutesOn } from './queries.ts';

/** Nobody asks more people than this at once. */
const mostSeats = 20;

/** Roles that may decide at all; admins set up and do not decide. */
export const decidingRoles = ['manager', 'finance'] as const satisfies Role[];

export function mayDecide(roles: readonly string[]): boolean {
  return decidingRoles.some((role) => roles.includes(role));
}

/** Whether one of these people, by the roles they have now, may grant so much. */
export async function anyReaches(
  ctx: Ctx,
  policy: Pick<PolicyRules, 'limits'>,
  facts: ApprovalFacts,
  memberIds: readonly string[],
): Promise<boolean> {
  if (policy.limits.length === 0) return true;
  const people = await readMembers(ctx, memberIds);
  return people.some(({ roles }) => reaches(policy, roles, facts));
}

/** Who is asked about what, and who never is. */
export interface Asking {
  requesterId: string;
  /** Requester, owner, creator, last editor. */
  excluded: ReadonlySet<string>;
}

/**
 * Those who may decide a part as people stand now, the nearest first, with whoever stands in for them today. Empty:
 * nobody can.
 */
export async function seatsFor(ctx: Ctx, part: Part, asking: Asking): Promise<Seat[]> {
  const ids = (await candidates(ctx, part, asking)).slice(0, mostSeats);
  const seats: Seat[] = [];
  const standIns = await standInsOf(ctx, ids, asking);
  for (const memberId of ids) {
    seats.push({ memberId, why: 'policy' });
    for (const substituteId of standIns.get(memberId) ?? []) {
      if (seats.some((seat) => seat.memberId === substituteId) || ids.includes(substituteId)) continue;
      seats.push({ memberId: substituteId, why: 'substitute', forId: memberId });
    }
  }
  return seats;
}

async function candidates(ctx: Ctx, part: Part, { requesterId, excluded }: Asking): Promise<string[]> {
  const free = (people: readonly { memberId: string }[]) =>
    people.map(({ memberId }) => memberId).filter((id) => !excluded.has(id));
  switch (part.who) {
    case 'manager': {
      const [nearest] = free(await managersAbove(ctx, requesterId, mostSeats));
      if (nearest !== undefined) return [nearest];
      return free(await withRole(ctx, 'manager', mostSeats + excluded.size));
    }
    case 'role':
      return free(await withRole(ctx, part.role, mostSeats + excluded.size));
    case 'member': {
      const member = await readMember(ctx, part.memberId);
      const fits = member?.status === 'active' && mayDecide(member.roles) && !excluded.has(member.memberId);
      return fits ? [part.memberId] : [];
    }
    default:
      return part satisfies never;
  }
}

/** Who comes in when a part takes too long: the next manager above, any other one where there is none. */
export async function nextInLine(
  ctx: Ctx,
  part: Part,
  asking: Asking,
  seated: readonly Seat[],
): Promise<Seat[]> {
  if (part.who === 'role' && part.role !== 'manager') return [];
  const isNew = ({ memberId }: { memberId: string }) =>
    !asking.excluded.has(memberId) && !seated.some((seat) => seat.memberId === memberId);
  const above = (await managersAbove(ctx, asking.requesterId, mostSeats)).find(isNew);
  const next = above ?? (await withRole(ctx, 'manager', mostSeats)).find(isNew);
  return next ? [{ memberId: next.memberId, why: 'escalated' }] : [];
}

/** Of those who were called in before, whoever would still be: here, a manager, without a hand in it. */
export async function stillCalledIn(
  ctx: Ctx,
  before: readonly Seat[],
  named: readonly Seat[],
  { excluded }: Asking,
): Promise<Seat[]> {
  const called: Seat[] = [];
  for (const seat of before) {
    const isFree = !excluded.has(seat.memberId) && !named.some(({ memberId }) => memberId === seat.memberId);
    if (seat.why !== 'escalated' || !isFree) continue;
    const member = await readMember(ctx, seat.memberId);
    if (member?.status === 'active' && member.roles.includes('manager')) called.push(seat);
  }
  return called;
}

/** Active substitutes with a role that may decide, by whom they stand in for. */
async function standInsOf(
  ctx: Ctx,
  memberIds: readonly string[],
  { excluded }: Asking,
): Promise<Map<string, string[]>> {
  const rows = await substitutesOn(ctx, memberIds, dayIn(ctx.now, ctx.org.timeZone));
  const found = new Map<string, string[]>();
  for (const { memberId, substituteId } of rows) {
    if (excluded.has(substituteId)) continue;
    const member = await readMember(ctx, substituteId);
    if (member?.status !== 'active' || !mayDecide(member.roles)) continue;
    found.set(memberId, [...(found.get(memberId) ?? []), substituteId]);
  }
  return found;
}
