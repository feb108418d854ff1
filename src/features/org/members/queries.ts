import { and, asc, eq, gte, ilike, inArray, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Role } from '../../../kernel/context.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { contains } from '../../../store/find.ts';
import { identities, members, units } from '../../../store/tables/people.ts';
import { audit } from '../../../store/tables/trail.ts';
import { rowsOf } from '../../../store/tx.ts';
import type { PersonView, TeamList } from './model.ts';
import type { UnitRow } from './record.ts';
import { personKey } from './rules.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

export interface FoundPerson {
  id: string;
  name: string;
  email: string | null;
  status: 'unlinked' | 'active' | 'left';
  unit: string | null;
  /** Somebody else here has the same name. */
  hasNamesake: boolean;
}

const namesake = sql<boolean>`exists (
  select 1 from members other
  where other.org_id = ${members.orgId} and other.id <> ${members.id}
    and other.status <> 'left' and lower(other.name) = lower(${members.name}))`;

function peopleWhere(ctx: Reading, condition: SQL | undefined, limit: number, order: SQL[] = []) {
  return ctx.tx
    .select({
      id: members.id,
      name: members.name,
      email: members.email,
      status: members.status,
      unit: units.name,
      hasNamesake: namesake,
    })
    .from(members)
    .leftJoin(units, and(eq(units.orgId, members.orgId), eq(units.id, members.unitId)))
    .where(and(eq(members.orgId, ctx.org.id), condition))
    .orderBy(...order, asc(members.name), asc(members.id))
    .limit(limit) as Promise<FoundPerson[]>;
}

const here = ne(members.status, 'left');

/** Everybody who works here, those nobody has claimed, or those who left. */
export type Whereabouts = 'here' | 'unlinked' | 'left';
const whereabouts = (who: Whereabouts) => (who === 'here' ? here : eq(members.status, who));

/** A member by id, also one who left. */
export function personById(ctx: Reading, id: string): Promise<FoundPerson[]> {
  return peopleWhere(ctx, eq(members.id, id), 1);
}

export function personByEmail(ctx: Reading, email: string, who: Whereabouts): Promise<FoundPerson[]> {
  return peopleWhere(ctx, and(whereabouts(who), eq(members.email, email.toLowerCase())), 6);
}

/** The member a platform's user id belongs to, also one who left. */
export function personByExternalId(
  ctx: Pick<Ctx, 'org' | 'tx' | 'platform'>,
  externalUserId: string,
): Promise<FoundPerson[]> {
  const { platform } = ctx;
  const ids = ctx.tx
    .select({ id: identities.memberId })
    .from(identities)
    .where(
      and(
        eq(identities.orgId, ctx.org.id),
        eq(identities.externalUserId, externalUserId),
        ...(platform === 'slack' || platform === 'teams' ? [eq(identities.platform, platform)] : []),
      ),
    );
  return peopleWhere(ctx, inArray(members.id, ids), 6);
}

/** People whose name holds every word of `text`, likelier ones first; rules pick among them. */
export function peopleNamed(
  ctx: Reading,
  text: string,
  who: Whereabouts,
  limit: number,
): Promise<FoundPerson[]> {
  const words = personKey(text).split(' ').filter(Boolean);
  const [first] = words;
  const order = first
    ? [
        sql`lower(${members.name}) = ${words.join(' ')} desc`,
        sql`starts_with(lower(${members.name}), ${first}) desc`,
      ]
    : [sql`${members.status} = 'active' desc`];
  const named = and(...words.map((word) => contains(members.name, word)));
  // `@lina` is Li Na: handles run names together.
  const runTogether = sql`strpos(replace(lower(${members.name}), ' ', ''), ${words.join('')}) > 0`;
  const fits = words.length === 0 ? undefined : or(named, runTogether);
  return peopleWhere(ctx, and(whereabouts(who), fits), limit, order);
}

const liveUnit = isNull(units.archivedAt);

export function unitById(ctx: Reading, id: string) {
  return ctx.tx
    .select()
    .from(units)
    .where(and(eq(units.orgId, ctx.org.id), eq(units.id, id)));
}

/** Units whose name holds `text`, at most `limit`. */
export function unitsNamed(ctx: Reading, text: string, limit: number) {
  const part = `%${text.trim().replace(/[\\%_]/g, '\\$&')}%`;
  return ctx.tx
    .select()
    .from(units)
    .where(and(eq(units.orgId, ctx.org.id), liveUnit, or(ilike(units.name, part))))
    .orderBy(asc(units.name), asc(units.id))
    .limit(limit);
}

