import { addDays, addMonths, addWorkingMinutes, dayIn, instantOf, startOf } from '../../kernel/dates.ts';
import { companyDomain, nameKey, phoneKey } from '../../kernel/names.ts';
import type { Ctx } from '../../runtime/context.ts';
import { changeRecord, createRecord } from '../../store/records.ts';
import { type AccountRow, createAccount } from '../crm/accounts/api.ts';
import { accountRecord } from '../crm/accounts/record.ts';
import { logActivity } from '../crm/activities/api.ts';
import { type ContactRow, createContact } from '../crm/contacts/api.ts';
import { contactRecord } from '../crm/contacts/record.ts';
import { createMember, createUnit } from '../org/members/api.ts';
import { type MemberRow, unitRecord } from '../org/members/record.ts';
import { productRecord } from '../revenue/products/record.ts';
import { type DealRow, dealRecord } from '../sales/deals/record.ts';
import { type LeadRow, leadRecord } from '../sales/leads/record.ts';
import { planDueAt } from '../sales/leads/rules.ts';
import { nextStepRecord } from '../sales/next-steps/record.ts';
import { targetRecord } from '../sales/targets/record.ts';
import { demoAccounts, demoContacts } from './customers.ts';
import { type DemoPersonKey, type DemoUnitKey, demoPeople, demoUnits } from './people.ts';
import { linkIdentities, stageIds } from './queries.ts';
import {
  type DemoDeal,
  type DemoLead,
  demoActivities,
  demoDeals,
  demoLeads,
  demoProducts,
  demoSteps,
  demoTargets,
} from './work.ts';

const dayMs = 86_400_000;

type People = ReadonlyMap<DemoPersonKey, MemberRow>;

/**
 * Fills an organization that has its stages and nothing else yet. All days are relative to `ctx.now`. With `at`,
 * people who have an account on that platform are tied to it. One record after the other, so that numbers come
 * out as the table of the demo set says; nothing is announced.
 */
export async function seedDemoSet(
  ctx: Ctx,
  at?: { platform: 'slack' | 'teams'; installation: string },
): Promise<void> {
  const quiet: Ctx = { ...ctx, emit: () => undefined, notify: () => undefined };
  const people = await seedPeople(quiet);
  if (at) {
    const linked = demoPeople.flatMap(({ key, slackUserId }) =>
      slackUserId === null ? [] : [{ memberId: of(people, key).id, externalUserId: slackUserId }],
    );
    await linkIdentities(quiet, at, linked);
  }
  const accounts = await seedAccounts(quiet, people);
  const contacts = await seedContacts(quiet, accounts);
  const products = await seedProducts(quiet);
  const leads = await seedLeads(quiet, people, accounts, contacts);
  const deals = await seedDeals(quiet, people, { accounts, leads, products });
  await seedSteps(quiet, people, { lead: leads, deal: deals, account: accounts });
  await seedActivities(quiet, people, { accounts, contacts, deals, leads });
  await seedTargets(quiet, people);
}

async function seedPeople(ctx: Ctx): Promise<People> {
  const people = new Map<DemoPersonKey, MemberRow>();
  const units = new Map<DemoUnitKey, Awaited<ReturnType<typeof createUnit>>>();
  for (const { key, kind, name, parent } of demoUnits) {
    const parentId = parent === null ? null : of(units, parent).id;
    units.set(key, await createUnit(ctx, { kind, name, parentId, managerId: null }));
  }
  for (const person of demoPeople) {
    const { key, name, email, roles, locale, timeZone, unit, reportsTo, slackUserId } = person;
    const values = {
      name,
      email,
      roles,
      locale,
      timeZone,
      unitId: unit === null ? null : of(units, unit).id,
      reportsTo: reportsTo === null ? null : of(people, reportsTo).id,
      status: slackUserId === null ? 'unlinked' : 'active',
    } as const;
    people.set(key, await createMember(ctx, values));
  }
  for (const { key, manager } of demoUnits) {
    await changeRecord(ctx, unitRecord, of(units, key), { managerId: of(people, manager).id });
  }
  return people;
}

