import { z } from 'zod';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { command } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { type Ctx, memberOf } from '../../../../runtime/context.ts';
import { changeRecord, requireRecord } from '../../../../store/records.ts';
import { endSessions, linkedSource, lockMembers, moveAccount } from '../account-queries.ts';
import { moveRecords } from '../handover-queries.ts';
import { confirmLinkCard, linkCard } from '../link-cards.ts';
import { accountView, type Link, linkOf, unknownCode } from '../linking.ts';
import { t } from '../messages.ts';
import { type LinkedAccount, linkResult } from '../model.ts';
import { accountLinked } from '../notifications.ts';
import { memberRecord } from '../record.ts';
import { requirePerson } from '../views.ts';
import { keepOneAdmin, leaveUnits } from './role.ts';

export const link = defineAction({
  name: 'members.link',
  title: t('link-title'),
  summary: t('link-summary'),
  effect: 'write',
  input: z.strictObject({
    code: f.text(t('code'), { max: 40, placeholder: 'ABCDE-FGHJK', hint: t('code-hint') }).optional(),
  }),
  output: linkResult,
  // Whoever has no role yet may well be somebody who has one in the other chat.
  roles: 'anyone',
  noUndo: t('link-no-undo', { line: command('unlink') }),
  // A code is shown once: asking again makes another one.
  repeatable: true,
  command: {
    verb: 'link',
    aliases: ['绑定'],
    args: ['code'],
    group: 'setup',
    examples: { en: ['link', 'link ABCDE-FGHJK'], 'zh-CN': ['绑定', '绑定 ABCDE-FGHJK'] },
  },
  example: { as: 'rep', input: {} },

  async confirm(ctx, { code }) {
    if (code === undefined) return undefined;
    const { joiner, member, account } = await linkOf(ctx, await ctx.codes.readLink(ctx.tx, ctx.org.id, code));
    return confirmLinkCard({
      member: await requirePerson(ctx, member.id),
      joiner: joiner.name,
      workspace: account.workspace,
    });
  },

  async run(ctx, { code }) {
    const { memberId, roles } = memberOf(ctx);
    if (code !== undefined) {
      return { code: null, mayConnect: false, linked: await linkAccount(ctx, code) };
    }
    const mayConnect = roles.includes('admin');
    const shown = await ctx.codes.issueLink(ctx.tx, { orgId: ctx.org.id, memberId, mayConnect });
    return { code: shown, mayConnect, linked: null };
  },
  present: linkCard,
});

/** The one who showed the code stays, with roles and all; the account and what was saved with it go there. */
async function linkAccount(ctx: Ctx, typed: string): Promise<LinkedAccount> {
  const code = await ctx.codes.readLink(ctx.tx, ctx.org.id, typed);
  if (code?.memberId) await lockMembers(ctx, [code.memberId, memberOf(ctx).memberId]);
  const { account, joiner, member } = await linkOf(ctx, code);
  await keepOneAdmin(ctx, joiner, member.roles);
  if (!(await ctx.codes.takeLink(ctx.tx, ctx.org.id, typed))) throw unknownCode();
  if (!(await moveAccount(ctx, account.id, joiner.id, member.id))) {
    throw new AppError('conflict', t('link-meanwhile'));
  }
  const unmanaged = member.roles.includes('manager') ? [] : await leaveUnits(ctx, joiner.id);
  const moved = await moveWork(ctx, { account, joiner, member });
  ctx.notify(accountLinked, {
    memberId: member.id,
    account: account.id,
    name: joiner.name,
    workspace: account.workspace,
    auditId: ctx.auditId,
  });
  return {
    person: await requirePerson(ctx, member.id),
    account: accountView(ctx, account),
    joined: joiner.name,
    lostRoles: joiner.roles.filter((role) => !member.roles.includes(role)),
    moved,
    unmanaged,
  };
}

/** Empties the account's own member, which stays to be what the account is again when it is split off. */
async function moveWork(ctx: Ctx, { account, joiner, member }: Link): Promise<number> {
  // Nobody reports to themselves, which moving everything would bring about.
  if (member.reportsTo === joiner.id) {
    const above = joiner.reportsTo === member.id ? null : joiner.reportsTo;
    await changeRecord(ctx, memberRecord, member, { reportsTo: above });
  }
  if (joiner.reportsTo === member.id) {
    await changeRecord(ctx, memberRecord, joiner, { reportsTo: null });
  }
  const moved = await moveRecords(ctx, joiner.id, member.id);
  await endSessions(ctx, joiner.id);
  const emptied = await requireRecord(ctx, memberRecord, joiner.id);
  await changeRecord(ctx, memberRecord, emptied, {
    status: 'left',
    ...(emptied.source === null ? { source: linkedSource, externalId: account.id } : {}),
  });
  return moved;
}
