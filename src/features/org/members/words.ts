import { type PlatformName, type Role, roles } from '../../../kernel/context.ts';
import type { FieldOption } from '../../../kernel/fields.ts';
import { type Inline, listed } from '../../../kernel/text.ts';
import { t } from './messages.ts';

export const roleTexts = {
  'read-only': t('role-read-only'),
  partner: t('role-partner'),
  rep: t('role-rep'),
  manager: t('role-manager'),
  finance: t('role-finance'),
  admin: t('role-admin'),
} satisfies Record<Role, Inline>;

const words: Readonly<Partial<Record<Role, readonly string[]>>> = {
  'read-only': ['readonly', 'reader', 'viewer'],
  rep: ['sales', '销售代表', '业务员'],
  manager: ['主管', '经理', '销售经理'],
  finance: ['财务'],
  admin: ['administrator'],
};

export const roleOptions: readonly (FieldOption & { value: Role })[] = roles.map((role) => ({
  value: role,
  label: roleTexts[role],
  words: words[role] ?? [],
}));

export function rolesText(of: readonly Role[]): Inline {
  return of.length === 0 ? t('no-role') : listed(of.map((role) => roleTexts[role]));
}

const platformNames = { slack: 'Slack', teams: 'Teams' } as const;

/** A chat platform as it may be called on another one: the Teams app names no other; our own pages name both. */
export function platformText(of: keyof typeof platformNames, on: PlatformName): Inline {
  return of === 'slack' && on === 'teams' ? t('other-chat') : platformNames[of];
}
