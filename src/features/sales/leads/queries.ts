import { and, asc, eq, inArray, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
import { formatNumber } from '../../../kernel/ids.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { startsWith } from '../../../store/find.ts';
import { members } from '../../../store/tables/people.ts';
import { deals } from '../deals/tables.ts';
import type { LeadView } from './model.ts';
import type { LeadRow } from './record.ts';
import type { Likeness } from './rules.ts';
import { leads } from './tables.ts';

/** Open leads that may be the same customer, at most 20; rules decide which are. */
export async function similarLeads(
  ctx: Ctx,
  like: Likeness,
): Promise<{ lead: LeadRow; owner: string | null }[]> {
  const signs = [startsWith(leads.nameKey, like.nameKey.slice(0, 4))];
  if (like.emailDomain) signs.push(eq(leads.emailDomain, like.emailDomain));
  if (like.phoneKey) signs.push(eq(leads.phoneKey, like.phoneKey));
  return ctx.tx
    .select({ lead: leads, owner: members.name })
    .from(leads)
    .leftJoin(members, and(eq(members.orgId, leads.orgId), eq(members.id, leads.ownerId)))
    .where(and(eq(leads.orgId, ctx.org.id), eq(leads.state, 'new'), isNull(leads.archivedAt), or(...signs)))
    .limit(20);
}

/** One lead with its owner's name. */
export async function readLead(ctx: Ctx, id: string): Promise<LeadView | undefined> {
  const rows = await ctx.tx
    .select({ lead: leads, owner: members.name })
    .from(leads)
    .leftJoin(members, and(eq(members.orgId, leads.orgId), eq(members.id, leads.ownerId)))
    .where(and(eq(leads.orgId, ctx.org.id), eq(leads.id, id)));
  const row = rows[0];
  return row && toView(row.lead, row.owner);
}

/** The member's leads that wait to be judged, the most urgent plan first. */
export async function openLeadsOf(ctx: Ctx, memberId: string, limit: number): Promise<LeadView[]> {
  const rows = await ctx.tx
    .select({ lead: leads, owner: members.name })
    .from(leads)
    .leftJoin(members, and(eq(members.orgId, leads.orgId), eq(members.id, leads.ownerId)))
    .where(
      and(
        eq(leads.orgId, ctx.org.id),
        eq(leads.ownerId, memberId),
        eq(leads.state, 'new'),
        isNull(leads.archivedAt),
      ),
    )
    .orderBy(sql`${leads.planDueAt} asc nulls last`, asc(leads.number))
    .limit(limit);
  return rows.map((row) => toView(row.lead, row.owner));
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
  ctx: Pick<Ctx, 'org' | 'tx'>,
  subject: { kind: 'lead' | 'deal'; id: string },
): Promise<LeadRow | undefined> {
  const rows = await ctx.tx
    .select()
    .from(leads)
    .where(and(isRunning(ctx), eq(subject.kind === 'lead' ? leads.id : leads.dealId, subject.id)))
    .limit(1);
  return rows[0];
}

export async function runningClocks(
  ctx: Pick<Ctx, 'org' | 'tx'>,
  memberId: string,
  limit: number,
): Promise<RunningClock[]> {
  const rows = await ctx.tx
    .select({ lead: leads, deal: { id: deals.id, number: deals.number, name: deals.name } })
    .from(leads)
    .leftJoin(deals, and(eq(deals.orgId, leads.orgId), eq(deals.id, leads.dealId)))
    .where(
      and(
        isRunning(ctx),
        or(
          and(eq(leads.state, 'new'), eq(leads.ownerId, memberId)),
          and(eq(deals.ownerId, memberId), eq(deals.status, 'open'), isNull(deals.archivedAt)),
        ),
      ),
    )
    .orderBy(asc(leads.planDueAt), asc(leads.number))
    .limit(limit);
  return rows.flatMap(({ lead, deal }): RunningClock[] => {
    if (!lead.planDueAt) return [];
    return deal
      ? [{ kind: 'deal', ...deal, number: formatNumber('deal', deal.number), planDueAt: lead.planDueAt }]
      : [
          {
            kind: 'lead',
            id: lead.id,
            number: formatNumber('lead', lead.number),
            name: lead.company,
            planDueAt: lead.planDueAt,
          },
        ];
  });
}

/** Repeats the predicate of the index on running clocks. */
function isRunning(ctx: Pick<Ctx, 'org'>): SQL | undefined {
  return and(
    eq(leads.orgId, ctx.org.id),
    inArray(leads.state, ['new', 'opportunity']),
    isNotNull(leads.planDueAt),
    isNull(leads.planFiledAt),
    isNull(leads.archivedAt),
  );
}

export function toView(row: LeadRow, owner: string | null): LeadView {
  return {
    number: `L-${row.number}`,
    company: row.company,
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
    reviewOn: row.reviewOn,
    planDueAt: row.planDueAt?.toISOString() ?? null,
    planFiledAt: row.planFiledAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}
