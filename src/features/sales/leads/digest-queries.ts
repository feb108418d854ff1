import { and, asc, eq, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import { formatNumber } from '../../../kernel/ids.ts';
import type { Ctx } from '../../../runtime/context.ts';
import type { DigestScope } from '../../../runtime/digest.ts';
import { deals } from '../deals/tables.ts';
import { dealOf, inState, isRunning, numberOf, type RunningClock } from './queries.ts';
import { leads } from './tables.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

/** A plan clock with who owes the plan. */
export interface OwnedClock extends RunningClock {
  ownerId: string;
}

/**
 * Leads of these owners, and deals they became, whose plan is owed; `before`: should have been filed by then. The
 * most urgent first. What nobody owns needs an owner before a plan and is left out.
 */
export async function clocksOf(
  ctx: Reading,
  owners: DigestScope['owners'],
  { before, limit }: { before?: Date; limit: number },
): Promise<OwnedClock[]> {
  const running = and(isRunning(ctx), before && lt(leads.planDueAt, before));
  const ownedBy = (column: typeof leads.ownerId | typeof deals.ownerId) =>
    'all' in owners ? isNotNull(column) : inArray(column, [...owners.memberIds]);
  // Apart, for each is found by its owner through an index of its own.
  const [ofLeads, ofDeals] = await Promise.all([
    ctx.tx
      .select({
        id: leads.id,
        number: leads.number,
        name: leads.company,
        planDueAt: leads.planDueAt,
        ownerId: leads.ownerId,
      })
      .from(leads)
      .where(and(running, inState('new'), ownedBy(leads.ownerId)))
      .orderBy(asc(leads.planDueAt), asc(leads.number))
      .limit(limit),
    ctx.tx
      .select({
        id: deals.id,
        number: deals.number,
        name: deals.name,
        planDueAt: leads.planDueAt,
        ownerId: deals.ownerId,
      })
      .from(leads)
      .innerJoin(deals, dealOf)
      .where(
        and(
          running,
          eq(leads.state, 'opportunity'),
          sql`${deals.status} = 'open'`,
          isNull(deals.archivedAt),
          ownedBy(deals.ownerId),
        ),
      )
      .orderBy(asc(leads.planDueAt), asc(deals.number))
      .limit(limit),
  ]);
  const clocks = [
    ...ofLeads.map((row) => ({ ...row, kind: 'lead' as const })),
    ...ofDeals.map((row) => ({ ...row, kind: 'deal' as const })),
  ];
  return clocks
    .flatMap(({ planDueAt, ownerId, number, ...row }) =>
      planDueAt === null || ownerId === null
        ? []
        : [{ ...row, planDueAt, ownerId, number: formatNumber(row.kind, number) }],
    )
    .toSorted((a, b) => a.planDueAt.getTime() - b.planDueAt.getTime())
    .slice(0, limit);
}

/** Leads nobody owns that wait to be judged, the longest waiting first. */
export async function unownedLeads(
  ctx: Reading,
  limit: number,
): Promise<{ id: string; number: string; name: string }[]> {
  const rows = await ctx.tx
    .select({ id: leads.id, number: leads.number, name: leads.company })
    .from(leads)
    .where(and(eq(leads.orgId, ctx.org.id), isNull(leads.ownerId), inState('new'), isNull(leads.archivedAt)))
    .orderBy(asc(leads.number))
    .limit(limit);
  return rows.map((row) => ({ ...row, number: numberOf(row) }));
}
