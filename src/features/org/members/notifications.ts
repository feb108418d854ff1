import { z } from 'zod';
import { roles } from '../../../kernel/context.ts';
import { command, strong } from '../../../kernel/text.ts';
import { press } from '../../../runtime/action.ts';
import { defineNotification } from '../../../runtime/notification.ts';
import type { role } from './actions/role.ts';
import type { unlink } from './actions/unlink.ts';
import { t } from './messages.ts';
import { rolesText } from './words.ts';

/** Somebody wants to come in: told to every admin, who adds them with one press. */
export const accessAsked = defineNotification({
  name: 'members.access-asked',
  payload: z.strictObject({
    name: z.string(),
    email: z.string().nullable(),
    /** What `role` finds the person by. */
    key: z.string(),
    memberId: z.string(),
    askedOn: z.string(),
  }),
  audience: () => [{ role: 'admin' }],
  dedupeKey: ({ memberId, askedOn }) => `${memberId} ${askedOn}`,
  render: ({ name, email, key }) => ({
    tone: 'info',
    title: t('asks-access', { name: strong(name) }),
    blocks: [
      ...(email === null ? [] : [{ t: 'context' as const, of: email }]),
      {
        t: 'buttons',
        buttons: (['rep', 'manager'] as const).map((given) => ({
          label: t(`add-as-${given}`),
          press: press<typeof role>('members.role', { person: key, roles: [given] }),
        })),
      },
    ],
  }),
});

/** Told to a person whose role or team an admin has changed. */
export const roleGiven = defineNotification({
  name: 'members.role-given',
  payload: z.strictObject({
    memberId: z.string(),
    roles: z.array(z.enum(roles)),
    unit: z.string().nullable(),
    by: z.string(),
    auditId: z.string(),
  }),
  audience: ({ memberId }) => [{ memberId }],
  dedupeKey: ({ auditId }) => auditId,
  render: ({ roles: given, unit, by }) => ({
    tone: 'info',
    title:
      unit === null
        ? t('you-are-now', { roles: rolesText(given), by: strong(by) })
        : t('you-are-now-in', { roles: rolesText(given), unit: strong(unit), by: strong(by) }),
    blocks: [{ t: 'context', of: t('help-line', { line: command('help') }) }],
  }),
});

/** Told to the person whose code was typed: should it have been somebody else, one press splits the account off. */
export const accountLinked = defineNotification({
  name: 'members.account-linked',
  payload: z.strictObject({
    memberId: z.string(),
    account: z.string(),
    /** Name the account had until now. */
    name: z.string(),
    workspace: z.string(),
    auditId: z.string(),
  }),
  audience: ({ memberId }) => [{ memberId }],
  dedupeKey: ({ auditId }) => auditId,
  render: ({ account, name, workspace }) => ({
    tone: 'info',
    title: t('account-linked', { name: strong(name), workspace: strong(workspace) }),
    blocks: [
      { t: 'text', of: t('account-linked-what') },
      {
        t: 'buttons',
        buttons: [
          {
            label: t('not-me'),
            press: press<typeof unlink>('members.unlink', { account }),
            style: 'danger',
          },
        ],
      },
    ],
  }),
});

/** Told to the admins: a whole workspace or tenant came in by a code. */
export const workspaceConnected = defineNotification({
  name: 'members.workspace-connected',
  payload: z.strictObject({
    name: z.string(),
    workspace: z.string(),
    /** Whose code it was; null: an operator's. */
    by: z.string().nullable(),
    auditId: z.string(),
  }),
  audience: () => [{ role: 'admin' }],
  dedupeKey: ({ auditId }) => auditId,
  render: ({ name, workspace, by }) => ({
    tone: 'info',
    title: t('workspace-connected', { workspace: strong(workspace) }),
    blocks: [
      {
        t: 'text',
        of:
          by === null
            ? t('connected-by-operator', { name: strong(name) })
            : t('connected-by', { name: strong(name), admin: strong(by) }),
      },
      { t: 'text', of: t('connected-what') },
    ],
  }),
});
