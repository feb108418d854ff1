import { addDays, addMonths, addWorkingMinutes, dayIn, instantOf, startOf } from '../../kernel/dates.ts';
import { companyDomain, nameKey, phoneKey } from '../../kernel/names.ts';
import type { Ctx } from '../../runtime/context.ts';
import {
  changeRecord,
  createRecords,
  type NewRecord,
  type RecordKind,
  type RecordPatch,
  type RecordTable,
} from '../../store/records.ts';
import { type AccountRow, accountRecord } from '../crm/accounts/record.ts';
import { activityRecord } from '../crm/activities/record.ts';
import { type ContactRow, contactRecord } from '../crm/contacts/record.ts';
import { channelRecord } from '../org/channels/record.ts';
import { type MemberRow, memberRecord, unitRecord } from '../org/members/record.ts';
import { type DealRow, dealRecord } from '../sales/deals/record.ts';
import { leadTests } from '../sales/leads/model.ts';
import { type LeadRow, leadRecord } from '../sales/leads/record.ts';
import { planDueAt } from '../sales/leads/rules.ts';
import { nextStepRecord } from '../sales/next-steps/record.ts';
import { targetRecord } from '../sales/targets/record.ts';
import { demoActivities } from './activities.ts';
import { demoAccounts, demoContacts } from './customers.ts';
import { seedDiscounts } from './discounts.ts';
import { type DemoPersonKey, demoChannels, demoPeople, demoUnits } from './people.ts';
import { seedProducts } from './price-book.ts';
import { backdate, type DemoInstallation, linkIdentities, membersByEmail, stageIds } from './queries.ts';
import { seedQuotes } from './quotes.ts';
import { type DemoDeal, type DemoLead, demoDeals, demoLeads, demoSteps, demoTargets } from './work.ts';

const dayMs = 86_400_000;

type People = ReadonlyMap<DemoPersonKey, MemberRow>;

/**
 * Fills an organization that has its stages and nothing else yet. All days are relative to `ctx.now`. People who
 * have an account on the platforms of `installations` are tied to it. Kind by kind in the order of the lists, so that
 * numbers come out as the table of the demo set says; nothing is announced.
 */
export async function seedDemoSet(ctx: Ctx, ...installations: DemoInstallation[]): Promise<void> {
  const quiet: Ctx = { ...ctx, emit: () => undefined, notify: () => undefined };
  const people = await seedPeople(quiet);
  for (const at of installations) await linkDemoPeople(quiet, at);
  const accounts = await seedAccounts(quiet, people);
  const contacts = await seedContacts(quiet, accounts);
  const products = await seedProducts(quiet);
  const dealIds = demoDeals.map(() => ctx.newId());
  const leads = await seedLeads(quiet, people, { accounts, contacts, dealIds });
  const deals = await seedDeals(quiet, people, dealIds, { accounts, leads, products });
  await seedQuotes(quiet, { deals, products, memberId: (owner) => of(people, owner).id });
  await seedDiscounts(quiet, {
    deals,
    accountName: (id) => accounts.find((account) => account.id === id)?.name,
    member: (key) => of(people, key),
  });
  await seedSteps(quiet, people, { lead: leads, deal: deals, account: accounts });
  await seedActivities(quiet, people, { accounts, contacts, deals, leads });
  await seedTargets(quiet, people);
  for (const at of installations) await seedChannels(quiet, people, at);
}

/** Ties the people of the demo set to their accounts on a platform; done before, it changes nothing. */
export async function linkDemoPeople(ctx: Ctx, at: DemoInstallation): Promise<void> {
  const known = await membersByEmail(
    ctx,
    demoPeople.flatMap(({ email }) => email ?? []),
  );
  await linkIdentities(
    ctx,
    at,
    demoPeople.flatMap(({ email, accounts }) => {
      const memberId = email === null ? undefined : known.get(email);
      return accounts && memberId ? [{ memberId, externalUserId: accounts[at.platform] }] : [];
    }),
  );
}

