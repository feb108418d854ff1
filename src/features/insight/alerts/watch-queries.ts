import { and, asc, eq, inArray, isNull, lt, lte, type SQL, sql } from 'drizzle-orm';
import { dayIn, daysBetween } from '../../../kernel/dates.ts';
import { formatNumber } from '../../../kernel/ids.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { members } from '../../../store/tables/people.ts';
import { accounts } from '../../crm/accounts/tables.ts';
import { contacts } from '../../crm/contacts/tables.ts';
import { isStuck } from '../../sales/deals/api.ts';
import { deals } from '../../sales/deals/tables.ts';
import { leads } from '../../sales/leads/tables.ts';
import { nextSteps } from '../../sales/next-steps/tables.ts';
import { stages } from '../../sales/pipelines/tables.ts';
import type { WatchedKind } from './kinds.ts';
import type { AlertFacts } from './model.ts';
import type { Find, NewAlert } from './queries.ts';
import { isOverdue, latestToday, mostFound, ownerFact } from './rules.ts';
import { approval, quoteExpiring } from './waiting-queries.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

const isOpen = (ctx: Reading) =>
  and(eq(deals.orgId, ctx.org.id), sql`${deals.status} = 'open'`, isNull(deals.archivedAt));

/** Repeats the org in every join: one organization's rows of a key that starts with it. */
const ownerJoin = (
  owner: typeof deals.ownerId | typeof nextSteps.ownerId | typeof accounts.ownerId,
  ctx: Reading,
) => and(eq(members.orgId, ctx.org.id), eq(members.id, owner));

function selectDeals(ctx: Reading) {
  return ctx.tx
    .select({ deal: deals, stage: stages, owner: members.name, account: accounts.name })
    .from(deals)
    .innerJoin(stages, and(eq(stages.orgId, deals.orgId), eq(stages.id, deals.stageId)))
    .leftJoin(members, ownerJoin(deals.ownerId, ctx))
    .leftJoin(accounts, and(eq(accounts.orgId, deals.orgId), eq(accounts.id, deals.accountId)))
    .$dynamic();
}

export type DealFound = Awaited<ReturnType<typeof selectDeals>>[number];

export function dealsById(ctx: Reading, ids: readonly string[]): Promise<DealFound[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return selectDeals(ctx).where(and(eq(deals.orgId, ctx.org.id), inArray(deals.id, [...ids])));
}

/** A deal as an alert of any kind tells of it. */
export function alertOfDeal(
  kind: NewAlert['kind'],
  { deal, owner, account }: Pick<DealFound, 'deal' | 'owner' | 'account'>,
  more: Partial<AlertFacts> = {},
): NewAlert {
  const { amountMinor, currency } = deal;
  const amount =
    amountMinor === null || currency === null
      ? {}
      : { amount: { amountMinor: amountMinor.toString(), currency } };
  return {
    kind,
    recordKind: 'deal',
    recordId: deal.id,
    ownerId: deal.ownerId,
    amountMinor,
    currency,
    facts: {
      number: formatNumber('deal', deal.number),
      name: deal.name,
      ...(account === null ? {} : { account }),
      ...amount,
      ...ownerFact(deal.ownerId, owner),
      ...more,
    },
  };
}

const stuck: Find = async (ctx, id) => {
  const { timeZone } = ctx.org;
  const rows = await selectDeals(ctx)
    .where(
      and(
        isOpen(ctx),
        id === undefined ? undefined : eq(deals.id, id),
        lte(
          deals.stageEnteredAt,
          sql`${ctx.now.toISOString()}::timestamptz - make_interval(days => 2 * ${stages.normalDays})`,
        ),
      ),
    )
    .orderBy(asc(deals.stageEnteredAt))
    .limit(mostFound);
  return rows.flatMap((row) => {
    const { normalDays, name, nameZh } = row.stage;
    const days = daysBetween(dayIn(row.deal.stageEnteredAt, timeZone), dayIn(ctx.now, timeZone));
    if (!isStuck(days, normalDays)) return [];
    return [alertOfDeal('stuck', row, { stage: { name, nameZh }, days, normalDays })];
  });
};

