import { z } from 'zod';
import type { Role } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f, type Ref } from '../../../../kernel/fields.ts';
import { command, strong } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { type Ctx, memberOf } from '../../../../runtime/context.ts';
import { changeRecord, readRecord, requireRecord } from '../../../../store/records.ts';
import { letAccountsIn } from '../account-state-queries.ts';
import { confirmUnitsCard, roleCard } from '../cards.ts';
import { memberChanged } from '../events.ts';
import { t } from '../messages.ts';
import { roleChange } from '../model.ts';
import { roleGiven } from '../notifications.ts';
import { otherAdmins, peopleViews, subtreeOf, unitsManagedBy } from '../queries.ts';
import { type MemberRow, memberRecord, type UnitRow, unitRecord } from '../record.ts';
import { asRoleSet, handleOf, losesLastAdmin } from '../rules.ts';
import { ensureUnits, findUnits } from '../units.ts';
import { requirePerson } from '../views.ts';
import { roleOptions } from '../words.ts';

const input = z
  .strictObject({
    person: f.person(t('member'), { lookups: ['member', 'former-member'], placeholder: '@wang' }),
    roles: f.manyOf(t('roles'), roleOptions, { hint: t('roles-hint') }).optional(),
    group: f.text(t('group'), { max: 80, placeholder: 'East', hint: t('group-hint') }).optional(),
    branch: f.text(t('region'), { max: 80 }).optional(),
    reportsTo: f.person(t('reports-to')).optional(),
  })
  .refine(({ roles, group, branch, reportsTo }) => roles || group || branch || reportsTo, {
    path: ['roles'],
    params: { missing: true, message: t('role-what') },
  });
type Input = z.output<typeof input>;

export const role = defineAction({
  name: 'members.role',
  title: t('role-title'),
  summary: t('role-summary'),
  effect: 'write',
  input,
  output: roleChange,
  roles: ['admin'],
  command: {
    verb: 'role',
    aliases: ['角色', '设置角色'],
    args: ['person', 'roles'],
    keys: {
      role: 'roles',
      roles: 'roles',
      group: 'group',
      team: 'group',
      团队: 'group',
      组: 'group',
      branch: 'branch',
      region: 'branch',
      分公司: 'branch',
      大区: 'branch',
      reports: 'reportsTo',
      汇报: 'reportsTo',
    },
    group: 'setup',
    examples: {
      en: ['role @wang manager group:East', 'role @wang rep,finance', 'role @wang reports:@lina'],
      'zh-CN': ['角色 @wang 销售主管 团队:East', '角色 @wang 销售,财务'],
    },
  },
  example: { as: 'admin', input: { person: '@emma.clark', roles: ['rep'] } },

  async confirm(ctx, input) {
    const { unit, missing } = await findUnits(ctx, input);
    const replaced = await replacedManager(ctx, input, unit);
    if (missing.length === 0 && !replaced) return undefined;
    return confirmUnitsCard({ person: input.person, missing, replaced, unit: unit?.name ?? null });
  },

  async run(ctx, input) {
    const row = await requireRecord(ctx, memberRecord, input.person.id);
    const letIn = await letAccountsIn(ctx, row.id);
    const [view] = await peopleViews(ctx, { memberId: row.id });
    const roles = input.roles ? asRoleSet(input.roles) : row.roles;
    await keepOneAdmin(ctx, row, roles);
    await refuseCircle(ctx, row, input.reportsTo);
    const { unit, created } = await ensureUnits(ctx, input);
    const replaced = await replacedManager(ctx, input, unit);
    const hasChat = (view?.identities.length ?? 0) > 0;
    const after = await changeRecord(ctx, memberRecord, row, {
      roles,
      unitId: unit?.id ?? row.unitId,
      reportsTo: input.reportsTo?.id ?? row.reportsTo,
      ...(row.status === 'active' ? {} : { status: hasChat ? 'active' : 'unlinked' }),
    });
    const manages = roles.includes('manager') && unit ? unit : undefined;
    const led = manages && (await changeRecord(ctx, unitRecord, manages, { managerId: row.id }));
    const unmanaged = roles.includes('manager') ? [] : await leaveUnits(ctx, row.id);
    const isChanged =
      after.version !== row.version || led?.version !== manages?.version || unmanaged.length > 0 || letIn > 0;
    if (isChanged) ctx.emit(memberChanged, { memberId: row.id, hasLeft: false });
    if (after.status === 'active' && after.version !== row.version && row.id !== memberOf(ctx).memberId) {
      ctx.notify(roleGiven, {
        memberId: row.id,
        roles,
        unit: unit?.name ?? null,
        by: memberOf(ctx).name,
        auditId: ctx.auditId,
      });
    }
    return {
      person: await requirePerson(ctx, row.id),
      before: { roles: row.roles, unit: view?.unit?.name ?? null, hasLeft: row.status === 'left' },
      manages: manages?.name ?? null,
      replaced: replaced ?? null,
      createdUnits: created,
      unmanaged,
      isChanged,
    };
  },
  present: roleCard,
});

/** Somebody else who manages the unit the person is put in charge of. */
async function replacedManager(
  ctx: Ctx,
  { person, roles }: Input,
  unit: UnitRow | undefined,
): Promise<string | undefined> {
  if (!unit?.managerId || unit.managerId === person.id || !roles?.includes('manager')) return undefined;
  return (await readRecord(ctx, memberRecord, unit.managerId))?.name;
}

/** Somebody must be able to set the organization up. Throws AppError `rule`. */
export async function keepOneAdmin(ctx: Ctx, row: MemberRow, roles: readonly Role[]): Promise<void> {
  if (!row.roles.includes('admin') || roles.includes('admin')) return;
  if (!losesLastAdmin(row.roles, roles, await otherAdmins(ctx, row.id))) return;
  throw new AppError(
    'rule',
    t('last-admin', { name: strong(row.name), line: command('role @… admin', '角色 @… 管理员') }),
  );
}

async function refuseCircle(ctx: Ctx, row: MemberRow, reportsTo: Ref | undefined): Promise<void> {
  if (!reportsTo) return;
  const below = await subtreeOf(ctx, row.id);
  if (!below.includes(reportsTo.id)) return;
  const message =
    reportsTo.id === row.id
      ? t('not-own-boss')
      : t('circle', {
          boss: strong(reportsTo.label),
          name: strong(row.name),
          line: command(`role ${handleOf(reportsTo.label) ?? reportsTo.key} reports:@…`),
        });
  throw new AppError('rule', message);
}

/** Takes somebody out of charge everywhere. Gives the units nobody manages now. */
export async function leaveUnits(ctx: Ctx, memberId: string): Promise<string[]> {
  const led = await unitsManagedBy(ctx, memberId);
  for (const unit of led) await changeRecord(ctx, unitRecord, unit, { managerId: null });
  return led.map((unit) => unit.name);
}