async function seedPeople(ctx: Ctx): Promise<People> {
  const ids = new Map(demoPeople.map(({ key }) => [key, ctx.newId()]));
  const units = await createAll(
    ctx,
    unitRecord,
    demoUnits.map(({ kind, name, manager }) => ({ kind, name, managerId: of(ids, manager) })),
  );
  const unitIds = new Map(demoUnits.map(({ key }, index) => [key, at(units, index).id]));
  for (const [index, { parent }] of demoUnits.entries()) {
    if (parent !== null) {
      await changeRecord(ctx, unitRecord, at(units, index), { parentId: of(unitIds, parent) });
    }
  }
  const rows = await createAll(
    ctx,
    memberRecord,
    demoPeople.map(({ name, email, roles, locale, timeZone, unit, reportsTo, accounts }) => ({
      name,
      email,
      roles,
      locale,
      timeZone,
      unitId: unit === null ? null : of(unitIds, unit),
      reportsTo: reportsTo === null ? null : of(ids, reportsTo),
      status: accounts === null ? ('unlinked' as const) : ('active' as const),
    })),
    [...ids.values()],
  );
  return new Map(demoPeople.map(({ key }, index) => [key, at(rows, index)]));
}

async function seedAccounts(ctx: Ctx, people: People): Promise<AccountRow[]> {
  const ids = demoAccounts.map(() => ctx.newId());
  const rows = await createAll(
    ctx,
    accountRecord,
    demoAccounts.map(({ owner, parent, archived: _, ...values }, index) => ({
      ...values,
      nameKey: nameKey(values.name),
      phoneKey: values.phone ? phoneKey(values.phone) : null,
      ownerId: owner === null ? null : of(people, owner).id,
      parentId: parent === undefined ? null : at(ids, parent - 1),
      lastTouchAt: lastTouch(ctx, index + 1),
    })),
    ids,
  );
  return archiveSome(ctx, accountRecord, rows, demoAccounts);
}

/** As logging the activities would have left it. */
function lastTouch(ctx: Ctx, account: number): Date | null {
  const days = demoActivities
    .filter((activity) => activity.account === account && activity.kind !== 'note')
    .map(({ daysAgo }) => daysAgo);
  return days.length === 0 ? null : ago(ctx.now, Math.min(...days));
}

async function seedContacts(ctx: Ctx, accounts: readonly AccountRow[]): Promise<ContactRow[]> {
  const rows = await createAll(
    ctx,
    contactRecord,
    demoContacts.map(({ account, leftDaysAgo, archived: _, ...values }) => ({
      ...values,
      nameKey: nameKey(values.name),
      phoneKey: values.phone ? phoneKey(values.phone) : null,
      accountId: idOf(accounts, account),
      leftAt: leftDaysAgo === undefined ? null : ago(ctx.now, leftDaysAgo),
    })),
  );
  return archiveSome(ctx, contactRecord, rows, demoContacts);
}

async function seedLeads(
  ctx: Ctx,
  people: People,
  records: { accounts: readonly AccountRow[]; contacts: readonly ContactRow[]; dealIds: readonly string[] },
): Promise<LeadRow[]> {
  const rows = await createAll(
    ctx,
    leadRecord,
    demoLeads.map((lead) => ({
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
      stateNote: lead.stateNote ?? null,
      testsPassed: lead.state === 'opportunity' ? [...leadTests] : null,
      reviewOn: lead.reviewInDays === undefined ? null : addDays(today(ctx), lead.reviewInDays),
      ...planOf(ctx, lead),
      accountId: idOf(records.accounts, lead.account),
      contactId: idOf(records.contacts, lead.contact),
      dealId: lead.deal === undefined ? null : at(records.dealIds, lead.deal - 1),
    })),
  );
  await backdate(
    ctx,
    leadRecord.table,
    rows.map(({ id }, index) => ({ id, createdAt: ago(ctx.now, at(demoLeads, index).createdDaysAgo) })),
  );
  return archiveSome(ctx, leadRecord, rows, demoLeads);
}

/** A running clock is due in the future and a late one in the past, whatever hour and weekday it is. */
function planOf(ctx: Ctx, lead: DemoLead): { planDueAt: Date; planFiledAt: Date | null } {
  if (lead.plan === 'running') return { planDueAt: planDueAt(ctx.now, ctx.org), planFiledAt: null };
  const createdAt = ago(ctx.now, lead.createdDaysAgo);
  const due = planDueAt(createdAt, ctx.org);
  if (lead.plan === 'late') {
    return { planDueAt: due < ctx.now ? due : new Date(ctx.now.getTime() - 3_600_000), planFiledAt: null };
  }
  const filedAt = addWorkingMinutes(createdAt, 60, ctx.org);
  return { planDueAt: due, planFiledAt: filedAt < ctx.now ? filedAt : ctx.now };
}

