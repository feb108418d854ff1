import type { Locale } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { type MemberFacts, readMember, type VisibleOwners, visibleOwners } from '../members/api.ts';
import type { DeskScope } from './desk-model.ts';
import { namedUnit } from './policy-words.ts';
import { unitsOver } from './queries.ts';
import type { ApprovalRow, DeskRow } from './record.ts';

type Set = Pick<DeskRow, 'setById' | 'unitId'>;
type About = Pick<ApprovalRow, 'subjectOwnerId' | 'requesterId'>;

/** Roles that decide what a channel is shown of requests. */
const deskRoles: readonly string[] = ['admin', 'manager', 'finance'];

/** Whose requests a desk gets, and who says so. */
export interface DeskReach {
  by: MemberFacts | undefined;
  /** `undefined`: nobody's, because whoever set it up may no longer. */
  owners: VisibleOwners | undefined;
}

/**
 * Reads whose requests desks get: those whoever set one up sees now, by the roles and the team they have now. What
 * nobody is known to have set up (an operator, an older version) gets all.
 */
export function reachReader(ctx: Ctx): (desk: Set) => Promise<DeskReach> {
  const known = new Map<string | null, Promise<DeskReach>>();
  return ({ setById }) => {
    const reach = known.get(setById) ?? reachOf(ctx, setById);
    known.set(setById, reach);
    return reach;
  };
}

async function reachOf(ctx: Ctx, setById: string | null): Promise<DeskReach> {
  if (setById === null) return { by: undefined, owners: { all: true } };
  const by = await readMember(ctx, setById);
  if (by?.status !== 'active' || !by.roles.some((role) => deskRoles.includes(role))) {
    return { by, owners: undefined };
  }
  const { memberId, name, roles, unitId, reportsTo, timeZone } = by;
  const locale = by.locale as Locale;
  const actor = { kind: 'member', memberId, name, roles, unitId, reportsTo, locale, timeZone } as const;
  return { by, owners: await visibleOwners({ ...ctx, actor }) };
}

/** Whether a desk gets a request: of somebody its setter sees, and of the team or region it is for. */
export async function isFor(ctx: Ctx, about: About, desk: Set, { owners }: DeskReach): Promise<boolean> {
  if (owners === undefined) return false;
  const people = [about.requesterId, ...(about.subjectOwnerId === null ? [] : [about.subjectOwnerId])];
  const seen = people.filter((id) => 'all' in owners || owners.memberIds.includes(id));
  const { unitId } = desk;
  if (unitId === null) return seen.length > 0;
  for (const id of seen) if ((await unitsOver(ctx, id)).includes(unitId)) return true;
  return false;
}

/** The same as it is told. */
export async function scopeView(ctx: Ctx, desk: Set, { by, owners }: DeskReach): Promise<DeskScope> {
  return {
    kind: owners === undefined ? 'nothing' : 'all' in owners ? 'all' : 'sees',
    by: by ? { memberId: by.memberId, name: by.name } : null,
    unit: desk.unitId === null ? null : await namedUnit(ctx, desk.unitId),
  };
}