async function seedAccounts(ctx: Ctx, people: People): Promise<AccountRow[]> {
  const rows: AccountRow[] = [];
  for (const account of demoAccounts) {
    const { owner, parent, relationshipState, relationshipReason, archived, ...values } = account;
    const row = await createAccount(ctx, {
      ...values,
      ownerId: owner === null ? null : of(people, owner).id,
      parentId: idOf(rows, parent),
    });
    rows.push(
      await changeRecord(ctx, accountRecord, row, {
        ...(relationshipState && { relationshipState, relationshipReason: relationshipReason ?? null }),
        ...(archived && { archivedAt: ctx.now }),
      }),
    );
  }
  return rows;
}

async function seedContacts(ctx: Ctx, accounts: readonly AccountRow[]): Promise<ContactRow[]> {
  const rows: ContactRow[] = [];
  for (const { account, leftDaysAgo, archived, ...values } of demoContacts) {
    const row = await createContact(ctx, { ...values, accountId: idOf(accounts, account) });
    rows.push(
      await changeRecord(ctx, contactRecord, row, {
        ...(leftDaysAgo !== undefined && { leftAt: ago(ctx.now, leftDaysAgo) }),
        ...(archived && { archivedAt: ctx.now }),
      }),
    );
  }
  return rows;
}

async function seedProducts(ctx: Ctx): Promise<{ id: string }[]> {
  const rows: { id: string }[] = [];
  for (const { name, series, listPrice } of demoProducts) {
    rows.push(
      await createRecord(ctx, productRecord, {
        name,
        nameKey: nameKey(name),
        series,
        listPriceMinor: listPrice?.amountMinor ?? null,
        currency: listPrice?.currency ?? null,
      }),
    );
  }
  return rows;
}

async function seedLeads(
  ctx: Ctx,
  people: People,
  accounts: readonly AccountRow[],
  contacts: readonly ContactRow[],
): Promise<LeadRow[]> {
  const rows: LeadRow[] = [];
  for (const lead of demoLeads) {
    const createdAt = ago(ctx.now, lead.createdDaysAgo);
    const row = await createRecord({ ...ctx, now: createdAt }, leadRecord, {
      company: lead.company,
      nameKey: nameKey(lead.company),
      contactName: lead.contactName ?? null,
      email: lead.email ?? null,
      emailDomain: lead.email ? companyDomain(lead.email) : null,
      phone: lead.phone ?? null,
      phoneKey: lead.phone ? phoneKey(lead.phone) : null,
      leadSource: lead.source,
      amountMinor: lead.amount?.amountMinor ?? null,
      currency: lead.amount?.currency ?? null,
      note: lead.note ?? null,
      ownerId: lead.owner === null ? null : of(people, lead.owner).id,
      state: lead.state,
      stateReason: lead.stateReason ?? null,
      reviewOn: lead.reviewInDays === undefined ? null : addDays(today(ctx), lead.reviewInDays),
      ...planOf(ctx, lead, createdAt),
      accountId: idOf(accounts, lead.account),
      contactId: idOf(contacts, lead.contact),
    });
    rows.push(lead.archived ? await changeRecord(ctx, leadRecord, row, { archivedAt: ctx.now }) : row);
  }
  return rows;
}

/** A running clock is due in the future and a late one in the past, whatever hour and weekday it is. */
function planOf(
  ctx: Ctx,
  { plan }: DemoLead,
  createdAt: Date,
): { planDueAt: Date; planFiledAt: Date | null } {
  if (plan === 'running') return { planDueAt: planDueAt(ctx.now, ctx.org), planFiledAt: null };
  const due = planDueAt(createdAt, ctx.org);
  if (plan === 'late') {
    return { planDueAt: due < ctx.now ? due : new Date(ctx.now.getTime() - 3_600_000), planFiledAt: null };
  }
  const filedAt = addWorkingMinutes(createdAt, 60, ctx.org);
  return { planDueAt: due, planFiledAt: filedAt < ctx.now ? filedAt : ctx.now };
}

