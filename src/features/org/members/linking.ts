import { AppError } from '../../../kernel/errors.ts';
import { command, strong } from '../../../kernel/text.ts';
import { type Ctx, memberOf } from '../../../runtime/context.ts';
import type { LinkCode } from '../../../runtime/ports.ts';
import { requireRecord } from '../../../store/records.ts';
import { type AccountRow, accountsOf, isAccountOf } from './account-queries.ts';
import { t } from './messages.ts';
import type { Account } from './model.ts';
import { type MemberRow, memberRecord } from './record.ts';

/** Who and what a link is about: `joiner` acts as `member` from then on. */
export interface Link {
  account: AccountRow;
  joiner: MemberRow;
  member: MemberRow;
}

/** Nothing tells a code of another organization from one that never was. */
export function unknownCode(): AppError {
  return new AppError('not_found', t('code-unknown', { line: command('link') }));
}

/**
 * What a code would do for the account it was typed with. Throws AppError when it may not, with the fix. E-mail
 * addresses and names play no part in it.
 */
export async function linkOf(ctx: Ctx, code: LinkCode | undefined): Promise<Link> {
  if (!code) throw unknownCode();
  if (code.memberId === null) throw new AppError('rule', t('code-connects-only'));
  if (!ctx.visitor) throw new AppError('rule', t('link-in-chat'));
  const actor = memberOf(ctx);
  if (code.memberId === actor.memberId) throw new AppError('rule', t('link-own-code'));
  const [joiner, member, own, theirs] = await Promise.all([
    requireRecord(ctx, memberRecord, actor.memberId),
    requireRecord(ctx, memberRecord, code.memberId),
    accountsOf(ctx, actor.memberId),
    accountsOf(ctx, code.memberId),
  ]);
  if (member.status !== 'active') {
    throw new AppError('rule', t('link-has-left', { name: strong(member.name) }));
  }
  const account = own.find((one) => isAccountOf(one, ctx.visitor));
  if (!account) throw new AppError('conflict', t('link-meanwhile'));
  if (own.length > 1) {
    throw new AppError(
      'rule',
      t('link-linked-already', { name: strong(joiner.name), line: command('unlink') }),
    );
  }
  const sameHome = theirs.find(
    ({ platform, installation }) => platform === account.platform && installation === account.installation,
  );
  if (sameHome) {
    throw new AppError(
      'rule',
      t('link-same-home', { name: strong(member.name), workspace: strong(sameHome.workspace) }),
    );
  }
  return { account, joiner, member };
}

/** Accounts as actions give them out. */
export async function accountViews(ctx: Ctx, memberId: string): Promise<Account[]> {
  const rows = await accountsOf(ctx, memberId);
  return rows.map((row) => accountView(ctx, row));
}

export function accountView(ctx: Pick<Ctx, 'visitor'>, row: AccountRow): Account {
  const { id, platform, workspace } = row;
  return { id, platform, workspace, isThis: isAccountOf(row, ctx.visitor) };
}