async function seedDeals(
  ctx: Ctx,
  people: People,
  ids: readonly string[],
  records: {
    accounts: readonly AccountRow[];
    leads: readonly LeadRow[];
    products: readonly { id: string }[];
  },
): Promise<DealRow[]> {
  const stages = await stageIds(ctx);
  const rows = await createAll(
    ctx,
    dealRecord,
    demoDeals.map((deal) => ({
      name: deal.name,
      nameKey: nameKey(deal.name),
      accountId: idOf(records.accounts, deal.account ?? undefined),
      leadId: idOf(records.leads, deal.lead),
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
    })),
    ids,
  );
  await backdate(
    ctx,
    dealRecord.table,
    rows.map(({ id }, index) => {
      const { engageDaysAgo, stageDaysAgo } = at(demoDeals, index);
      return { id, createdAt: ago(ctx.now, engageDaysAgo ?? stageDaysAgo) };
    }),
  );
  return archiveSome(ctx, dealRecord, rows, demoDeals);
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
  const steps = demoSteps.map(({ subject, text, inDays, at: time }) => {
    const { id, ownerId } = at(subjects[subject.kind], subject.number - 1);
    const owner = of(byId, ownerId ?? '');
    const dueOn = addDays(dayIn(ctx.now, owner.timeZone), inDays);
    return {
      subjectKind: subject.kind,
      subjectId: id,
      ownerId: owner.id,
      text,
      dueOn,
      dueAt: time === undefined ? null : instantOf(dueOn, time, owner.timeZone),
    };
  });
  await createAll(ctx, nextStepRecord, steps);
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
  const logged = demoActivities.map(({ by, daysAgo, account, contact, deal, lead, ...values }) => ({
    ...values,
    at: ago(ctx.now, daysAgo),
    memberId: of(people, by).id,
    accountId: idOf(records.accounts, account),
    contactId: idOf(records.contacts, contact),
    metName: contact === undefined ? null : at(records.contacts, contact - 1).name,
    dealId: idOf(records.deals, deal),
    leadId: idOf(records.leads, lead),
  }));
  await createAll(ctx, activityRecord, logged);
}

async function seedTargets(ctx: Ctx, people: People): Promise<void> {
  const set = demoTargets.map(({ person, monthsAhead, amount }) => ({
    memberId: of(people, person).id,
    monthOn: addMonths(startOf('month', today(ctx)), monthsAhead),
    ...amount,
  }));
  await createAll(ctx, targetRecord, set);
}

/** The channels of both branches are set up by their managers; the others are not known to the service yet. */
async function seedChannels(
  ctx: Ctx,
  people: People,
  { platform, installation }: DemoInstallation,
): Promise<void> {
  const setUp = demoChannels.flatMap((channel) => {
    if (channel.setBy === null) return [];
    const { id, locale, timeZone } = of(people, channel.setBy);
    const placeId = platform === 'slack' ? channel.slackChannelId : channel.teamsChannelId;
    const told = locale === 'zh-CN' ? ('zh-CN' as const) : ('en' as const);
    return [{ platform, installation, placeId, name: channel.name, locale: told, timeZone, setBy: id }];
  });
  await createAll(ctx, channelRecord, setUp);
}

/** Records in the order of their numbers, with ids known before where others point at them. */
function createAll<T extends RecordTable>(
  ctx: Ctx,
  kind: RecordKind<T>,
  values: readonly NewRecord<T>[],
  ids: readonly string[] = [],
): ReturnType<typeof createRecords<T>> {
  const left = [...ids];
  return createRecords({ ...ctx, newId: () => left.shift() ?? ctx.newId() }, kind, values);
}

async function archiveSome<T extends RecordTable, R extends Parameters<typeof changeRecord<T>>[2]>(
  ctx: Ctx,
  kind: RecordKind<T>,
  rows: R[],
  of: readonly { archived?: true }[],
): Promise<R[]> {
  const kept: R[] = [];
  for (const [index, row] of rows.entries()) {
    const patch = { archivedAt: ctx.now } as RecordPatch<T>;
    kept.push(of[index]?.archived ? ((await changeRecord(ctx, kind, row, patch)) as R) : row);
  }
  return kept;
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
