import { z } from 'zod';
import { type Role, roles } from '../../../kernel/context.ts';
import { command, type Inline, listed, strong } from '../../../kernel/text.ts';
import { press } from '../../../runtime/action.ts';
import { defineNotification } from '../../../runtime/notification.ts';
import { inlineShape } from '../../../view/card.ts';
import type { role } from './actions/role.ts';
import { t } from './messages.ts';

const about = {
  account: z.string(),
  name: z.string(),
  workspace: z.string(),
};

/** Told to the admins when a platform has ended somebody's account, once, with the work that needs a new owner. */
export const accountEnded = defineNotification({
  name: 'members.account-ended',
  payload: z.strictObject({
    ...about,
    /** False: the person goes on with another account. */
    hasLeft: z.boolean(),
    open: z.strictObject({ work: inlineShape, assign: inlineShape, find: inlineShape }).nullable(),
    /** Units left without a manager. */
    unmanaged: z.array(z.string()),
    auditId: z.string(),
  }),
  audience: () => [{ role: 'admin' }],
  dedupeKey: ({ account, auditId }) => `${account} ${auditId}`,
  whenUncertain: 'resend',
  fold: (payloads) => ({
    tone: 'warn',
    title: t('accounts-ended', { n: payloads.length }),
    blocks: payloads.map(({ name, workspace, open }) => ({
      t: 'text',
      of:
        open === null
          ? t('account-of', { name: strong(name), workspace })
          : t('account-of-with', { name: strong(name), workspace, find: open.find }),
    })),
  }),
  render: ({ name, workspace, hasLeft, open, unmanaged }) => {
    const values = { name: strong(name), workspace: strong(workspace) };
    return {
      tone: 'warn',
      title: t(hasLeft ? 'has-left-now' : 'account-ended', values),
      blocks: [
        { t: 'text', of: t(hasLeft ? 'account-ended-why' : 'account-goes-on', values) },
        ...(open === null ? [] : [{ t: 'text' as const, of: t('still-owns', { ...values, ...open }) }]),
        ...(unmanaged.length === 0
          ? []
          : [{ t: 'text' as const, of: t('units-unmanaged', { units: listed(unmanaged.map(strong)) }) }]),
        { t: 'context', of: t('account-told-later') },
      ],
    };
  },
});

/**
 * Goes to the last admin, whose account has ended: where it arrives nowhere, it stays in the ledger of deliveries for
 * whoever looks after the service. Told once, however often the platform says so.
 */
export const lastAdminGone = defineNotification({
  name: 'members.last-admin-gone',
  payload: z.strictObject(about),
  audience: () => [{ role: 'admin' }],
  dedupeKey: ({ account }) => account,
  whenUncertain: 'resend',
  render: ({ name, workspace }) => ({
    tone: 'warn',
    title: t('last-admin-gone', { name: strong(name), workspace: strong(workspace) }),
    blocks: [
      {
        t: 'text',
        of: t('last-admin-gone-what', {
          name: strong(name),
          line: command('role @… admin', '角色 @… 管理员'),
        }),
      },
    ],
  }),
});

/** The line that gives somebody these roles, in each language's words. */
function roleLine(name: string, given: readonly Role[]): Inline {
  const typed = given.map((one) => roleInChinese[one]).join(',');
  return command(`role "${name}" ${given.join(',')}`, `角色 "${name}" ${typed}`);
}

const roleInChinese: Readonly<Record<Role, string>> = {
  'read-only': '只读',
  partner: '合作伙伴',
  rep: '销售',
  manager: '销售主管',
  finance: '财务',
  admin: '管理员',
};

/** Told to the admins: the account has no rights until one of them says so. */
export const accountBack = defineNotification({
  name: 'members.account-back',
  payload: z.strictObject({
    ...about,
    memberId: z.string(),
    /** What a person who stayed has; for one who left, what newcomers get. */
    roles: z.array(z.enum(roles)),
    auditId: z.string(),
  }),
  audience: () => [{ role: 'admin' }],
  dedupeKey: ({ account, auditId }) => `${account} ${auditId}`,
  render: ({ memberId, name, workspace, roles: given }) => ({
    tone: 'info',
    title: t('account-back', { name: strong(name), workspace: strong(workspace) }),
    blocks: [
      { t: 'text', of: t('account-back-what', { line: roleLine(name, given) }) },
      {
        t: 'buttons',
        buttons: [
          {
            label: t('let-in'),
            press: press<typeof role>('members.role', { person: `@${memberId}`, roles: given }),
          },
        ],
      },
    ],
  }),
});
