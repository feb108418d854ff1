import { and, asc, eq, isNull, ne, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { formatNumber } from '../../../kernel/ids.ts';
import { nameKey, phoneKey } from '../../../kernel/names.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { startsWith } from '../../../store/find.ts';
import { members } from '../../../store/tables/people.ts';
import { rowsOf } from '../../../store/tx.ts';
import { activities } from '../activities/tables.ts';
import { contacts } from '../contacts/tables.ts';
import type { AccountView, Twin } from './model.ts';
import type { AccountRow } from './record.ts';
import { type Likeness, namePrefix, sameBy } from './rules.ts';
import { accounts } from './tables.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

export function likenessOf(of: {
  name: string;
  domain?: string | null | undefined;
  phone?: string | null | undefined;
}): Likeness {
  return {
    nameKey: nameKey(of.name),
    domain: of.domain?.toLowerCase() ?? null,
    phoneKey: of.phone ? phoneKey(of.phone) : null,
  };
}

/** Live customers that are probably the same company, at most 20 looked at; a phone may be one of its people's. */
export async function twinsOf(ctx: Reading, like: Likeness, exceptId?: string): Promise<Twin[]> {
  const signs = [];
  if (like.nameKey !== '') signs.push(startsWith(accounts.nameKey, namePrefix(like.nameKey)));
  if (like.domain) signs.push(eq(accounts.domain, like.domain));
  if (like.phoneKey) signs.push(eq(accounts.phoneKey, like.phoneKey));
  const live = and(
    eq(accounts.orgId, ctx.org.id),
    isNull(accounts.archivedAt),
    ...(exceptId ? [ne(accounts.id, exceptId)] : []),
  );
  const owner = and(eq(members.orgId, accounts.orgId), eq(members.id, accounts.ownerId));
  const [alike, reached] = await Promise.all([
    signs.length === 0
      ? []
      : ctx.tx
          .select({ account: accounts, owner: members.name })
          .from(accounts)
          .leftJoin(members, owner)
          .where(and(live, or(...signs)))
          .limit(20),
    like.phoneKey === null || like.phoneKey.length < 7
      ? []
      : ctx.tx
          .select({ account: accounts, owner: members.name })
          .from(contacts)
          .innerJoin(accounts, and(eq(accounts.orgId, contacts.orgId), eq(accounts.id, contacts.accountId)))
          .leftJoin(members, owner)
          .where(
            and(
              eq(contacts.orgId, ctx.org.id),
              eq(contacts.phoneKey, like.phoneKey),
              isNull(contacts.archivedAt),
              live,
            ),
          )
          .limit(5),
  ]);
  const twins = new Map<string, Twin>();
  for (const { account, owner: name } of reached) twins.set(account.id, twinOf(account, name, 'phone'));
  for (const { account, owner: name } of alike) {
    const by = sameBy(like, account);
    if (by && !twins.has(account.id)) twins.set(account.id, twinOf(account, name, by));
  }
  return [...twins.values()];
}

function twinOf(row: AccountRow, ownerName: string | null, by: Twin['by']): Twin {
  return { number: numberOf(row), name: row.name, ownerId: row.ownerId, ownerName, by };
}

export function numberOf(row: Pick<AccountRow, 'number'>): string {
  return formatNumber('account', row.number);
}

const parents = alias(accounts, 'parents');
const kept = alias(accounts, 'kept');

/** One customer with the names of its owner, parent and, when merged, of the record it went into. */
export async function readAccountView(ctx: Reading, id: string): Promise<AccountView | undefined> {
  // From the activities, not from `last_touch_at`: an undone activity must not count.
  const lastTouch = sql<string | null>`(
    select max(${activities.at}) from ${activities}
    where ${activities.orgId} = ${accounts.orgId} and ${activities.accountId} = ${accounts.id}
      and ${activities.archivedAt} is null and ${activities.kind} <> 'note')`;
  const rows = await ctx.tx
    .select({
      account: accounts,
      owner: members.name,
      parent: { number: parents.number, name: parents.name },
      kept: { number: kept.number, name: kept.name },
      lastTouch,
    })
    .from(accounts)
    .leftJoin(members, and(eq(members.orgId, accounts.orgId), eq(members.id, accounts.ownerId)))
    .leftJoin(parents, and(eq(parents.orgId, accounts.orgId), eq(parents.id, accounts.parentId)))
    .leftJoin(kept, and(eq(kept.orgId, accounts.orgId), eq(kept.id, accounts.mergedIntoId)))
    .where(and(eq(accounts.orgId, ctx.org.id), eq(accounts.id, id)));
  const row = rows[0];
  if (!row) return undefined;
  return {
    ...toView(row.account),
    owner: row.account.ownerId === null ? null : { memberId: row.account.ownerId, name: row.owner ?? '?' },
    parent: row.parent?.number == null ? null : named(row.parent),
    mergedInto: row.kept?.number == null ? null : named(row.kept),
    lastTouchAt: row.lastTouch === null ? null : new Date(row.lastTouch).toISOString(),
  };
}

function named(row: { number: number; name: string }): { number: string; name: string } {
  return { number: numberOf(row), name: row.name };
}

function toView(row: AccountRow): AccountView {
  return {
    number: numberOf(row),
    name: row.name,
    domain: row.domain,
    phone: row.phone,
    industry: row.industry,
    location: row.location,
    foundedYear: row.foundedYear,
    employees: row.employees,
    revenue:
      row.revenueMinor === null || row.revenueCurrency === null
        ? null
        : { amountMinor: row.revenueMinor.toString(), currency: row.revenueCurrency },
    parent: null,
    owner: null,
    salesState: row.salesState,
    salesStateReason: row.salesStateReason,
    relationshipState: row.relationshipState,
    relationshipReason: row.relationshipReason,
    valueClass: row.valueClass,
    valueClassBy: row.valueClass === null ? row.valueClassBy : (row.valueClassBy ?? 'hand'),
    note: row.note,
    lastTouchAt: null,
    archivedAt: row.archivedAt?.toISOString() ?? null,
    mergedInto: null,
    createdAt: row.createdAt.toISOString(),
  };
}

/**
 * Notes the latest contact with a customer. Deliberately no record change and no new version: every log would
 * else make somebody's edit of the customer impossible to undo, and `why` would drown in it.
 */
export async function touch(ctx: Reading, id: string, at: Date): Promise<void> {
  await ctx.tx
    .update(accounts)
    .set({ lastTouchAt: at })
    .where(
      and(
        eq(accounts.orgId, ctx.org.id),
        eq(accounts.id, id),
        or(isNull(accounts.lastTouchAt), sql`${accounts.lastTouchAt} < ${at.toISOString()}::timestamptz`),
      ),
    );
}

/** Whether `id` is a subsidiary of `aboveId`, at any depth up to 20. */
export async function isBelow(ctx: Reading, id: string, aboveId: string): Promise<boolean> {
  const rows = await rowsOf<{ found: number }>(
    ctx.tx,
    sql`with recursive above as (
          select ${accounts.parentId} as id, 1 as depth from ${accounts}
          where ${accounts.orgId} = ${ctx.org.id} and ${accounts.id} = ${id}
          union all
          select ${accounts.parentId}, above.depth + 1 from ${accounts}
          join above on ${accounts.id} = above.id
          where ${accounts.orgId} = ${ctx.org.id} and above.depth < 20)
        select 1 as found from above where id = ${aboveId} limit 1`,
  );
  return rows.length > 0;
}

/** Customers nobody owns. */
export async function unownedAccounts(
  ctx: Pick<Ctx, 'org' | 'tx'>,
  limit: number,
): Promise<{ id: string; number: string; name: string }[]> {
  const rows = await ctx.tx
    .select({ id: accounts.id, number: accounts.number, name: accounts.name })
    .from(accounts)
    .where(and(eq(accounts.orgId, ctx.org.id), isNull(accounts.ownerId), isNull(accounts.archivedAt)))
    .orderBy(asc(accounts.number))
    .limit(limit);
  return rows.map((row) => ({ ...row, number: formatNumber('account', row.number) }));
}