/**
 * The tree of who is above whom: a unit's manager above the unit, a unit above its sub-units and its people, a
 * person above those who report to them. Managers who have no unit of their own recorded count for the unit they
 * are in, as long as nobody else manages it.
 */
const lines = (orgId: string) => sql`
  lines(above_kind, above, below_kind, below) as (
    select 'member', manager_id, 'unit', id from units
      where org_id = ${orgId} and archived_at is null and manager_id is not null
    union all
    select 'member', m.id, 'unit', u.id from members m join units u on u.org_id = m.org_id and u.id = m.unit_id
      where m.org_id = ${orgId} and u.archived_at is null and u.manager_id is null and 'manager' = any(m.roles)
    union all
    select 'unit', parent_id, 'unit', id from units
      where org_id = ${orgId} and archived_at is null and parent_id is not null
    union all
    select 'member', reports_to, 'member', id from members where org_id = ${orgId} and reports_to is not null
    union all
    select 'unit', unit_id, 'member', id from members where org_id = ${orgId} and unit_id is not null
  )`;

/** Everybody below a person, the person included. Cycles do no harm. */
export async function subtreeOf(ctx: Reading, memberId: string): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    ctx.tx,
    sql`with recursive ${lines(ctx.org.id)},
      tree(kind, id) as (
        select 'member', ${memberId}::uuid
        union
        select lines.below_kind, lines.below from tree
          join lines on lines.above_kind = tree.kind and lines.above = tree.id
      )
      select id from tree where kind = 'member'`,
  );
  return rows.map((row) => row.id);
}

/** Everybody in the same unit, the person included. */
export async function teamOf(ctx: Reading, memberId: string, unitId: string | null): Promise<string[]> {
  if (!unitId) return [memberId];
  const rows = await ctx.tx
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.orgId, ctx.org.id), or(eq(members.unitId, unitId), eq(members.id, memberId))));
  return rows.map((row) => row.id);
}

/** Active managers above a person, the nearest first. */
export async function managersAbove(
  ctx: Reading,
  memberId: string,
  limit: number,
): Promise<{ memberId: string; name: string }[]> {
  const rows = await rowsOf<{ id: string; name: string }>(
    ctx.tx,
    sql`with recursive ${lines(ctx.org.id)},
      chain(kind, id, depth) as (
        select 'member', ${memberId}::uuid, 0
        union
        select lines.above_kind, lines.above, chain.depth + 1 from chain
          join lines on lines.below_kind = chain.kind and lines.below = chain.id
          where chain.depth < 12
      )
      select members.id, members.name, min(chain.depth) as depth from chain
      join members on members.org_id = ${ctx.org.id} and members.id = chain.id
      where chain.kind = 'member' and members.id <> ${memberId}
        and members.status = 'active' and 'manager' = any(members.roles)
      group by members.id, members.name order by depth, members.name limit ${limit}`,
  );
  return rows.map(({ id, name }) => ({ memberId: id, name }));
}

/** Active members with a role, by name. */
export async function withRole(
  ctx: Reading,
  role: Role,
  limit: number,
): Promise<{ memberId: string; name: string }[]> {
  return ctx.tx
    .select({ memberId: members.id, name: members.name })
    .from(members)
    .where(
      and(eq(members.orgId, ctx.org.id), eq(members.status, 'active'), sql`${role} = any(${members.roles})`),
    )
    .orderBy(asc(members.name))
    .limit(limit);
}

export interface MemberFacts {
  memberId: string;
  name: string;
  email: string | null;
  roles: Role[];
  unitId: string | null;
  unitName: string | null;
  reportsTo: string | null;
  locale: string;
  timeZone: string;
  status: 'unlinked' | 'active' | 'left';
}

export async function readMembers(ctx: Reading, ids: readonly string[]): Promise<MemberFacts[]> {
  if (ids.length === 0) return [];
  return ctx.tx
    .select({
      memberId: members.id,
      name: members.name,
      email: members.email,
      roles: members.roles,
      unitId: members.unitId,
      unitName: units.name,
      reportsTo: members.reportsTo,
      locale: members.locale,
      timeZone: members.timeZone,
      status: members.status,
    })
    .from(members)
    .leftJoin(units, and(eq(units.orgId, members.orgId), eq(units.id, members.unitId)))
    .where(and(eq(members.orgId, ctx.org.id), inArray(members.id, [...ids])));
}

