import { z } from 'zod';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { type Ctx, memberOf } from '../../../../runtime/context.ts';
import { changeRecord, createRecord, requireRecord } from '../../../../store/records.ts';
import {
  type AccountRow,
  accountsOf,
  endSessions,
  lockMembers,
  moveAccount,
  standInOf,
} from '../account-queries.ts';
import { confirmUnlinkCard, unlinkCard } from '../link-cards.ts';
import { accountView, accountViews } from '../linking.ts';
import { t } from '../messages.ts';
import { unlinkResult } from '../model.ts';
import { type MemberRow, memberRecord } from '../record.ts';
import { rolesAtMost } from '../rules.ts';

export const unlink = defineAction({
  name: 'members.unlink',
  title: t('unlink-title'),
  summary: t('unlink-summary'),
  effect: 'write',
  input: z.strictObject({ account: f.text(t('chat'), { max: 36 }).optional() }),
  output: unlinkResult,
  roles: 'anyone',
  noUndo: t('unlink-no-undo'),
  repeatable: true,
  hidden: ['account'],
  form: 'never',
  command: {
    verb: 'unlink',
    aliases: ['解绑', '解除绑定'],
    args: [],
    group: 'setup',
    examples: { en: ['unlink'], 'zh-CN': ['解绑'] },
  },
  example: { as: 'rep', input: {} },

  async confirm(ctx, { account: id }) {
    if (id === undefined) return undefined;
    const account = await ownAccount(ctx, id);
    const { member, standIn } = await partsOf(ctx, account);
    const workspace = account.workspace;
    const roles = standIn ? rolesAtMost(standIn.roles, member.roles) : [];
    return confirmUnlinkCard({ name: member.name, workspace, goesOnAs: standIn?.name ?? null, roles });
  },

  /** Without an account the accounts are shown, each with a button. */
  async run(ctx, { account: id }) {
    const { memberId, name } = memberOf(ctx);
    if (id === undefined) {
      return { name, accounts: await accountViews(ctx, memberId), split: null };
    }
    await lockMembers(ctx, [memberId]);
    const account = await ownAccount(ctx, id);
    const { member, standIn } = await partsOf(ctx, account);
    const own = standIn
      ? await comeBack(ctx, standIn, member)
      : await createRecord(ctx, memberRecord, {
          // Told apart from the person it acted as until now, who may well be somebody else.
          name: `${member.name} · ${account.workspace}`,
          roles: [],
          locale: member.locale,
          timeZone: member.timeZone,
          status: 'active',
        });
    if (!(await moveAccount(ctx, account.id, member.id, own.id))) {
      throw new AppError('conflict', t('link-meanwhile'));
    }
    // Pages, links and codes that were got with the account would go on acting as the member.
    await endSessions(ctx, member.id);
    return {
      name,
      accounts: await accountViews(ctx, memberId),
      split: { account: accountView(ctx, account), goesOnAs: own.name, roles: own.roles },
    };
  },
  present: unlinkCard,
});

/** Throws AppError `not_found` for anybody else's account, `rule` for the only one. */
async function ownAccount(ctx: Ctx, id: string): Promise<AccountRow> {
  const accounts = await accountsOf(ctx, memberOf(ctx).memberId);
  const account = accounts.find((one) => one.id === id);
  if (!account) throw new AppError('not_found', t('no-such-account'));
  if (accounts.length === 1) throw new AppError('rule', t('only-account'));
  return account;
}

async function partsOf(
  ctx: Ctx,
  account: AccountRow,
): Promise<{ member: MemberRow; standIn: MemberRow | undefined }> {
  const [member, standIn] = await Promise.all([
    requireRecord(ctx, memberRecord, account.memberId),
    standInOf(ctx, account.id),
  ]);
  return { member, standIn };
}

/** With the roles it had, less what has been taken from the person since: splitting off is no way around an admin. */
function comeBack(ctx: Ctx, standIn: MemberRow, member: MemberRow): Promise<MemberRow> {
  return changeRecord(ctx, memberRecord, standIn, {
    status: 'active',
    roles: rolesAtMost(standIn.roles, member.roles),
    source: null,
    externalId: null,
  });
}
