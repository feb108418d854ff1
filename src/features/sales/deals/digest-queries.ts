import { and, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import { addDays, dayIn } from '../../../kernel/dates.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { type DigestScope, mostFigureRows } from '../../../runtime/digest.ts';
import { audit, recordChanges } from '../../../store/tables/trail.ts';
import { rowsOf } from '../../../store/tx.ts';
import { accounts } from '../../crm/accounts/tables.ts';
import { contacts } from '../../crm/contacts/tables.ts';
import type { DealStatus } from './model.ts';
import { isOpen } from './queries.ts';
import { deals } from './tables.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;
type Owners = DigestScope['owners'];

/** What every line and figure about deals needs of one. */
export interface ListedDeal {
  id: string;
  number: number;
  name: string;
  ownerId: string | null;
  amountMinor: bigint | null;
  currency: string | null;
}

function ownedBy(owners: Owners): SQL | undefined {
  return 'all' in owners ? undefined : inArray(deals.ownerId, [...owners.memberIds]);
}

interface ListedRow extends Record<string, unknown> {
  id: string;
  number: number;
  name: string;
  owner_id: string | null;
  amount_minor: string | null;
  currency: string | null;
}

const listedOf = (row: ListedRow): ListedDeal => ({
  id: row.id,
  number: Number(row.number),
  name: row.name,
  ownerId: row.owner_id,
  amountMinor: row.amount_minor === null ? null : BigInt(row.amount_minor),
  currency: row.currency,
});

export interface RiskyDeal extends ListedDeal {
  stageId: string;
  stageEnteredAt: Date;
  closeOn: string | null;
  pushCount: number;
  /** People known at its customer. */
  people: number | null;
}

/** When a deal must have entered a stage to be stuck in it by now. */
export interface StuckBefore {
  stageId: string;
  before: Date;
}

/** Open deals with any sign of risk, the largest amounts first whatever their currency. */
export async function riskyDeals(
  ctx: Reading,
  owners: Owners,
  { stuckBefore, pushes, on }: { stuckBefore: readonly StuckBefore[]; pushes: number; on: string },
): Promise<RiskyDeal[]> {
  const stuck = stuckBefore.map(
    ({ stageId, before }) =>
      sql`stage_id = ${stageId} and stage_entered_at < ${before.toISOString()}::timestamptz`,
  );
  const isStuck = stuck.length === 0 ? sql`false` : sql.join(stuck, sql` or `);
  // People are counted once per customer, not once per deal; for everybody in one pass over all of them.
  const theirs = 'all' in owners ? sql`true` : sql`${contacts.accountId} in (select account_id from found)`;
  const rows = await rowsOf<
    ListedRow & {
      stage_id: string;
      entered_ms: string;
      close_on: string | null;
      push_count: number;
      people: string | null;
    }
  >(
    ctx.tx,
    sql`with found as materialized (
        select ${deals.id}, ${deals.number}, ${deals.name}, ${deals.ownerId}, ${deals.amountMinor}, ${deals.currency},
          ${deals.accountId}, ${deals.stageId}, ${deals.stageEnteredAt}, ${deals.closeOn}, ${deals.pushCount}
        from ${deals} where ${and(isOpen(ctx), ownedBy(owners))}
      ), known as (
        select ${contacts.accountId}, count(*) as people from ${contacts}
        where ${contacts.orgId} = ${ctx.org.id} and ${theirs}
          and ${contacts.archivedAt} is null and ${contacts.leftAt} is null
        group by 1
      )
      select found.id, found.number, found.name, found.owner_id, found.amount_minor::text as amount_minor,
        found.currency, found.stage_id, (extract(epoch from found.stage_entered_at) * 1000)::bigint as entered_ms,
        found.close_on::text as close_on, found.push_count, known.people
      from found left join known on known.account_id = found.account_id
      where ${isStuck} or push_count >= ${pushes} or close_on < ${on}::date or people = 1
      order by found.amount_minor desc nulls last, found.number
      limit ${mostFigureRows + 1}`,
  );
  return rows.map((row) => ({
    ...listedOf(row),
    stageId: row.stage_id,
    stageEnteredAt: new Date(Number(row.entered_ms)),
    closeOn: row.close_on,
    pushCount: Number(row.push_count),
    people: row.people === null ? null : Number(row.people),
  }));
}

/** Open deals of nobody, the largest first. */
export function unownedDeals(ctx: Reading): Promise<ListedDeal[]> {
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
    .where(and(isOpen(ctx), isNull(deals.ownerId)))
    .orderBy(sql`${deals.amountMinor} desc nulls last`, desc(deals.number))
    .limit(mostFigureRows + 1);
}

export interface UnownedCustomer {
  id: string;
  number: number;
  name: string;
}

/** Customers of nobody with whom these people have open deals. */
export async function unownedCustomers(
  ctx: Reading,
  memberIds: readonly string[],
): Promise<UnownedCustomer[]> {
  return ctx.tx
    .selectDistinct({ id: accounts.id, number: accounts.number, name: accounts.name })
    .from(deals)
    .innerJoin(
      accounts,
      and(eq(accounts.orgId, deals.orgId), eq(accounts.id, deals.accountId), isNull(accounts.ownerId)),
    )
    .where(and(isOpen(ctx), inArray(deals.ownerId, [...memberIds]), isNull(accounts.archivedAt)))
    .orderBy(accounts.number)
    .limit(mostFigureRows + 1);
}

/** One change of a deal by a person, with what the fields it set were before it. */
export interface DealChange {
  isNew: boolean;
  /** Absent: the change did not touch it. */
  was: { status?: string | null; stageId?: string | null; closeOn?: string | null };
}

/** A deal as it is now and what people did to it since, in that order. */
export interface TouchedDeal extends ListedDeal {
  status: DealStatus;
  stageId: string;
  /** It came into its stage since. */
  isFreshInStage: boolean;
  closeOn: string | null;
  reason: string | null;
  rival: string | null;
  changes: DealChange[];
}

/**
 * Deals people changed since an instant: of the open ones and of those closed since, so that closed history is not
 * read. What an import brought is no movement.
 */
export async function touchedDeals(ctx: Reading, owners: Owners, since: Date): Promise<TouchedDeal[]> {
  const at = sql`${since.toISOString()}::timestamptz`;
  // Wherever it was closed, its local day is at most one before that of Greenwich.
  const closedFrom = addDays(dayIn(since, 'UTC'), -1);
  const columns = sql`${deals.id}, ${deals.number}, ${deals.name}, ${deals.ownerId}, ${deals.amountMinor},
    ${deals.currency}, ${deals.status}, ${deals.stageId}, ${deals.stageEnteredAt}, ${deals.closeOn}, ${deals.reason},
    ${deals.rival}`;
  const was = (field: string, column: string) =>
    sql`${recordChanges.after} ? ${field} as ${sql.identifier(`has_${column}`)},
      ${recordChanges.before} ->> ${field} as ${sql.identifier(`was_${column}`)}`;
  const rows = await rowsOf<TouchedRow>(
    ctx.tx,
    sql`with touched as (
        select ${columns} from ${deals}
        where ${and(isOpen(ctx), ownedBy(owners))} and ${deals.updatedAt} >= ${at}
        union all
        select ${columns} from ${deals}
        where ${and(eq(deals.orgId, ctx.org.id), ownedBy(owners))} and ${deals.status} <> 'open'
          and ${deals.archivedAt} is null and ${deals.closedOn} >= ${closedFrom}::date and ${deals.updatedAt} >= ${at}
      )
      select touched.id, touched.number, touched.name, touched.owner_id, touched.amount_minor::text as amount_minor,
        touched.currency, touched.status, touched.stage_id, touched.stage_entered_at >= ${at} as is_fresh,
        touched.close_on::text as close_on, touched.reason, touched.rival,
        ${recordChanges.op} = 'create' as is_new, ${was('status', 'status')}, ${was('stageId', 'stage')},
        ${was('closeOn', 'close')}
      from touched
      join ${recordChanges} on ${recordChanges.orgId} = ${ctx.org.id} and ${recordChanges.recordId} = touched.id
        and ${recordChanges.kind} = 'deal' and ${recordChanges.at} >= ${at}
      join ${audit} on ${audit.orgId} = ${ctx.org.id} and ${audit.id} = ${recordChanges.auditId}
        and ${audit.actorId} is not null and ${audit.action} <> 'imports.run'
      order by touched.amount_minor desc nulls last, touched.number, ${recordChanges.version}
      limit ${10 * mostFigureRows}`,
  );
  const found = new Map<string, TouchedDeal>();
  for (const row of rows) {
    const deal = found.get(row.id) ?? touchedOf(row);
    found.set(row.id, deal);
    deal.changes.push(changeOf(row));
  }
  return [...found.values()];
}

interface TouchedRow extends ListedRow {
  status: DealStatus;
  stage_id: string;
  is_fresh: boolean;
  close_on: string | null;
  reason: string | null;
  rival: string | null;
  is_new: boolean;
  has_status: boolean;
  was_status: string | null;
  has_stage: boolean;
  was_stage: string | null;
  has_close: boolean;
  was_close: string | null;
}

const touchedOf = (row: TouchedRow): TouchedDeal => ({
  ...listedOf(row),
  status: row.status,
  stageId: row.stage_id,
  isFreshInStage: row.is_fresh,
  closeOn: row.close_on,
  reason: row.reason,
  rival: row.rival,
  changes: [],
});

const changeOf = (row: TouchedRow): DealChange => ({
  isNew: row.is_new,
  was: {
    ...(row.has_status ? { status: row.was_status } : {}),
    ...(row.has_stage ? { stageId: row.was_stage } : {}),
    ...(row.has_close ? { closeOn: row.was_close } : {}),
  },
});