const overdue: Find = async (ctx, id) => {
  const subject = (kind: 'deal' | 'lead' | 'account', table: typeof deals | typeof leads | typeof accounts) =>
    and(eq(nextSteps.subjectKind, kind), eq(table.orgId, nextSteps.orgId), eq(table.id, nextSteps.subjectId));
  const rows = await ctx.tx
    .select({
      step: nextSteps,
      owner: members.name,
      timeZone: members.timeZone,
      number: sql<number>`coalesce(${deals.number}, ${leads.number}, ${accounts.number})`,
      name: sql<string>`coalesce(${deals.name}, ${leads.company}, ${accounts.name})`,
      amountMinor: deals.amountMinor,
      currency: deals.currency,
    })
    .from(nextSteps)
    .innerJoin(members, ownerJoin(nextSteps.ownerId, ctx))
    .leftJoin(deals, subject('deal', deals))
    .leftJoin(leads, subject('lead', leads))
    .leftJoin(accounts, subject('account', accounts))
    .where(
      and(
        eq(nextSteps.orgId, ctx.org.id),
        sql`${nextSteps.status} = 'open'`,
        isNull(nextSteps.archivedAt),
        lt(nextSteps.dueOn, latestToday(ctx.now)),
        id === undefined ? undefined : eq(nextSteps.subjectId, id),
        sql`coalesce(${deals.status} = 'open' and ${deals.archivedAt} is null,
          case when ${leads.id} is null then ${accounts.archivedAt} is null and ${accounts.id} is not null
          else ${leads.archivedAt} is null end)`,
      ),
    )
    .orderBy(asc(nextSteps.dueOn), asc(nextSteps.id))
    .limit(mostFound);
  return rows.flatMap(({ step, owner, timeZone, number, name, amountMinor, currency }): NewAlert[] => {
    if (!isOverdue(step.dueOn, ctx.now, timeZone)) return [];
    const amount =
      amountMinor === null || currency === null
        ? {}
        : { amount: { amountMinor: amountMinor.toString(), currency } };
    return [
      {
        kind: 'overdue',
        recordKind: step.subjectKind,
        recordId: step.subjectId,
        ownerId: step.ownerId,
        amountMinor,
        currency,
        facts: {
          number: formatNumber(step.subjectKind, number),
          name,
          ...amount,
          ...ownerFact(step.ownerId, owner),
          on: step.dueOn,
          step: step.text,
        },
      },
    ];
  });
};

/** Customers somebody is at work on, or who have bought. */
const matters = inArray(accounts.salesState, ['opportunity', 'order-customer', 'user']);

const unowned: Find = async (ctx, id) => {
  const ofDeals = await selectDeals(ctx)
    .where(and(isOpen(ctx), isNull(deals.ownerId), id === undefined ? undefined : eq(deals.id, id)))
    .orderBy(asc(deals.number))
    .limit(mostFound);
  const ofAccounts = await ctx.tx
    .select({ id: accounts.id, number: accounts.number, name: accounts.name })
    .from(accounts)
    .where(
      and(
        eq(accounts.orgId, ctx.org.id),
        isNull(accounts.ownerId),
        isNull(accounts.archivedAt),
        matters,
        id === undefined ? undefined : eq(accounts.id, id),
      ),
    )
    .orderBy(asc(accounts.number))
    .limit(mostFound);
  return [
    ...ofDeals.map((row) => alertOfDeal('unowned', row)),
    ...ofAccounts.map((row) => alertOfAccount('unowned', row, { ownerId: null, owner: null })),
  ];
};

function alertOfAccount(
  kind: NewAlert['kind'],
  { id, number, name }: { id: string; number: number; name: string },
  {
    ownerId,
    owner,
    ...facts
  }: { ownerId: string | null; owner: string | null } & Partial<Omit<AlertFacts, 'owner'>>,
): NewAlert {
  return {
    kind,
    recordKind: 'account',
    recordId: id,
    ownerId,
    amountMinor: null,
    currency: null,
    facts: { number: formatNumber('account', number), name, ...ownerFact(ownerId, owner), ...facts },
  };
}

/** One person alone is a risk; two are not. */
const enoughContacts = 2;