const boss = alias(members, 'boss');

const personColumns = {
  memberId: members.id,
  name: members.name,
  email: members.email,
  roles: members.roles,
  unitName: units.name,
  unitKind: units.kind,
  reportsTo: boss.name,
  locale: members.locale,
  timeZone: members.timeZone,
  status: members.status,
  identities: sql<('slack' | 'teams')[]>`array(
    select distinct identities.platform from identities
    where identities.org_id = ${members.orgId} and identities.member_id = ${members.id}
      and identities.state = 'active' order by 1)`,
};

/** People with everything lists show of them, in order of unit and name. */
export async function peopleViews(
  ctx: Reading,
  which: { memberId: string } | { unitIds?: readonly string[]; offset: number; limit: number },
): Promise<PersonView[]> {
  const rows = await ctx.tx
    .select(personColumns)
    .from(members)
    .leftJoin(units, and(eq(units.orgId, members.orgId), eq(units.id, members.unitId)))
    .leftJoin(boss, and(eq(boss.orgId, members.orgId), eq(boss.id, members.reportsTo)))
    .where(
      and(
        eq(members.orgId, ctx.org.id),
        'memberId' in which ? eq(members.id, which.memberId) : here,
        ...('unitIds' in which && which.unitIds ? [inArray(members.unitId, [...which.unitIds])] : []),
      ),
    )
    .orderBy(sql`${units.name} nulls first`, asc(members.name), asc(members.id))
    .offset('offset' in which ? which.offset : 0)
    .limit('limit' in which ? which.limit : 1);
  return rows.map(({ unitName, unitKind, ...row }) => ({
    ...row,
    unit: unitName === null || unitKind === null ? null : { name: unitName, kind: unitKind },
  }));
}

const parent = alias(units, 'parent');

/** Units with who manages them and how many people are in each, at most `limit`. */
export async function unitViews(ctx: Reading, limit: number): Promise<TeamList['units']> {
  return ctx.tx
    .select({
      name: units.name,
      kind: units.kind,
      parent: parent.name,
      manager: boss.name,
      people: sql<number>`(
        select count(*)::int from members
        where members.org_id = ${units.orgId} and members.unit_id = ${units.id} and members.status <> 'left')`,
    })
    .from(units)
    .leftJoin(parent, and(eq(parent.orgId, units.orgId), eq(parent.id, units.parentId)))
    .leftJoin(boss, and(eq(boss.orgId, units.orgId), eq(boss.id, units.managerId)))
    .where(and(eq(units.orgId, ctx.org.id), liveUnit))
    .orderBy(sql`${parent.name} nulls first`, asc(units.name))
    .limit(limit);
}

/** A unit and everything below it. */
export async function unitsBelow(ctx: Reading, unitId: string): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    ctx.tx,
    sql`with recursive below(id) as (
        select ${unitId}::uuid
        union
        select units.id from units join below on units.parent_id = below.id
        where units.org_id = ${ctx.org.id} and units.archived_at is null
      )
      select id from below`,
  );
  return rows.map((row) => row.id);
}

export function unitsManagedBy(ctx: Reading, memberId: string): Promise<UnitRow[]> {
  return ctx.tx
    .select()
    .from(units)
    .where(and(eq(units.orgId, ctx.org.id), eq(units.managerId, memberId), liveUnit));
}

/** Active admins besides this person. */
export async function otherAdmins(ctx: Reading, memberId: string): Promise<number> {
  const rows = await ctx.tx
    .select({ n: sql<number>`count(*)::int` })
    .from(members)
    .where(
      and(
        eq(members.orgId, ctx.org.id),
        eq(members.status, 'active'),
        ne(members.id, memberId),
        sql`'admin' = any(${members.roles})`,
      ),
    );
  return rows[0]?.n ?? 0;
}

/** Whether the member did `action` after `since`. */
export async function hasDone(ctx: Reading, memberId: string, action: string, since: Date): Promise<boolean> {
  const rows = await ctx.tx
    .select({ id: audit.id })
    .from(audit)
    .where(
      and(
        eq(audit.orgId, ctx.org.id),
        eq(audit.actorId, memberId),
        gte(audit.at, since),
        eq(audit.action, action),
      ),
    )
    .limit(1);
  return rows.length > 0;
}