async function seedDeals(
  ctx: Ctx,
  people: People,
  records: {
    accounts: readonly AccountRow[];
    leads: readonly LeadRow[];
    products: readonly { id: string }[];
  },
): Promise<DealRow[]> {
  const stages = await stageIds(ctx);
  const rows: DealRow[] = [];
  for (const deal of demoDeals) {
    const leadRow = deal.lead === undefined ? undefined : at(records.leads, deal.lead - 1);
    const row = await createRecord(ctx, dealRecord, {
      name: deal.name,
      nameKey: nameKey(deal.name),
      accountId: idOf(records.accounts, deal.account ?? undefined),
      leadId: leadRow?.id ?? null,
      productId: deal.product === undefined ? null : at(records.products, deal.product).id,
      ownerId: of(people, deal.owner).id,
      stageId: of(stages, deal.stage),
      stageEnteredAt: ago(ctx.now, deal.stageDaysAgo),
      amountMinor: deal.amount?.amountMinor ?? null,
      currency: deal.amount?.currency ?? null,
      engageOn: deal.engageDaysAgo === undefined ? null : addDays(today(ctx), -deal.engageDaysAgo),
      closeOn: deal.closeInDays === undefined ? null : addDays(today(ctx), deal.closeInDays),
      pushCount: deal.pushCount ?? 0,
      ...outcomeOf(ctx, deal),
    });
    if (leadRow) await changeRecord(ctx, leadRecord, leadRow, { dealId: row.id });
    rows.push(row);
  }
  return rows;
}

function outcomeOf(ctx: Ctx, { closed }: DemoDeal) {
  if (!closed) return { status: 'open' as const };
  return {
    status: closed.status,
    closedOn: addDays(today(ctx), -closed.daysAgo),
    reason: closed.reason,
    rival: closed.rival ?? null,
  };
}

async function seedSteps(
  ctx: Ctx,
  people: People,
  subjects: Record<'lead' | 'deal' | 'account', readonly { id: string; ownerId: string | null }[]>,
): Promise<void> {
  const byId = new Map([...people.values()].map((row) => [row.id, row]));
  for (const { subject, text, inDays, at: time } of demoSteps) {
    const { id, ownerId } = at(subjects[subject.kind], subject.number - 1);
    const owner = of(byId, ownerId ?? '');
    const dueOn = addDays(dayIn(ctx.now, owner.timeZone), inDays);
    await createRecord(ctx, nextStepRecord, {
      subjectKind: subject.kind,
      subjectId: id,
      ownerId: owner.id,
      text,
      dueOn,
      dueAt: time === undefined ? null : instantOf(dueOn, time, owner.timeZone),
    });
  }
}

async function seedActivities(
  ctx: Ctx,
  people: People,
  records: {
    accounts: readonly AccountRow[];
    contacts: readonly ContactRow[];
    deals: readonly DealRow[];
    leads: readonly LeadRow[];
  },
): Promise<void> {
  for (const { by, daysAgo, account, contact, deal, lead, ...values } of demoActivities) {
    await logActivity(
      { ...ctx, actor: actorOf(of(people, by)) },
      {
        ...values,
        at: ago(ctx.now, daysAgo),
        accountId: idOf(records.accounts, account),
        contactId: idOf(records.contacts, contact),
        metName: contact === undefined ? null : at(records.contacts, contact - 1).name,
        dealId: idOf(records.deals, deal),
        leadId: idOf(records.leads, lead),
      },
    );
  }
}

async function seedTargets(ctx: Ctx, people: People): Promise<void> {
  for (const { person, monthsAhead, amount } of demoTargets) {
    await createRecord(ctx, targetRecord, {
      memberId: of(people, person).id,
      monthOn: addMonths(startOf('month', today(ctx)), monthsAhead),
      ...amount,
    });
  }
}

function actorOf(row: MemberRow): Ctx['actor'] {
  return {
    kind: 'member',
    memberId: row.id,
    name: row.name,
    roles: row.roles,
    unitId: row.unitId,
    reportsTo: row.reportsTo,
    locale: row.locale === 'zh-CN' ? 'zh-CN' : 'en',
    timeZone: row.timeZone,
  };
}

function today(ctx: Ctx): string {
  return dayIn(ctx.now, ctx.org.timeZone);
}

function ago(now: Date, days: number): Date {
  return new Date(now.getTime() - days * dayMs);
}

/** Id of the record with a visible number; records were made in the order of their numbers. */
function idOf(rows: readonly { id: string }[], number: number | undefined): string | null {
  return number === undefined ? null : at(rows, number - 1).id;
}

function at<T>(rows: readonly T[], index: number): T {
  const row = rows[index];
  if (row === undefined) throw new RangeError(`the demo set has no record at ${index}`);
  return row;
}

function of<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new RangeError(`the demo set has no ${String(key)}`);
  return value;
}
