import { AppError } from '../../../kernel/errors.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { on } from '../../../runtime/event.ts';
import { requireRecord } from '../../../store/records.ts';
import { accountBack, accountEnded, lastAdminGone } from './account-notifications.ts';
import { endSessions, lockMembers } from './account-queries.ts';
import {
  type AccountPlace,
  type HeldAccount,
  heldAccount,
  heldAccounts,
  otherAccounts,
  setAccountState,
  userIdsAt,
} from './account-state-queries.ts';
import { depart, openWork } from './departure.ts';
import { accountsDue } from './events.ts';
import { t } from './messages.ts';
import { otherAdmins, withRole } from './queries.ts';
import { memberRecord } from './record.ts';
import { isAccountNews, losesLastAdmin } from './rules.ts';

/**
 * A platform says that an account ended, or that it is there. Most often that is nobody's here, or nothing new.
 * `isFirst`: false for a copy of what has been dealt with; asked only when something would change.
 */
export async function accountSaid(
  ctx: Ctx,
  { userId, isGone, ...place }: AccountPlace & { userId: string; isGone: boolean },
  isFirst: () => Promise<boolean>,
): Promise<void> {
  const [account] = await heldAccounts(ctx, place, [userId]);
  if (account && isAccountNews(account.state, isGone) && (await isFirst())) {
    await follow(ctx, account, isGone);
  }
}

/** Something hints that these may have ended: their platform is asked, each on its own. */
export async function doubtAccounts(
  ctx: Ctx,
  place: AccountPlace,
  userIds: readonly string[],
): Promise<void> {
  for (const { userId, state } of await heldAccounts(ctx, place, userIds)) {
    if (state !== 'gone') ctx.emit(accountsDue, { ...place, userId, cursor: null });
  }
}

/**
 * Asks a platform about a part of the accounts of a place and makes them here what they are there. Only what it says
 * in so many words counts: a refusal, an empty list and somebody missing in it end nobody's access.
 */
export const lookAtAccounts = on(
  accountsDue,
  'members.look-at-accounts',
  async (ctx, { userId, cursor, ...place }) => {
    const userIds = userId === null ? await userIdsAt(ctx, place) : [userId];
    const part = ctx.chatAccounts({ ...place, userIds, cursor });
    if (!part) return;
    const isGone = new Map(part.accounts.map((account) => [account.userId, account.isGone]));
    for (const account of await heldAccounts(ctx, place, [...isGone.keys()])) {
      const said = isGone.get(account.userId) === true;
      if (isAccountNews(account.state, said)) await follow(ctx, account, said);
    }
    if (part.next !== null && part.next !== cursor) {
      ctx.emit(accountsDue, { ...place, userId, cursor: part.next });
    }
  },
);

/** Throws AppError `conflict` when the account was linked or split off meanwhile: it is to be tried again. */
async function follow(ctx: Ctx, seen: HeldAccount, isGone: boolean): Promise<void> {
  // Of several admins who go at once, each has to see which of the others are still there.
  const admins = (await withRole(ctx, 'admin', mostAdmins)).map(({ memberId }) => memberId);
  await lockMembers(ctx, admins.includes(seen.memberId) ? admins : [seen.memberId]);
  const account = await heldAccount(ctx, seen.id);
  if (account?.memberId !== seen.memberId) throw new AppError('conflict', t('link-meanwhile'));
  if (!isAccountNews(account.state, isGone)) return;
  await (isGone ? end(ctx, account) : comeBack(ctx, account));
}

const mostAdmins = 1000;

/** The last admin keeps their place: nobody could set the organization up any more. The admins' ledger tells of it. */
async function end(ctx: Ctx, account: HeldAccount): Promise<void> {
  const { id, memberId, workspace } = account;
  const member = await requireRecord(ctx, memberRecord, memberId);
  const about = { account: id, name: member.name, workspace, auditId: ctx.auditId };
  if (member.status !== 'active') return setAccountState(ctx, id, 'gone');
  if ((await otherAccounts(ctx, account)) > 0) {
    await setAccountState(ctx, id, 'gone');
    // Pages and codes that were got with the account would go on acting as the member.
    await endSessions(ctx, memberId);
    ctx.notify(accountEnded, { ...about, hasLeft: false, open: null, unmanaged: [] });
    return;
  }
  if (losesLastAdmin(member.roles, [], await otherAdmins(ctx, memberId))) {
    ctx.notify(lastAdminGone, { account: id, name: member.name, workspace });
    return;
  }
  await setAccountState(ctx, id, 'gone');
  const open = (await openWork(ctx, member)) ?? null;
  const unmanaged = await depart(ctx, member);
  ctx.notify(accountEnded, { ...about, hasLeft: true, open, unmanaged });
}

/** An account that is there again has no rights until an admin gives the person some. */
async function comeBack(ctx: Ctx, { id, memberId, workspace }: HeldAccount): Promise<void> {
  const { name, status, roles } = await requireRecord(ctx, memberRecord, memberId);
  await setAccountState(ctx, id, 'back');
  const kept = status === 'left' || roles.length === 0 ? (['rep'] as const) : roles;
  ctx.notify(accountBack, {
    account: id,
    memberId,
    name,
    workspace,
    roles: [...kept],
    auditId: ctx.auditId,
  });
}
