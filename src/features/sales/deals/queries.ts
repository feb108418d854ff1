import { and, asc, desc, eq, inArray, isNull, ne, type SQL, sql } from 'drizzle-orm';
import { dayIn, daysBetween } from '../../../kernel/dates.ts';
import { formatNumber } from '../../../kernel/ids.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { repointRecords } from '../../../store/repoint.ts';
import { members } from '../../../store/tables/people.ts';
import { accounts } from '../../crm/accounts/tables.ts';
import { isVisible, type VisibleOwners, visibleOwners } from '../../org/members/api.ts';
import { products } from '../../revenue/products/tables.ts';
import { nextSteps } from '../next-steps/tables.ts';
import { stages } from '../pipelines/tables.ts';
import type { AmountView, DealView } from './model.ts';
import { type DealRow, dealRecord } from './record.ts';
import { weightedOf } from './rules.ts';
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

/** Deals with the names of what they point at, as far as the reader may see them. */
export async function viewsOf(
  ctx: Ctx,
  condition: SQL | undefined,
  order: readonly SQL[],
  { limit, offset }: { limit: number; offset: number },
): Promise<DealView[]> {
  // Names are joined to the page, not to everything it is cut from.
  const page = ctx.tx
    .select({ id: deals.id })
    .from(deals)
    .where(and(eq(deals.orgId, ctx.org.id), condition))
    .orderBy(...order)
    .limit(limit)
    .offset(offset);
  const [rows, owners] = await Promise.all([
    selectDeals(ctx)
      .where(and(eq(deals.orgId, ctx.org.id), inArray(deals.id, page)))
      .orderBy(...order),
    visibleOwners(ctx),
  ]);
  return rows.map((row) => toView(ctx, row, owners));
}

/** Open deals of a customer, the next to close first. */
export function openDealsOfAccount(ctx: Ctx, accountId: string, limit: number): Promise<DealView[]> {
  const order = [asc(deals.closeOn), asc(deals.number)];
  return viewsOf(ctx, and(isOpen(ctx), eq(deals.accountId, accountId)), order, { limit, offset: 0 });
}

/** Open next steps of the deals of a customer, by the deals' numbers as people see them. */
export async function openStepsOfAccount(
  ctx: Reading,
  accountId: string,
): Promise<Map<string, OwnDeal['step']>> {
  const rows = await ctx.tx
    .select({ number: deals.number, text: nextSteps.text, dueOn: nextSteps.dueOn })
    .from(nextSteps)
    .innerJoin(deals, and(eq(deals.orgId, nextSteps.orgId), eq(deals.id, nextSteps.subjectId)))
    .where(
      and(
        isOpen(ctx),
        eq(deals.accountId, accountId),
        sql`${nextSteps.status} = 'open' and ${nextSteps.archivedAt} is null`,
      ),
    );
  return new Map(rows.map(({ number, ...step }) => [formatNumber('deal', number), step]));
}

/** Whether a customer has further open or won deals. */
export async function otherDealsOf(
  ctx: Reading,
  accountId: string,
  exceptId: string,
): Promise<{ hasOpen: boolean; hasWon: boolean }> {
  const rows = await ctx.tx
    .select({
      hasOpen: sql<boolean | null>`bool_or(${deals.status} = 'open')`,
      hasWon: sql<boolean | null>`bool_or(${deals.status} = 'won')`,
    })
    .from(deals)
    .where(
      and(
        eq(deals.orgId, ctx.org.id),
        eq(deals.accountId, accountId),
        ne(deals.id, exceptId),
        isNull(deals.archivedAt),
      ),
    );
  return { hasOpen: rows[0]?.hasOpen === true, hasWon: rows[0]?.hasWon === true };
}

/** Open deals of a member, the next to close first. */
export async function openDealsOf(ctx: Ctx, memberId: string, limit: number): Promise<OwnDeal[]> {
  const rows = await ctx.tx
    .select({
      number: deals.number,
      name: deals.name,
      closeOn: deals.closeOn,
      amountMinor: deals.amountMinor,
      currency: deals.currency,
      stage: { name: stages.name, nameZh: stages.nameZh },
      stepText: nextSteps.text,
      stepDueOn: nextSteps.dueOn,
    })
    .from(deals)
    .innerJoin(stages, and(eq(stages.orgId, deals.orgId), eq(stages.id, deals.stageId)))
    .leftJoin(
      nextSteps,
      and(
        eq(nextSteps.orgId, deals.orgId),
        eq(nextSteps.subjectId, deals.id),
        sql`${nextSteps.status} = 'open' and ${nextSteps.archivedAt} is null`,
      ),
    )
    .where(and(isOpen(ctx), eq(deals.ownerId, memberId)))
    .orderBy(asc(deals.closeOn), asc(deals.number))
    .limit(limit);
  return rows.map(({ number, amountMinor, currency, stepText, stepDueOn, ...row }) => ({
    ...row,
    number: formatNumber('deal', number),
    amount:
      amountMinor === null || currency === null ? null : { amountMinor: amountMinor.toString(), currency },
    step: stepText === null || stepDueOn === null ? null : { text: stepText, dueOn: stepDueOn },
  }));
}

/** A deal as its owner's home screen lists it. */
export interface OwnDeal {
  number: string;
  name: string;
  closeOn: string | null;
  amount: AmountView | null;
  stage: { name: string; nameZh: string };
  step: { text: string; dueOn: string } | null;
}

export interface DealOption {
  id: string;
  number: number;
  name: string;
  account: string | null;
  status: DealRow['status'];
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
    .select({
      id: deals.id,
      number: deals.number,
      name: deals.name,
      account: accounts.name,
      status: deals.status,
    })
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
    weighted: null,
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
  if (!isVisible(owners, row.ownerId)) return restricted(view);
  const weighted =
    view.amount && row.status === 'open' ? weightedOf(view.amount, stage.probabilityBasisPoints) : null;
  return { ...view, weighted };
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

/** Lets every open deal of a stage, archived ones included, stand in another one; answers what changed. */
export function moveStage(ctx: Ctx, fromStageId: string, toStageId: string) {
  return ctx.tx
    .update(deals)
    .set({ stageId: toStageId, version: sql`${deals.version} + 1`, updatedAt: ctx.now })
    .where(and(eq(deals.orgId, ctx.org.id), eq(deals.stageId, fromStageId), sql`${deals.status} = 'open'`))
    .returning({ id: deals.id, number: deals.number, version: deals.version });
}

/** Lets the deals of a customer belong to another one; answers how many. */
export function dealsIntoAccount(ctx: Ctx, fromId: string, intoId: string): Promise<number> {
  return repointRecords(ctx, dealRecord, 'accountId', fromId, intoId);
}
