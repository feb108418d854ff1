import { and, between, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Span } from '../../../kernel/fields.ts';
import type { Money } from '../../../kernel/money.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { members } from '../../../store/tables/people.ts';
import { deals } from '../deals/tables.ts';
import type { TargetRow } from './record.ts';
import { targets } from './tables.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;
/** `all`: everybody. */
export type Whose = { all: true } | { ids: readonly string[] };

export interface OwnMoney extends Money {
  memberId: string | null;
}

/** The target of a person for a month in a currency, one that was undone included. */
export async function targetRow(
  ctx: Reading,
  of: { memberId: string; monthOn: string; currency: string },
): Promise<TargetRow | undefined> {
  const rows = await ctx.tx
    .select()
    .from(targets)
    .where(
      and(
        eq(targets.orgId, ctx.org.id),
        eq(targets.memberId, of.memberId),
        eq(targets.monthOn, of.monthOn),
        eq(targets.currency, of.currency),
      ),
    );
  return rows[0];
}

/** Targets of the months that begin within a period. */
export function targetsIn(ctx: Reading, { from, to }: Span, whose: Whose): Promise<OwnMoney[]> {
  return ctx.tx
    .select({ memberId: targets.memberId, amountMinor: targets.amountMinor, currency: targets.currency })
    .from(targets)
    .where(
      and(
        eq(targets.orgId, ctx.org.id),
        between(targets.monthOn, from, to),
        isNull(targets.archivedAt),
        'all' in whose ? undefined : inArray(targets.memberId, [...whose.ids, nobody]),
      ),
    );
}

/** What each owner won in a period, per currency: answered from the index on closed deals. */
export async function wonIn(ctx: Reading, { from, to }: Span, whose: Whose): Promise<OwnMoney[]> {
  const rows = await ctx.tx
    .select({
      memberId: deals.ownerId,
      currency: deals.currency,
      amountMinor: sql<string | null>`sum(${deals.amountMinor})::text`,
    })
    .from(deals)
    .where(
      and(
        eq(deals.orgId, ctx.org.id),
        sql`${deals.status} <> 'open'`,
        eq(deals.status, 'won'),
        isNull(deals.archivedAt),
        between(deals.closedOn, from, to),
        'all' in whose ? undefined : inArray(deals.ownerId, [...whose.ids, nobody]),
      ),
    )
    .groupBy(deals.ownerId, deals.currency);
  return rows.flatMap(({ memberId, currency, amountMinor }) =>
    currency === null || amountMinor === null
      ? []
      : [{ memberId, currency, amountMinor: BigInt(amountMinor) }],
  );
}

/** Keeps an empty list of people from being no condition. */
const nobody = '00000000-0000-0000-0000-000000000000';

/** People here who sell. */
export async function sellers(ctx: Reading): Promise<string[]> {
  const rows = await ctx.tx
    .select({ id: members.id })
    .from(members)
    .where(
      and(
        eq(members.orgId, ctx.org.id),
        sql`${members.status} <> 'left'`,
        sql`'rep' = any(${members.roles})`,
      ),
    );
  return rows.map(({ id }) => id);
}