const singleContact: Find = async (ctx, id) => {
  const known = sql<number>`(select count(*)::int from ${contacts} where ${contacts.orgId} = ${accounts.orgId}
    and ${contacts.accountId} = ${accounts.id} and ${contacts.archivedAt} is null and ${contacts.leftAt} is null)`;
  const dealOwner = sql<
    string | null
  >`(select ${deals.ownerId} from ${deals} where ${deals.orgId} = ${accounts.orgId}
    and ${deals.accountId} = ${accounts.id} and ${deals.status} = 'open' and ${deals.archivedAt} is null
    order by ${deals.number} limit 1)`;
  const withDeal = ctx.tx
    .selectDistinct({ id: deals.accountId })
    .from(deals)
    .where(and(isOpen(ctx), id === undefined ? undefined : eq(deals.accountId, id)));
  const ownerId = sql<string | null>`coalesce(${accounts.ownerId}, ${dealOwner})`;
  const rows = await ctx.tx
    .select({
      id: accounts.id,
      number: accounts.number,
      name: accounts.name,
      ownerId,
      owner: members.name,
      count: known,
    })
    .from(accounts)
    .leftJoin(members, and(eq(members.orgId, ctx.org.id), eq(members.id, ownerId)))
    .where(
      and(
        eq(accounts.orgId, ctx.org.id),
        isNull(accounts.archivedAt),
        inArray(accounts.id, withDeal),
        lt(known, enoughContacts),
      ),
    )
    .orderBy(asc(accounts.number))
    .limit(mostFound);
  return rows.map(({ count, ownerId, owner, ...row }) =>
    alertOfAccount('single-contact', row, { ownerId, owner, count: Number(count) }),
  );
};

export const finders: Readonly<Record<WatchedKind, Find>> = {
  stuck,
  overdue,
  unowned,
  'single-contact': singleContact,
  approval,
  'quote-expiring': quoteExpiring,
};

/** A new lead as an alert tells of it: nothing of the person behind it. */
export async function alertOfLead(ctx: Reading, id: string): Promise<NewAlert | undefined> {
  const condition: SQL | undefined = and(
    eq(leads.orgId, ctx.org.id),
    eq(leads.id, id),
    isNull(leads.archivedAt),
  );
  const [row] = await ctx.tx
    .select({ lead: leads, owner: members.name })
    .from(leads)
    .leftJoin(members, and(eq(members.orgId, leads.orgId), eq(members.id, leads.ownerId)))
    .where(condition);
  if (!row) return undefined;
  const { lead, owner } = row;
  const { amountMinor, currency } = lead;
  const amount =
    amountMinor === null || currency === null
      ? {}
      : { amount: { amountMinor: amountMinor.toString(), currency } };
  return {
    kind: 'new-lead',
    recordKind: 'lead',
    recordId: lead.id,
    ownerId: lead.ownerId,
    amountMinor,
    currency,
    facts: {
      number: formatNumber('lead', lead.number),
      name: lead.company,
      ...amount,
      ...ownerFact(lead.ownerId, owner),
      reason: lead.leadSource,
    },
  };
}

/** Records of one kind that are archived: what was said of them is over. */
export async function archivedOf(ctx: Reading, kind: 'lead' | 'account', id: string): Promise<boolean> {
  const table = kind === 'lead' ? leads : accounts;
  const [row] = await ctx.tx
    .select({ archivedAt: table.archivedAt })
    .from(table)
    .where(and(eq(table.orgId, ctx.org.id), eq(table.id, id)));
  return row?.archivedAt != null;
}

/** What an open or closed step is about. */
export async function subjectOfStep(ctx: Reading, id: string): Promise<string | undefined> {
  const [row] = await ctx.tx
    .select({ id: nextSteps.subjectId })
    .from(nextSteps)
    .where(and(eq(nextSteps.orgId, ctx.org.id), eq(nextSteps.id, id)));
  return row?.id;
}

export async function accountOfContact(ctx: Reading, id: string): Promise<string | undefined> {
  const [row] = await ctx.tx
    .select({ id: contacts.accountId })
    .from(contacts)
    .where(and(eq(contacts.orgId, ctx.org.id), eq(contacts.id, id)));
  return row?.id ?? undefined;
}
