import { and, asc, eq, inArray, isNull, lt, lte, ne, or, type SQL, sql } from 'drizzle-orm';
import { formatNumber } from '../../../kernel/ids.ts';
import type { Ctx } from '../../../runtime/context.ts';
import type { DigestScope } from '../../../runtime/digest.ts';
import { members } from '../../../store/tables/people.ts';
import { accounts } from '../../crm/accounts/tables.ts';
import type { ListedDeal } from '../deals/api.ts';
import { deals } from '../deals/tables.ts';
import { leads } from '../leads/tables.ts';
import type { StepView, Subject, SubjectView } from './model.ts';
import type { NextStepRow } from './record.ts';
import { nextSteps, shownLists } from './tables.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

/** The open step of a record, to be changed. */
export async function openRow(ctx: Reading, subjectId: string): Promise<NextStepRow | undefined> {
  const rows = await ctx.tx
    .select()
    .from(nextSteps)
    .where(and(isOpen(ctx), eq(nextSteps.subjectId, subjectId)));
  return rows[0];
}

/** The open step of a record, to be shown. */
export async function openStep(ctx: Reading, subjectId: string): Promise<StepView | undefined> {
  const rows = await selectSteps(ctx).where(and(isOpen(ctx), eq(nextSteps.subjectId, subjectId)));
  const row = rows[0];
  return row && toView(row);
}

/** One step, whatever became of it. */
export async function readStep(ctx: Reading, id: string): Promise<StepView | undefined> {
  const rows = await selectSteps(ctx).where(and(eq(nextSteps.orgId, ctx.org.id), eq(nextSteps.id, id)));
  const row = rows[0];
  return row && toView(row);
}

/** Whose steps or deals are read; `all`: nobody's deals as well. */
export type Owners = DigestScope['owners'];

/** Open steps of a member due by `today`, the oldest first. Those of records that are closed are left out. */
export function dueSteps(
  ctx: Reading,
  memberId: string,
  today: string,
  limit: number,
): Promise<(StepView & { id: string })[]> {
  return stepsUntil(ctx, { memberIds: [memberId] }, today, limit);
}

/** The same of several people, due by any day. */
export async function stepsUntil(
  ctx: Reading,
  owners: Owners,
  until: string,
  limit: number,
): Promise<(StepView & { id: string })[]> {
  const rows = await selectSteps(ctx)
    .where(and(isOpen(ctx), ownedBy(nextSteps.ownerId, owners), lte(nextSteps.dueOn, until), isWorkedOn))
    .orderBy(...inDueOrder)
    .limit(limit);
  return rows.map((row) => ({ ...toView(row), id: row.step.id }));
}

/** Open steps that should have been done: their day is over, or their time of today. Ids only. */
export function lateSteps(
  ctx: Reading,
  owners: Owners,
  { on, now }: { on: string; now: Date },
): Promise<{ id: string; ownerId: string }[]> {
  return ctx.tx
    .select({ id: nextSteps.id, ownerId: nextSteps.ownerId })
    .from(nextSteps)
    .leftJoin(leads, subject('lead', leads))
    .leftJoin(deals, subject('deal', deals))
    .leftJoin(accounts, subject('account', accounts))
    .where(and(isOpen(ctx), ownedBy(nextSteps.ownerId, owners), isPastDue(on, now), isWorkedOn))
    .orderBy(asc(nextSteps.dueOn), asc(nextSteps.id));
}

/** The same of everybody but one, to be shown, the oldest first. */
export async function lateStepsBeside(
  ctx: Reading,
  memberId: string,
  owners: Owners,
  { on, now }: { on: string; now: Date },
  limit: number,
): Promise<StepView[]> {
  const isOfOthers = and(ownedBy(nextSteps.ownerId, owners), ne(nextSteps.ownerId, memberId));
  const rows = await selectSteps(ctx)
    .where(and(isOpen(ctx), isOfOthers, isPastDue(on, now), isWorkedOn))
    .orderBy(...inDueOrder)
    .limit(limit);
  return rows.map(toView);
}

const inDueOrder = [asc(nextSteps.dueOn), sql`${nextSteps.dueAt} asc nulls last`, asc(nextSteps.id)];

function isPastDue(on: string, now: Date): SQL | undefined {
  return and(lte(nextSteps.dueOn, on), or(lt(nextSteps.dueOn, on), lt(nextSteps.dueAt, now)));
}

function ownedBy(column: typeof nextSteps.ownerId | typeof deals.ownerId, owners: Owners): SQL | undefined {
  return 'all' in owners ? undefined : inArray(column, [...owners.memberIds]);
}

/** Repeats the predicate of the indexes on open steps. */
function isOpen(ctx: Reading): SQL | undefined {
  return and(
    eq(nextSteps.orgId, ctx.org.id),
    sql`${nextSteps.status} = 'open'`,
    isNull(nextSteps.archivedAt),
  );
}

function subject(kind: SubjectView['kind'], table: typeof leads | typeof deals | typeof accounts) {
  return and(
    eq(nextSteps.subjectKind, kind),
    eq(table.orgId, nextSteps.orgId),
    eq(table.id, nextSteps.subjectId),
  );
}

/** Of joined subjects: the record is not closed and not put away. */
const isWorkedOn = or(
  and(eq(nextSteps.subjectKind, 'deal'), eq(deals.status, 'open'), isNull(deals.archivedAt)),
  and(eq(nextSteps.subjectKind, 'lead'), isNull(leads.archivedAt)),
  and(eq(nextSteps.subjectKind, 'account'), isNull(accounts.archivedAt)),
);

