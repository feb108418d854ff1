import { and, between, eq, inArray, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Span } from '../../../kernel/fields.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { audit, recordChanges } from '../../../store/tables/trail.ts';
import { rowsOf } from '../../../store/tx.ts';
import { accounts } from '../../crm/accounts/tables.ts';
import { meetingKinds } from '../../crm/activities/api.ts';
import { activities } from '../../crm/activities/tables.ts';
import { quotes } from '../../revenue/quotes/tables.ts';
import { deals } from '../../sales/deals/tables.ts';
import { leads } from '../../sales/leads/tables.ts';
import type { Counts } from './rules.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

/** Two stretches of time, one after the other: what lies before `from` is the comparison. */
export interface Window {
  startsAt: Date;
  from: Date;
  /** Exclusive. */
  to: Date;
}

/** People whose figures count, and with `orNobody` also what belongs to nobody. */
export interface People {
  ids: readonly string[];
  orNobody: boolean;
}

export interface PersonCounts {
  memberId: string | null;
  isCurrent: boolean;
  counts: Partial<Counts>;
}

function of(column: PgColumn, { ids, orNobody }: People): SQL | undefined {
  const named = ids.length === 0 ? sql`false` : inArray(column, [...ids]);
  return orNobody ? or(named, isNull(column)) : named;
}

const at = (instant: Date) => sql`${instant.toISOString()}::timestamptz`;
const within = (column: SQL | PgColumn, { startsAt, to }: Window) =>
  sql`${column} >= ${at(startsAt)} and ${column} < ${at(to)}`;

type Row<K extends string> = { id: string | null; is_current: boolean } & Record<K, string>;

function toCounts<K extends string>(
  rows: readonly Row<K>[],
  counts: (row: Row<K>) => Partial<Counts>,
): PersonCounts[] {
  return rows.map((row) => ({ memberId: row.id, isCurrent: row.is_current, counts: counts(row) }));
}

/** Answered per person from the index on a member's activities. */
export async function activityCounts(ctx: Reading, window: Window, people: People): Promise<PersonCounts[]> {
  const talk = sql`${activities.kind} in ${[...meetingKinds]}`;
  const rows = await rowsOf<Row<'visits' | 'demos' | 'calls' | 'talks' | 'deciders'>>(
    ctx.tx,
    sql`select ${activities.memberId} as id, ${activities.at} >= ${at(window.from)} as is_current,
        count(*) filter (where ${activities.kind} = 'visit') as visits,
        count(*) filter (where ${activities.kind} = 'demo') as demos,
        count(*) filter (where ${activities.kind} = 'call') as calls,
        count(*) filter (where ${talk}) as talks,
        count(*) filter (where ${talk} and ${activities.decisionMakerMet}) as deciders
      from ${activities}
      where ${and(
        eq(activities.orgId, ctx.org.id),
        of(activities.memberId, people),
        within(activities.at, window),
        isNull(activities.archivedAt),
      )}
      group by 1, 2`,
  );
  return toCounts(rows, ({ visits, demos, calls, talks, deciders }) => ({
    visits: Number(visits),
    demos: Number(demos),
    calls: Number(calls),
    talks: Number(talks),
    deciders: Number(deciders),
  }));
}

/** Quotes by when they were sent, with the owners of their deals; from the index on sent quotes. */
export async function quoteCounts(ctx: Reading, window: Window, people: People): Promise<PersonCounts[]> {
  const rows = await rowsOf<Row<'sent'>>(
    ctx.tx,
    // The offset keeps the quotes of the time first and their deals looked up, closed ones left unread.
    sql`select deal.owner_id as id, ${quotes.sentAt} >= ${at(window.from)} as is_current, count(*) as sent
      from ${quotes} cross join lateral (
        select ${deals.ownerId} from ${deals}
        where ${deals.orgId} = ${ctx.org.id} and ${deals.id} = ${quotes.dealId}
          and ${and(isNull(deals.archivedAt), of(deals.ownerId, people))}
        offset 0
      ) as deal
      where ${and(
        eq(quotes.orgId, ctx.org.id),
        isNotNull(quotes.sentAt),
        within(quotes.sentAt, window),
        isNull(quotes.archivedAt),
      )}
      group by 1, 2`,
  );
  return toCounts(rows, ({ sent }) => ({ quotes: Number(sent) }));
}

/** The customer had a price in writing. */
const wasQuoted = sql`exists (select 1 from ${quotes} where ${quotes.orgId} = ${deals.orgId}
  and ${quotes.dealId} = ${deals.id} and ${quotes.archivedAt} is null
  and (${quotes.sentAt} is not null or ${quotes.status} = 'accepted'))`;

/** Deals won and lost by their day, and how many of them had been quoted; from the index on closed deals. */
export async function closedCounts(
  ctx: Reading,
  { from, to }: Span,
  currentFrom: string,
  people: People,
): Promise<PersonCounts[]> {
  const rows = await rowsOf<Row<'won' | 'lost' | 'quoted_won' | 'quoted_lost'>>(
    ctx.tx,
    sql`select ${deals.ownerId} as id, ${deals.closedOn} >= ${currentFrom}::date as is_current,
        count(*) filter (where ${deals.status} = 'won') as won,
        count(*) filter (where ${deals.status} = 'lost') as lost,
        count(*) filter (where ${deals.status} = 'won' and ${wasQuoted}) as quoted_won,
        count(*) filter (where ${deals.status} = 'lost' and ${wasQuoted}) as quoted_lost
      from ${deals}
      where ${and(
        eq(deals.orgId, ctx.org.id),
        sql`${deals.status} <> 'open'`,
        isNull(deals.archivedAt),
        between(deals.closedOn, from, to),
        of(deals.ownerId, people),
      )}
      group by 1, 2`,
  );
  return toCounts(rows, ({ won, lost, quoted_won, quoted_lost }) => ({
    won: Number(won),
    lost: Number(lost),
    quotedWon: Number(quoted_won),
    quotedLost: Number(quoted_lost),
  }));
}

