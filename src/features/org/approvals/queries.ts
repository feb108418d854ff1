import { and, asc, desc, eq, gte, inArray, isNull, lte, ne, or, type SQL, sql } from 'drizzle-orm';
import { formatNumber, isUuid, parseNumber } from '../../../kernel/ids.ts';
import type { Terms } from '../../../runtime/approval-kind.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { members } from '../../../store/tables/people.ts';
import { rowsOf } from '../../../store/tx.ts';
import { channels } from '../channels/tables.ts';
import type { LogEntry } from './model.ts';
import { type PolicyRules, policyRules, usualPolicy } from './policy.ts';
import type { ApprovalRow, LogRow, StepRow, SubstituteRow } from './record.ts';
import {
  approvalDesks,
  approvalLog,
  approvalPolicies,
  approvalSteps,
  approvalSubstitutes,
  approvals,
} from './tables.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

export function numberOf(row: Pick<ApprovalRow, 'number'>): string {
  return formatNumber('approval', row.number);
}

const own = (ctx: Reading) => eq(approvals.orgId, ctx.org.id);
const pending = eq(approvals.status, 'pending');

/** Locks the request until the commit: whoever decides second waits here and reads the first one's answer. */
export async function lockApproval(ctx: Reading, id: string): Promise<ApprovalRow | undefined> {
  const rows = await ctx.tx
    .select()
    .from(approvals)
    .where(and(own(ctx), eq(approvals.id, id)))
    .for('update');
  return rows[0];
}

/** Keeps a request from changing until the commit; several may do so at once. */
export async function keepApproval(ctx: Reading, id: string): Promise<void> {
  await ctx.tx
    .select({ id: approvals.id })
    .from(approvals)
    .where(and(own(ctx), eq(approvals.id, id)))
    .for('share');
}

export async function pendingOf(
  ctx: Reading,
  kind: string,
  subjectId: string,
): Promise<ApprovalRow | undefined> {
  const rows = await ctx.tx
    .select()
    .from(approvals)
    .where(and(own(ctx), pending, eq(approvals.kind, kind), eq(approvals.subjectId, subjectId)))
    .limit(1);
  return rows[0];
}

