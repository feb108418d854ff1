import { and, asc, count, desc, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { formatNumber } from '../../../kernel/ids.ts';
import { nameKey, phoneKey } from '../../../kernel/names.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { accounts } from '../accounts/tables.ts';
import { activities } from '../activities/tables.ts';
import type { ContactTwin, ContactView } from './model.ts';
import type { ContactRow } from './record.ts';
import { contacts } from './tables.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

export function numberOf(row: Pick<ContactRow, 'number'>): string {
  return formatNumber('contact', row.number);
}

const ofAccount = and(eq(accounts.orgId, contacts.orgId), eq(accounts.id, contacts.accountId));

/** Live contacts with the same e-mail address or phone anywhere, or the same name at the same customer. */
export async function twinsOf(
  ctx: Reading,
  like: {
    name: string;
    accountId: string | null;
    email?: string | null | undefined;
    phone?: string | null | undefined;
  },
): Promise<ContactTwin[]> {
  const email = like.email?.toLowerCase();
  const phone = like.phone ? phoneKey(like.phone) : undefined;
  const name = nameKey(like.name);
  const signs: (SQL | undefined)[] = [];
  if (email) signs.push(eq(contacts.email, email));
  if (phone) signs.push(eq(contacts.phoneKey, phone));
  if (like.accountId) signs.push(and(eq(contacts.accountId, like.accountId), eq(contacts.nameKey, name)));
  if (signs.length === 0) return [];
  const rows = await ctx.tx
    .select({ contact: contacts, accountName: accounts.name })
    .from(contacts)
    .leftJoin(accounts, ofAccount)
    .where(and(eq(contacts.orgId, ctx.org.id), isNull(contacts.archivedAt), or(...signs)))
    .limit(5);
  return rows.map(({ contact, accountName }) => ({
    number: numberOf(contact),
    name: contact.name,
    accountName,
    by: email && contact.email === email ? 'email' : phone && contact.phoneKey === phone ? 'phone' : 'name',
  }));
}

/** People of a customer who still work there, deciders first. */
export async function contactsOfAccount(
  ctx: Reading,
  accountId: string,
  limit: number,
): Promise<ContactRow[]> {
  return ctx.tx
    .select()
    .from(contacts)
    .where(present(ctx, accountId))
    .orderBy(
      sql`case ${contacts.role} when 'decides' then 0 when 'influences' then 1 when 'uses' then 2 when 'blocks' then 3 else 4 end`,
      asc(contacts.number),
    )
    .limit(limit);
}

export async function countOfAccount(ctx: Reading, accountId: string): Promise<number> {
  const rows = await ctx.tx.select({ all: count() }).from(contacts).where(present(ctx, accountId));
  return rows[0]?.all ?? 0;
}

function present(ctx: Reading, accountId: string): SQL | undefined {
  return and(
    eq(contacts.orgId, ctx.org.id),
    eq(contacts.accountId, accountId),
    isNull(contacts.archivedAt),
    isNull(contacts.leftAt),
  );
}

/** Live people of a customer by name; equal names before names that contain the words. */
export async function peopleNamed(ctx: Reading, accountId: string, name: string): Promise<ContactRow[]> {
  const key = nameKey(name);
  if (key === '') return [];
  return ctx.tx
    .select()
    .from(contacts)
    .where(
      and(
        eq(contacts.orgId, ctx.org.id),
        eq(contacts.accountId, accountId),
        isNull(contacts.archivedAt),
        sql`position(${key} in ${contacts.nameKey}) > 0`,
      ),
    )
    .orderBy(desc(eq(contacts.nameKey, key)), asc(contacts.number))
    .limit(6);
}

const kept = alias(contacts, 'kept');

/** One person with the customer's name. */
export async function readContactView(ctx: Reading, id: string): Promise<ContactView | undefined> {
  const lastMet = sql<string | null>`(
    select max(${activities.at}) from ${activities}
    where ${activities.orgId} = ${contacts.orgId} and (${activities.contactId} = ${contacts.id} or ${activities.alsoMetIds} @> array[${contacts.id}])
      and ${activities.archivedAt} is null)`;
  const rows = await ctx.tx
    .select({
      contact: contacts,
      account: { number: accounts.number, name: accounts.name },
      kept: { number: kept.number, name: kept.name },
      lastMet,
    })
    .from(contacts)
    .leftJoin(accounts, ofAccount)
    .leftJoin(kept, and(eq(kept.orgId, contacts.orgId), eq(kept.id, contacts.mergedIntoId)))
    .where(and(eq(contacts.orgId, ctx.org.id), eq(contacts.id, id)));
  const row = rows[0];
  if (!row) return undefined;
  const { contact, account } = row;
  return {
    number: numberOf(contact),
    name: contact.name,
    account:
      account?.number == null
        ? null
        : { number: formatNumber('account', account.number), name: account.name },
    title: contact.title,
    role: contact.role,
    email: contact.email,
    phone: contact.phone,
    note: contact.note,
    lastMetAt: row.lastMet === null ? null : new Date(row.lastMet).toISOString(),
    leftAt: contact.leftAt?.toISOString() ?? null,
    archivedAt: contact.archivedAt?.toISOString() ?? null,
    mergedInto: row.kept?.number == null ? null : { number: numberOf(row.kept), name: row.kept.name },
  };
}

/** Names of customers by contact id, for lists that tell people of one name apart. */
export async function accountNamesOf(ctx: Reading, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.tx
    .select({ id: contacts.id, name: accounts.name })
    .from(contacts)
    .innerJoin(accounts, ofAccount)
    .where(and(eq(contacts.orgId, ctx.org.id), inArray(contacts.id, ids)));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The customer somebody works for and who owns it; rights over a person follow from it. */
export async function accountOwner(
  ctx: Reading,
  accountId: string | null,
): Promise<{ ownerId: string | null; name: string } | undefined> {
  if (accountId === null) return undefined;
  const rows = await ctx.tx
    .select({ ownerId: accounts.ownerId, name: accounts.name })
    .from(accounts)
    .where(and(eq(accounts.orgId, ctx.org.id), eq(accounts.id, accountId)));
  return rows[0];
}

/** Like `touch` of accounts: no record change, so that a log does not stand in the way of undo. */
export async function met(ctx: Reading, id: string, at: Date): Promise<void> {
  await ctx.tx
    .update(contacts)
    .set({ lastMetAt: at })
    .where(
      and(
        eq(contacts.orgId, ctx.org.id),
        eq(contacts.id, id),
        or(isNull(contacts.lastMetAt), sql`${contacts.lastMetAt} < ${at.toISOString()}::timestamptz`),
      ),
    );
}

/** `C-88` for a customer's id. */
export async function accountNumberOf(ctx: Reading, accountId: string): Promise<string> {
  const rows = await ctx.tx
    .select({ number: accounts.number })
    .from(accounts)
    .where(and(eq(accounts.orgId, ctx.org.id), eq(accounts.id, accountId)));
  return formatNumber('account', rows[0]?.number ?? 0);
}