/** Steps with the names of their subject and owner: one query, whatever the subjects are. */
function selectSteps(ctx: Reading) {
  return ctx.tx
    .select({
      step: nextSteps,
      owner: members.name,
      number: sql<number>`coalesce(${leads.number}, ${deals.number}, ${accounts.number})`,
      name: sql<string>`coalesce(${leads.company}, ${deals.name}, ${accounts.name})`,
    })
    .from(nextSteps)
    .leftJoin(members, and(eq(members.orgId, nextSteps.orgId), eq(members.id, nextSteps.ownerId)))
    .leftJoin(leads, subject('lead', leads))
    .leftJoin(deals, subject('deal', deals))
    .leftJoin(accounts, subject('account', accounts))
    .$dynamic();
}

interface StepRow {
  step: NextStepRow;
  owner: string | null;
  number: number;
  name: string;
}

function toView({ step, owner, number, name }: StepRow): StepView {
  return {
    subject: { kind: step.subjectKind, number: formatNumber(step.subjectKind, number), name },
    text: step.text,
    dueOn: step.dueOn,
    dueAt: step.dueAt?.toISOString() ?? null,
    status: step.status,
    owner: { memberId: step.ownerId, name: owner ?? '?' },
  };
}

/** What deciding on a step takes to know of its subject. */
export interface SubjectFacts extends SubjectView {
  id: string;
  ownerId: string | null;
  isArchived: boolean;
  /** Of deals and leads; accounts have none. */
  state: 'open' | 'won' | 'lost' | 'new' | 'opportunity' | 'nurture' | 'dropped' | null;
  /** Number of the deal a lead became. */
  deal: string | null;
}

export async function readSubject(ctx: Reading, subject: Subject): Promise<SubjectFacts | undefined> {
  switch (subject.kind) {
    case 'lead': {
      const rows = await ctx.tx
        .select({ lead: leads, deal: deals.number })
        .from(leads)
        .leftJoin(deals, and(eq(deals.orgId, leads.orgId), eq(deals.id, leads.dealId)))
        .where(and(eq(leads.orgId, ctx.org.id), eq(leads.id, subject.id)));
      const row = rows[0];
      if (!row) return undefined;
      const { lead, deal } = row;
      return facts('lead', lead, lead.company, lead.state, deal === null ? null : formatNumber('deal', deal));
    }
    case 'deal': {
      const rows = await ctx.tx
        .select()
        .from(deals)
        .where(and(eq(deals.orgId, ctx.org.id), eq(deals.id, subject.id)));
      const row = rows[0];
      return row && facts('deal', row, row.name, row.status);
    }
    case 'account': {
      const rows = await ctx.tx
        .select()
        .from(accounts)
        .where(and(eq(accounts.orgId, ctx.org.id), eq(accounts.id, subject.id)));
      const row = rows[0];
      return row && facts('account', row, row.name, null);
    }
    default:
      return subject.kind satisfies never;
  }
}

function facts(
  kind: Subject['kind'],
  row: { id: string; number: number; ownerId: string | null; archivedAt: Date | null },
  name: string,
  state: SubjectFacts['state'],
  deal: string | null = null,
): SubjectFacts {
  const { id, ownerId, archivedAt } = row;
  const number = formatNumber(kind, row.number);
  return { kind, id, number, name, ownerId, isArchived: archivedAt !== null, state, deal };
}

/**
 * Open deals of a member that have neither a next step nor a plan clock, the next to close first. A deal with a
 * clock is owed a plan and listed there.
 */
export async function unplannedDeals(
  ctx: Reading,
  memberId: string,
  limit: number,
): Promise<(SubjectView & { id: string })[]> {
  const rows = await unplannedOf(ctx, { memberIds: [memberId] }, limit);
  return rows.map(({ id, number, name }) => ({
    kind: 'deal',
    id,
    number: formatNumber('deal', number),
    name,
  }));
}

/** The same of several people, with what figures about deals need. */
export function unplannedOf(ctx: Reading, owners: Owners, limit: number): Promise<ListedDeal[]> {
  return ctx.tx
    .select({
      id: deals.id,
      number: deals.number,
      name: deals.name,
      ownerId: deals.ownerId,
      amountMinor: deals.amountMinor,
      currency: deals.currency,
    })
    .from(deals)
    .where(
      and(
        eq(deals.orgId, ctx.org.id),
        ownedBy(deals.ownerId, owners),
        sql`${deals.status} = 'open'`,
        isNull(deals.archivedAt),
        sql`not exists (select 1 from ${nextSteps} where ${nextSteps.orgId} = ${deals.orgId}
          and ${nextSteps.subjectId} = ${deals.id} and ${nextSteps.status} = 'open'
          and ${nextSteps.archivedAt} is null)`,
        sql`not exists (select 1 from ${leads} where ${leads.orgId} = ${deals.orgId}
          and ${leads.dealId} = ${deals.id} and ${leads.planDueAt} is not null
          and ${leads.planFiledAt} is null and ${leads.archivedAt} is null)`,
      ),
    )
    .orderBy(sql`${deals.closeOn} asc nulls last`, asc(deals.number))
    .limit(limit);
}

export interface ShownList {
  shownAt: Date;
  rows: { kind: string; id: string }[];
}

/** The list `today` last showed to a member. */
export async function shownList(ctx: Reading, memberId: string): Promise<ShownList | undefined> {
  const rows = await ctx.tx
    .select({ shownAt: shownLists.shownAt, rows: shownLists.rows })
    .from(shownLists)
    .where(and(eq(shownLists.orgId, ctx.org.id), eq(shownLists.memberId, memberId)));
  return rows[0];
}

export async function rememberShown(ctx: Reading, memberId: string, list: ShownList): Promise<void> {
  await ctx.tx
    .insert(shownLists)
    .values({ orgId: ctx.org.id, memberId, ...list })
    .onConflictDoUpdate({ target: [shownLists.orgId, shownLists.memberId], set: list });
}