/** Ids of pending requests, oldest first: of some subjects, of a kind, or all. */
export async function pendingIds(
  ctx: Reading,
  filter: { subjectIds?: readonly string[]; kind?: string } = {},
  limit = 1000,
): Promise<string[]> {
  const rows = await ctx.tx
    .select({ id: approvals.id })
    .from(approvals)
    .where(
      and(
        own(ctx),
        pending,
        filter.kind === undefined ? undefined : eq(approvals.kind, filter.kind),
        filter.subjectIds === undefined ? undefined : inArray(approvals.subjectId, [...filter.subjectIds]),
      ),
    )
    .orderBy(asc(approvals.requestedAt), asc(approvals.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** The request of this number (`A-77`, `77`) or id; none when there is none. */
export async function approvalsCalled(ctx: Reading, text: string): Promise<ApprovalRow[]> {
  const said = text.trim();
  const number = parseNumber(/^\d{1,9}$/.test(said) ? `A-${said}` : said);
  const isNumber = number?.kind === 'approval';
  if (!isNumber && !isUuid(said)) return [];
  return ctx.tx
    .select()
    .from(approvals)
    .where(and(own(ctx), isNumber ? eq(approvals.number, number.number) : eq(approvals.id, said)));
}

/** Requests by id, in the order of the ids. */
export async function approvalsById(ctx: Reading, ids: readonly string[]): Promise<ApprovalRow[]> {
  if (ids.length === 0) return [];
  const rows = await ctx.tx
    .select()
    .from(approvals)
    .where(and(own(ctx), inArray(approvals.id, [...ids])));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Steps of requests that still count, in order; those of one position beside each other. */
export function stepsOf(ctx: Reading, approvalIds: readonly string[]): Promise<StepRow[]> {
  if (approvalIds.length === 0) return Promise.resolve([]);
  return ctx.tx
    .select()
    .from(approvalSteps)
    .where(
      and(
        eq(approvalSteps.orgId, ctx.org.id),
        inArray(approvalSteps.approvalId, [...approvalIds]),
        ne(approvalSteps.state, 'dropped'),
      ),
    )
    .orderBy(asc(approvalSteps.approvalId), asc(approvalSteps.position), asc(approvalSteps.id));
}

type NewStep = Pick<StepRow, 'approvalId' | 'position' | 'part' | 'need' | 'state' | 'seats'> &
  Partial<Pick<StepRow, 'openedAt' | 'escalateAt'>>;

export async function insertStep(
  ctx: Pick<Ctx, 'org' | 'tx' | 'now' | 'newId'>,
  step: NewStep,
): Promise<StepRow> {
  const rows = await ctx.tx
    .insert(approvalSteps)
    .values({ ...step, orgId: ctx.org.id, id: ctx.newId(), createdAt: ctx.now, updatedAt: ctx.now })
    .returning();
  return rows[0] as StepRow;
}

export async function updateStep(
  ctx: Pick<Ctx, 'org' | 'tx' | 'now'>,
  id: string,
  patch: Partial<StepRow>,
): Promise<StepRow> {
  const rows = await ctx.tx
    .update(approvalSteps)
    .set({ ...patch, updatedAt: ctx.now })
    .where(and(eq(approvalSteps.orgId, ctx.org.id), eq(approvalSteps.id, id)))
    .returning();
  return rows[0] as StepRow;
}

/** Requests in whose open steps a member has a seat, oldest first. */
export async function waitingFor(ctx: Reading, memberId: string, limit: number): Promise<string[]> {
  const rows = await ctx.tx
    .select({ id: approvals.id, at: sql`min(${approvals.requestedAt})` })
    .from(approvalSteps)
    .innerJoin(
      approvals,
      and(eq(approvals.orgId, approvalSteps.orgId), eq(approvals.id, approvalSteps.approvalId)),
    )
    .where(
      and(
        eq(approvalSteps.orgId, ctx.org.id),
        eq(approvalSteps.state, 'open'),
        pending,
        sql`${approvalSteps.seats} @> ${JSON.stringify([{ memberId }])}::jsonb`,
      ),
    )
    .groupBy(approvals.id)
    .orderBy(sql`2`, asc(approvals.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** Pending requests a member made, or all they made lately, newest first. */
export async function askedBy(
  ctx: Reading,
  memberId: string,
  which: 'pending' | 'all',
  limit: number,
): Promise<string[]> {
  const rows = await ctx.tx
    .select({ id: approvals.id })
    .from(approvals)
    .where(and(own(ctx), eq(approvals.requesterId, memberId), which === 'pending' ? pending : undefined))
    .orderBy(desc(approvals.requestedAt), desc(approvals.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** Requests of a kind, newest first. */
export function requestsLately(ctx: Reading, kind: string, limit: number): Promise<ApprovalRow[]> {
  return ctx.tx
    .select()
    .from(approvals)
    .where(and(own(ctx), eq(approvals.kind, kind)))
    .orderBy(desc(approvals.requestedAt), desc(approvals.id))
    .limit(limit);
}

export async function appendLog(
  ctx: Pick<Ctx, 'org' | 'tx' | 'now' | 'newId' | 'actor' | 'platform'>,
  approvalId: string,
  entry: LogEntry,
  said: { note?: string | null; details?: Terms } = {},
): Promise<string> {
  const { actor } = ctx;
  const id = ctx.newId();
  await ctx.tx.insert(approvalLog).values({
    orgId: ctx.org.id,
    id,
    approvalId,
    at: ctx.now,
    entry,
    memberId: actor.kind === 'member' ? actor.memberId : null,
    memberName: actor.kind === 'member' ? actor.name : null,
    via: ctx.platform,
    note: said.note ?? null,
    details: said.details ?? {},
  });
  return id;
}

export async function logEntry(ctx: Reading, id: string): Promise<LogRow | undefined> {
  const rows = await ctx.tx
    .select()
    .from(approvalLog)
    .where(and(eq(approvalLog.orgId, ctx.org.id), eq(approvalLog.id, id)));
  return rows[0];
}

export function logOf(ctx: Reading, approvalIds: readonly string[], limit = 50): Promise<LogRow[]> {
  if (approvalIds.length === 0) return Promise.resolve([]);
  return ctx.tx
    .select()
    .from(approvalLog)
    .where(and(eq(approvalLog.orgId, ctx.org.id), inArray(approvalLog.approvalId, [...approvalIds])))
    .orderBy(asc(approvalLog.at), asc(approvalLog.id))
    .limit(limit);
}

export interface PolicyFound {
  version: number;
  rules: PolicyRules;
  setById: string | null;
  setAt: Date | null;
}

/** Version 0 is what every organization starts with. */
const usual: PolicyFound = { version: 0, rules: usualPolicy, setById: null, setAt: null };

/** The rules in force. */
export async function currentPolicy(ctx: Reading, kind: string): Promise<PolicyFound> {
  return (await policiesOf(ctx, kind, undefined)) ?? usual;
}

/** The rules as they were; `undefined`: there never was such a version. */
export async function policyAt(
  ctx: Reading,
  kind: string,
  version: number,
): Promise<PolicyFound | undefined> {
  return version === 0 ? usual : policiesOf(ctx, kind, version);
}

async function policiesOf(
  ctx: Reading,
  kind: string,
  version: number | undefined,
): Promise<PolicyFound | undefined> {
  const isVersion = version === undefined ? undefined : eq(approvalPolicies.policyVersion, version);
  const rows = await ctx.tx
    .select()
    .from(approvalPolicies)
    .where(and(eq(approvalPolicies.orgId, ctx.org.id), eq(approvalPolicies.kind, kind), isVersion))
    .orderBy(desc(approvalPolicies.policyVersion))
    .limit(1);
  const [row] = rows;
  if (!row) return undefined;
  const { policyVersion, rules, setById, setAt } = row;
  return { version: policyVersion, rules: policyRules.parse(rules), setById, setAt };
}

/** Two at once: the second fails on the version and is tried again with the first one's rules. */
export async function insertPolicy(
  ctx: Pick<Ctx, 'org' | 'tx' | 'now' | 'newId'>,
  policy: { kind: string; policyVersion: number; rules: PolicyRules; setById: string | null },
): Promise<void> {
  await ctx.tx
    .insert(approvalPolicies)
    .values({ ...policy, orgId: ctx.org.id, id: ctx.newId(), setAt: ctx.now });
}

/** Who decides for these members on a day, by member. */
export async function substitutesOn(
  ctx: Reading,
  memberIds: readonly string[],
  on: string,
): Promise<SubstituteRow[]> {
  if (memberIds.length === 0) return [];
  return ctx.tx
    .select()
    .from(approvalSubstitutes)
    .where(
      and(
        eq(approvalSubstitutes.orgId, ctx.org.id),
        inArray(approvalSubstitutes.memberId, [...memberIds]),
        isNull(approvalSubstitutes.archivedAt),
        lte(approvalSubstitutes.fromOn, on),
        gte(approvalSubstitutes.untilOn, on),
      ),
    )
    .orderBy(asc(approvalSubstitutes.createdAt));
}

function selectDesks(ctx: Reading, condition?: SQL) {
  return ctx.tx
    .select({ channel: channels, desk: approvalDesks })
    .from(approvalDesks)
    .innerJoin(
      channels,
      and(eq(channels.orgId, approvalDesks.orgId), eq(channels.id, approvalDesks.channelId)),
    )
    .where(
      and(
        eq(approvalDesks.orgId, ctx.org.id),
        isNull(approvalDesks.archivedAt),
        isNull(channels.archivedAt),
        condition,
      ),
    )
    .orderBy(asc(approvalDesks.createdAt), asc(approvalDesks.id));
}

/** Channels where requests of a kind are shown; never those people of other companies read. */
export function desksOf(ctx: Reading, kind: string) {
  const ofKind = or(isNull(approvalDesks.kind), eq(approvalDesks.kind, kind));
  return selectDesks(ctx, and(eq(channels.isShared, false), ofKind));
}

/** The same, kept from changing until the commit: what is queued for them is not for a channel just shared. */
export function keepDesksOf(ctx: Reading, kind: string) {
  return desksOf(ctx, kind).for('share');
}

/** Channels that are desks, of whatever kind; those other companies read included, which get nothing. */
export function liveDesks(ctx: Reading, limit: number) {
  return selectDesks(ctx).limit(limit);
}

export interface Decider {
  roles: readonly string[];
  isHere: boolean;
}

/** Somebody's roles as they are now, kept from changing until the commit. */
export async function lockDecider(ctx: Reading, memberId: string): Promise<Decider> {
  const rows = await ctx.tx
    .select({ roles: members.roles, status: members.status })
    .from(members)
    .where(and(eq(members.orgId, ctx.org.id), eq(members.id, memberId)))
    .for('share');
  const [row] = rows;
  return { roles: row?.roles ?? [], isHere: row?.status === 'active' };
}

/** A member's team and everything above it. */
export async function unitsOver(ctx: Reading, memberId: string): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    ctx.tx,
    sql`with recursive over(id, depth) as (
        select unit_id, 0 from members where org_id = ${ctx.org.id} and id = ${memberId} and unit_id is not null
        union
        select units.parent_id, over.depth + 1 from over
          join units on units.org_id = ${ctx.org.id} and units.id = over.id
          where units.parent_id is not null and over.depth < 12
      )
      select distinct id from over`,
  );
  return rows.map(({ id }) => id);
}
