import { and, asc, eq, inArray, isNotNull, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import { formatNumber } from '../../../kernel/ids.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { startsWith } from '../../../store/find.ts';
import { members } from '../../../store/tables/people.ts';
import { accounts } from '../../crm/accounts/tables.ts';
import { contacts } from '../../crm/contacts/tables.ts';
import { isVisible, type VisibleOwners, visibleOwners } from '../../org/members/api.ts';
import { deals } from '../deals/tables.ts';
import type { LeadState, LeadView } from './model.ts';
import type { LeadRow } from './record.ts';
import { type Likeness, namePrefix } from './rules.ts';
import { leads } from './tables.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

const ownerOf = and(eq(members.orgId, leads.orgId), eq(members.id, leads.ownerId));
export const dealOf = and(eq(deals.orgId, leads.orgId), eq(deals.id, leads.dealId));

export function numberOf(row: Pick<LeadRow, 'number'>): string {
  return formatNumber('lead', row.number);
}

/** Open leads that may be the same customer, at most 20; rules decide which are. */
export async function similarLeads(
  ctx: Reading,
  like: Likeness,
): Promise<{ lead: LeadRow; owner: string | null }[]> {
  const signs = [];
  if (like.nameKey !== '') signs.push(startsWith(leads.nameKey, namePrefix(like.nameKey)));
  if (like.emailDomain) signs.push(eq(leads.emailDomain, like.emailDomain));
  if (like.phoneKey) signs.push(eq(leads.phoneKey, like.phoneKey));
  if (signs.length === 0) return [];
  return ctx.tx
    .select({ lead: leads, owner: members.name })
    .from(leads)
    .leftJoin(members, ownerOf)
    .where(and(eq(leads.orgId, ctx.org.id), eq(leads.state, 'new'), isNull(leads.archivedAt), or(...signs)))
    .limit(20);
}

function selectLeads(ctx: Reading) {
  return ctx.tx
    .select({
      lead: leads,
      owner: members.name,
      account: { number: accounts.number, name: accounts.name },
      contact: { number: contacts.number, name: contacts.name },
      deal: { number: deals.number, name: deals.name },
    })
    .from(leads)
    .leftJoin(members, ownerOf)
    .leftJoin(accounts, and(eq(accounts.orgId, leads.orgId), eq(accounts.id, leads.accountId)))
    .leftJoin(contacts, and(eq(contacts.orgId, leads.orgId), eq(contacts.id, leads.contactId)))
    .leftJoin(deals, dealOf)
    .$dynamic();
}

type FoundLead = Awaited<ReturnType<typeof selectLeads>>[number];

/** One lead with the names of what it points at, as far as the reader may see it. */
export async function readLead(ctx: Ctx, id: string): Promise<LeadView | undefined> {
  const [rows, owners] = await Promise.all([
    selectLeads(ctx).where(and(eq(leads.orgId, ctx.org.id), eq(leads.id, id))),
    visibleOwners(ctx),
  ]);
  const row = rows[0];
  return row && toView(row, owners);
}

/** Leads of a member (`null`: of nobody) in a state; the most urgent plan or review first. */
export async function leadsOf(
  ctx: Ctx,
  ownerId: string | null,
  state: LeadState,
  limit: number,
): Promise<LeadView[]> {
  const [rows, owners] = await Promise.all([
    selectLeads(ctx)
      .where(
        and(
          eq(leads.orgId, ctx.org.id),
          ownerId === null ? isNull(leads.ownerId) : eq(leads.ownerId, ownerId),
          inState(state),
          isNull(leads.archivedAt),
        ),
      )
      .orderBy(
        sql`${leads.planFiledAt} is not null`,
        sql`coalesce(${leads.reviewOn}::timestamptz, ${leads.planDueAt}) asc nulls last`,
        asc(leads.number),
      )
      .limit(limit),
    visibleOwners(ctx),
  ]);
  return rows.map((row) => toView(row, owners));
}

/** Literals where an index has the state in its predicate: a parameter would hide that it applies. */
export function inState(state: LeadState): SQL | undefined {
  if (state === 'new') return sql`${leads.state} = 'new'`;
  return state === 'nurture' ? sql`${leads.state} = 'nurture'` : eq(leads.state, state);
}

/** A nurtured lead whose review day has come. */
export interface LeadReview {
  id: string;
  number: string;
  name: string;
  reviewOn: string;
}

/** Nurtured leads of a member to be looked at again by `today`, the longest overdue first. */
export async function dueReviews(
  ctx: Reading,
  memberId: string,
  today: string,
  limit: number,
): Promise<LeadReview[]> {
  const rows = await ctx.tx
    .select({ id: leads.id, number: leads.number, name: leads.company, reviewOn: leads.reviewOn })
    .from(leads)
    .where(
      and(
        eq(leads.orgId, ctx.org.id),
        eq(leads.ownerId, memberId),
        inState('nurture'),
        lte(leads.reviewOn, today),
        isNull(leads.archivedAt),
      ),
    )
    .orderBy(asc(leads.reviewOn), asc(leads.number))
    .limit(limit);
  return rows.flatMap(({ reviewOn, ...lead }) =>
    reviewOn === null ? [] : [{ ...lead, number: numberOf(lead), reviewOn }],
  );
}

/** A follow-up plan that is owed: on a lead that waits to be judged, or on the deal it became. */
export interface RunningClock {
  kind: 'lead' | 'deal';
  id: string;
  number: string;
  name: string;
  planDueAt: Date;
}

/** The lead whose clock runs for this lead or deal. */
export async function runningClock(
  ctx: Reading,
  subject: { kind: 'lead' | 'deal'; id: string },
): Promise<LeadRow | undefined> {
  const rows = await ctx.tx
    .select()
    .from(leads)
    .where(and(isRunning(ctx), eq(subject.kind === 'lead' ? leads.id : leads.dealId, subject.id)))
    .limit(1);
  return rows[0];
}

/** Repeats the predicate of the index on running clocks. */
export function isRunning(ctx: Reading): SQL | undefined {
  return and(
    eq(leads.orgId, ctx.org.id),
    inArray(leads.state, ['new', 'opportunity']),
    isNotNull(leads.planDueAt),
    isNull(leads.planFiledAt),
    isNull(leads.archivedAt),
  );
}

/** The lead a deal came from. */
export async function leadOfDeal(
  ctx: Reading,
  dealId: string,
): Promise<Pick<LeadRow, 'number' | 'company' | 'leadSource' | 'ownerId'> | undefined> {
  const rows = await ctx.tx
    .select({
      number: leads.number,
      company: leads.company,
      leadSource: leads.leadSource,
      ownerId: leads.ownerId,
    })
    .from(leads)
    .where(and(eq(leads.orgId, ctx.org.id), eq(leads.dealId, dealId)))
    .limit(1);
  return rows[0];
}

type Named = { number: number | null; name: string | null } | null;

function named(kind: 'account' | 'contact' | 'deal', of: Named): { number: string; name: string } | null {
  return of?.number == null || of.name === null
    ? null
    : { number: formatNumber(kind, of.number), name: of.name };
}

/** A lead just created by its owner, who sees all of it; nothing is linked to it yet. */
export function newLeadView(row: LeadRow, ownerName: string): LeadView {
  return toView({ lead: row, owner: ownerName, account: null, contact: null, deal: null }, { all: true });
}

function toView({ lead: row, owner, ...of }: FoundLead, owners: VisibleOwners): LeadView {
  const view: LeadView = {
    number: numberOf(row),
    company: row.company,
    restricted: false,
    contactName: row.contactName,
    email: row.email,
    phone: row.phone,
    source: row.leadSource,
    amount:
      row.amountMinor === null || row.currency === null
        ? null
        : { amountMinor: row.amountMinor.toString(), currency: row.currency },
    note: row.note,
    owner: row.ownerId === null ? null : { memberId: row.ownerId, name: owner ?? '?' },
    state: row.state,
    stateReason: row.stateReason,
    stateNote: row.stateNote,
    testsPassed: row.testsPassed ?? [],
    reviewOn: row.reviewOn,
    planDueAt: row.planDueAt?.toISOString() ?? null,
    planFiledAt: row.planFiledAt?.toISOString() ?? null,
    account: named('account', of.account),
    contact: named('contact', of.contact),
    deal: named('deal', of.deal),
    createdAt: row.createdAt.toISOString(),
    archivedAt: row.archivedAt?.toISOString() ?? null,
  };
  return isVisible(owners, row.ownerId) ? view : restricted(view);
}

/** What people outside the owner's team and managers get of a lead. */
function restricted(view: LeadView): LeadView {
  return {
    ...view,
    restricted: true,
    contactName: null,
    email: null,
    phone: null,
    source: null,
    amount: null,
    note: null,
    stateReason: null,
    stateNote: null,
    testsPassed: [],
    reviewOn: null,
    planDueAt: null,
    planFiledAt: null,
    account: null,
    contact: null,
    deal: null,
  };
}
