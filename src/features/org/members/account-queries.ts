import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Ctx } from '../../../runtime/context.ts';
import type { Visitor } from '../../../runtime/interaction.ts';
import { oneTimeCodes, sessions } from '../../../store/tables/access.ts';
import { accountMoves, identities, installations, members } from '../../../store/tables/people.ts';
import { rowsOf } from '../../../store/tx.ts';
import type { MemberRow } from './record.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

/** Marks a member that only stands for a linked account; its `externalId` is the identity's id. */
export const linkedSource = 'linked-account';

/** One chat account of a member, with the workspace or tenant it belongs to. */
export interface AccountRow {
  id: string;
  memberId: string;
  platform: 'slack' | 'teams';
  installation: string;
  userId: string;
  workspace: string;
}

const columns = {
  id: identities.id,
  memberId: identities.memberId,
  platform: identities.platform,
  installation: identities.installationExternalId,
  userId: identities.externalUserId,
  workspace: installations.name,
};

/** Those they can act with, in the order in which they came. */
export function accountsOf(ctx: Reading, memberId: string): Promise<AccountRow[]> {
  return ctx.tx
    .select(columns)
    .from(identities)
    .innerJoin(
      installations,
      and(eq(installations.orgId, identities.orgId), eq(installations.id, identities.installationId)),
    )
    .where(
      and(
        eq(identities.orgId, ctx.org.id),
        eq(identities.memberId, memberId),
        eq(identities.state, 'active'),
      ),
    )
    .orderBy(asc(identities.createdAt), asc(identities.id));
}

export function isAccountOf(
  account: Pick<AccountRow, 'platform' | 'installation' | 'userId'>,
  visitor: Visitor | undefined,
): boolean {
  return (
    account.platform === visitor?.platform &&
    account.installation === visitor.installation &&
    account.userId === visitor.userId
  );
}

/** Gives one account to another member. False: it is no longer `fromId`'s. */
export async function moveAccount(
  ctx: Pick<Ctx, 'org' | 'tx' | 'now' | 'newId'>,
  accountId: string,
  fromId: string,
  toId: string,
): Promise<boolean> {
  const rows = await ctx.tx
    .update(identities)
    .set({ memberId: toId })
    .where(
      and(eq(identities.orgId, ctx.org.id), eq(identities.id, accountId), eq(identities.memberId, fromId)),
    )
    .returning({ id: identities.id });
  if (rows.length === 0) return false;
  await ctx.tx.insert(accountMoves).values({ orgId: ctx.org.id, id: ctx.newId(), fromId, toId, at: ctx.now });
  return true;
}

/**
 * These members and all who were the same person as one of them at `since` or later: an account has gone from one to
 * the other since.
 */
export async function samePeople(ctx: Reading, memberIds: readonly string[], since: Date): Promise<string[]> {
  const moves = sql`select from_id, to_id from account_moves
    where org_id = ${ctx.org.id} and at >= ${since.toISOString()}::timestamptz`;
  const rows = await rowsOf<{ id: string }>(
    ctx.tx,
    sql`with recursive moves as (${moves}),
      same(id) as (
        select unnest(${sql.param(`{${memberIds.join(',')}}`)}::uuid[])
        union
        select case when moves.from_id = same.id then moves.to_id else moves.from_id end from same
          join moves on same.id in (moves.from_id, moves.to_id)
      )
      select id from same`,
  );
  return rows.map(({ id }) => id);
}

/**
 * Reads both members until the commit undisturbed by another link of either: of two at once the second one sees
 * what the first has made of them. Always in one order, so that two never wait for each other.
 */
export async function lockMembers(ctx: Reading, ids: readonly string[]): Promise<void> {
  for (const id of [...ids].sort()) {
    await ctx.tx
      .select({ id: members.id })
      .from(members)
      .where(and(eq(members.orgId, ctx.org.id), eq(members.id, id)))
      .for('update');
  }
}

/** The member an account was before it was linked. */
export async function standInOf(ctx: Reading, accountId: string): Promise<MemberRow | undefined> {
  const rows = await ctx.tx
    .select()
    .from(members)
    .where(
      and(eq(members.orgId, ctx.org.id), eq(members.source, linkedSource), eq(members.externalId, accountId)),
    );
  return rows[0];
}

/**
 * Signs a member out of every page, and ends the links and codes they were shown: whoever has one would come in again.
 */
export async function endSessions(ctx: Pick<Ctx, 'org' | 'tx' | 'now'>, memberId: string): Promise<void> {
  // First the links: one that is just being used is waited for, and its session is there to be ended.
  await ctx.tx
    .update(oneTimeCodes)
    .set({ usedAt: ctx.now })
    .where(
      and(
        eq(oneTimeCodes.orgId, ctx.org.id),
        eq(oneTimeCodes.memberId, memberId),
        isNull(oneTimeCodes.usedAt),
      ),
    );
  await ctx.tx
    .update(sessions)
    .set({ endedAt: ctx.now })
    .where(and(eq(sessions.orgId, ctx.org.id), eq(sessions.memberId, memberId), isNull(sessions.endedAt)));
}