/**
 * Follow-up plans by when they were due. One still to be filed and not due yet counts for nothing, nor does one
 * that nobody owes any more because the lead was put off or dropped.
 */
export async function planCounts(
  ctx: Reading,
  window: Window,
  now: Date,
  people: People,
): Promise<PersonCounts[]> {
  const { planDueAt, planFiledAt, state } = leads;
  const rows = await rowsOf<Row<'due' | 'in_time'>>(
    ctx.tx,
    sql`select ${leads.ownerId} as id, ${planDueAt} >= ${at(window.from)} as is_current, count(*) as due,
        count(*) filter (where ${planFiledAt} <= ${planDueAt}) as in_time
      from ${leads}
      where ${and(
        eq(leads.orgId, ctx.org.id),
        of(leads.ownerId, people),
        within(planDueAt, window),
        isNull(leads.archivedAt),
      )}
        and (${planFiledAt} is not null or (${planDueAt} <= ${at(now)} and ${state} in ('new', 'opportunity')))
      group by 1, 2`,
  );
  return toCounts(rows, ({ due, in_time }) => ({ plansDue: Number(due), plansInTime: Number(in_time) }));
}

/**
 * Leads by when they were judged, the last word of each stretch counting: found through the audit entries of the
 * time, which know when. A judgement that was undone is none.
 */
export async function judgedCounts(ctx: Reading, window: Window, people: People): Promise<PersonCounts[]> {
  const rows = await rowsOf<Row<'judged' | 'opportunities'>>(
    ctx.tx,
    // The offset keeps the entries of the time first and their changes looked up: the other way round all of
    // history would be read.
    sql`with entries as materialized (
        select ${audit.id}, ${audit.at} >= ${at(window.from)} as is_current
        from ${audit}
        where ${and(eq(audit.orgId, ctx.org.id), within(audit.at, window))}
          and ${audit.action} in ('leads.judge', 'audit.undo')
      ), said as (
        select change.*, entries.is_current
        from entries cross join lateral (
          select ${recordChanges.recordId} as lead_id, ${recordChanges.after} ->> 'state' as state,
            ${recordChanges.version} as version
          from ${recordChanges}
          where ${recordChanges.orgId} = ${ctx.org.id} and ${recordChanges.auditId} = entries.id
            and ${recordChanges.kind} = 'lead' and ${recordChanges.after} ? 'state'
          offset 0
        ) as change
      ), last_word as (
        select distinct on (lead_id, is_current) lead_id, is_current, state
        from said order by lead_id, is_current, version desc
      )
      select ${leads.ownerId} as id, is_current, count(*) as judged,
        count(*) filter (where last_word.state = 'opportunity') as opportunities
      from last_word join ${leads} on ${leads.orgId} = ${ctx.org.id} and ${leads.id} = last_word.lead_id
      where ${and(isNull(leads.archivedAt), of(leads.ownerId, people))} and last_word.state <> 'new'
      group by 1, 2`,
  );
  return toCounts(rows, ({ judged, opportunities }) => ({
    judged: Number(judged),
    opportunities: Number(opportunities),
  }));
}

export interface Undecided {
  memberId: string;
  account: number;
  name: string;
}

/** Customers these people talked to in [from, to), the latest first, where nobody ever met a decision maker. */
export async function undecidedAccounts(
  ctx: Reading,
  { from, to }: { from: Date; to: Date },
  memberIds: readonly string[],
  perMember: number,
): Promise<Undecided[]> {
  if (memberIds.length === 0) return [];
  const rows = await rowsOf<{ member_id: string; number: number; name: string }>(
    ctx.tx,
    sql`with talked as (
        select ${activities.memberId}, ${activities.accountId}, max(${activities.at}) as at,
          row_number() over (partition by ${activities.memberId} order by max(${activities.at}) desc) as place
        from ${activities}
        where ${and(
          eq(activities.orgId, ctx.org.id),
          inArray(activities.memberId, [...memberIds]),
          sql`${activities.at} >= ${at(from)} and ${activities.at} < ${at(to)}`,
          inArray(activities.kind, [...meetingKinds]),
          isNull(activities.archivedAt),
        )}
          and not exists (select 1 from activities as met where met.org_id = ${activities.orgId}
            and met.account_id = ${activities.accountId} and met.decision_maker_met and met.archived_at is null)
          and exists (select 1 from ${accounts} where ${accounts.orgId} = ${activities.orgId}
            and ${accounts.id} = ${activities.accountId} and ${accounts.archivedAt} is null)
        group by 1, 2
      )
      select talked.member_id, ${accounts.number}, ${accounts.name}
      from talked join ${accounts} on ${accounts.orgId} = ${ctx.org.id} and ${accounts.id} = talked.account_id
      where talked.place <= ${perMember}
      order by talked.member_id, talked.place`,
  );
  return rows.map(({ member_id, number, name }) => ({ memberId: member_id, account: Number(number), name }));
}
