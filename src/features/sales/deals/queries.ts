import { and, asc, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import { dayIn, daysBetween } from '../../../kernel/dates.ts';
import { formatNumber } from '../../../kernel/ids.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { members } from '../../../store/tables/people.ts';
import { accounts } from '../../crm/accounts/tables.ts';
import { isVisible, type VisibleOwners, visibleOwners } from '../../org/members/api.ts';
import { products } from '../../revenue/products/tables.ts';
import { stages } from '../pipelines/tables.ts';
import type { DealView } from './model.ts';
import type { DealRow } from './record.ts';
import { deals } from './tables.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

export function numberOf(row: Pick<DealRow, 'number'>): string {
  return formatNumber('deal', row.number);
}

function selectDeals(ctx: Reading) {
  return ctx.tx
    .select({
      deal: deals,
      owner: members.name,
      stage: stages,
      account: { number: accounts.number, name: accounts.name },
      product: products.name,
    })
    .from(deals)
    .innerJoin(stages, and(eq(stages.orgId, deals.orgId), eq(stages.id, deals.stageId)))
    .leftJoin(members, and(eq(members.orgId, deals.orgId), eq(members.id, deals.ownerId)))
    .leftJoin(accounts, and(eq(accounts.orgId, deals.orgId), eq(accounts.id, deals.accountId)))
    .leftJoin(products, and(eq(products.orgId, deals.orgId), eq(products.id, deals.productId)))
    .$dynamic();
}

type FoundDeal = Awaited<ReturnType<typeof selectDeals>>[number];

/** One deal with the names of what it points at, as far as the reader may see it. */
export async function readDeal(ctx: Ctx, id: string): Promise<DealView | undefined> {
  const [rows, owners] = await Promise.all([
    selectDeals(ctx).where(and(eq(deals.orgId, ctx.org.id), eq(deals.id, id))),
    visibleOwners(ctx),
  ]);
  const row = rows[0];
  return row && toView(ctx, row, owners);
}

/** Open deals of a customer, the next to close first. */
export async function openDealsOfAccount(ctx: Ctx, accountId: string, limit: number): Promise<DealView[]> {
  const [rows, owners] = await Promise.all([
    selectDeals(ctx)
      .where(and(isOpen(ctx), eq(deals.accountId, accountId)))
      .orderBy(sql`${deals.closeOn} asc nulls last`, asc(deals.number))
      .limit(limit),
    visibleOwners(ctx),
  ]);
  return rows.map((row) => toView(ctx, row, owners));
}

export interface DealOption {
  id: string;
  number: number;
  name: string;
  account: string | null;
}

/** Deals by id or of these customers, open ones first, for choosing one. */
export async function dealOptions(
  ctx: Reading,
  by: { ids: string[] } | { accountIds: string[]; nameContains?: string },
  limit: number,
): Promise<DealOption[]> {
  const wanted = 'ids' in by ? by.ids : by.accountIds;
  if (wanted.length === 0) return [];
  const condition =
    'ids' in by
      ? inArray(deals.id, by.ids)
      : and(
          inArray(deals.accountId, by.accountIds),
          isNull(deals.archivedAt),
          ...(by.nameContains === undefined
            ? []
            : [sql`position(${by.nameContains} in ${deals.nameKey}) > 0`]),
        );
  return ctx.tx
    .select({ id: deals.id, number: deals.number, name: deals.name, account: accounts.name })
    .from(deals)
    .leftJoin(accounts, and(eq(accounts.orgId, deals.orgId), eq(accounts.id, deals.accountId)))
    .where(and(eq(deals.orgId, ctx.org.id), condition))
    .orderBy(sql`(${deals.status} = 'open') desc`, desc(deals.number))
    .limit(limit);
}

/** Repeats the predicate of the index on open deals. */
export function isOpen(ctx: Reading): SQL | undefined {
  return and(eq(deals.orgId, ctx.org.id), sql`${deals.status} = 'open'`, isNull(deals.archivedAt));
}

function toView(ctx: Pick<Ctx, 'now' | 'read'>, found: FoundDeal, owners: VisibleOwners): DealView {
  const { deal: row, stage } = found;
  const { timeZone } = ctx.read;
  const view: DealView = {
    number: numberOf(row),
    name: row.name,
    restricted: false,
    account:
      found.account?.number == null
        ? null
        : { number: formatNumber('account', found.account.number), name: found.account.name },
    product: found.product,
    owner: row.ownerId === null ? null : { memberId: row.ownerId, name: found.owner ?? '?' },
    stage: {
      key: stage.nameKey,
      name: stage.name,
      nameZh: stage.nameZh,
      probabilityBasisPoints: stage.probabilityBasisPoints,
      normalDays: stage.normalDays,
    },
    stageEnteredAt: row.stageEnteredAt.toISOString(),
    daysInStage: Math.max(0, daysBetween(dayIn(row.stageEnteredAt, timeZone), dayIn(ctx.now, timeZone))),
    status: row.status,
    amount:
      row.amountMinor === null || row.currency === null
        ? null
        : { amountMinor: row.amountMinor.toString(), currency: row.currency },
    engageOn: row.engageOn,
    closeOn: row.closeOn,
    pushCount: row.pushCount,
    closedOn: row.closedOn,
    reason: row.reason,
    rival: row.rival,
    note: row.note,
    archivedAt: row.archivedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
  return isVisible(owners, row.ownerId) ? view : restricted(view);
}

/** What people outside the owner's team and managers get of a deal. */
function restricted(view: DealView): DealView {
  return {
    ...view,
    restricted: true,
    account: null,
    product: null,
    amount: null,
    engageOn: null,
    closeOn: null,
    pushCount: 0,
    closedOn: null,
    reason: null,
    rival: null,
    note: null,
  };
}
