import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { nameKey, phoneKey } from '../../../../kernel/names.ts';
import { command } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import type { Ctx } from '../../../../runtime/context.ts';
import { changeRecord, type RecordPatch } from '../../../../store/records.ts';
import { changedCard } from '../cards.ts';
import { accountClassReleased } from '../events.ts';
import { classOrRuleField, readDomain, relationshipField, salesStateField } from '../inputs.ts';
import { t } from '../messages.ts';
import { type AccountView, accountChanges } from '../model.ts';
import { isBelow } from '../queries.ts';
import { type AccountRow, accountRecord } from '../record.ts';
import { labelOf, requireAccountView, requireClassRight, writableLive } from '../rights.ts';
import { differences, relationshipAfter } from '../rules.ts';
import type { accounts } from '../tables.ts';
import { salesStateTexts } from '../words.ts';

const input = z
  .strictObject({
    account: f.ref('account', t('account')),
    name: f.text(t('name')).optional(),
    class: classOrRuleField().optional(),
    relationship: relationshipField().optional(),
    state: salesStateField().optional(),
    reason: f.text(t('reason')).optional(),
    phone: f.phone(t('phone')).optional(),
    domain: f.text(t('domain')).optional(),
    industry: f.text(t('industry'), { max: 100 }).optional(),
    location: f.text(t('location'), { max: 100 }).optional(),
    parent: f.ref('account', t('parent')).optional(),
    employees: f.number(t('employees')).optional(),
    founded: f.number(t('founded'), { min: 1000, max: 2100 }).optional(),
    note: f.note(t('note')).optional(),
  })
  .refine(({ relationship, state, reason }) => !(relationship || state) || reason, {
    path: ['reason'],
    params: {
      missing: true,
      message: t('reason-needed', {
        line: command(
          'set C-88 relationship lost reason:"plant closed"',
          '修改 C-88 关系状态 流失 原因:"工厂关闭"',
        ),
      }),
    },
  });

export const set = defineAction({
  name: 'accounts.set',
  title: t('set-title'),
  summary: t('set-summary'),
  effect: 'write',
  input,
  output: accountChanges,
  roles: sellingRoles,
  example: { as: 'manager', input: { account: 'C-1', class: 'A', location: 'Wuxi' } },
  prefill: async (ctx, raw) => {
    if (typeof raw.account !== 'string') return {};
    const { id } = await ctx.resolve(['account'], raw.account);
    return typedValues(await requireAccountView(ctx, id));
  },
  mayOpen: async (ctx, { account }) => account && writableLive(ctx, account.id),

  async run(ctx, { account: ref, ...values }) {
    const row = await writableLive(ctx, ref.id);
    if (Object.keys(values).length === 0) {
      throw new AppError(
        'invalid_input',
        t('nothing-to-change', { line: command('set C-88 class A', '修改 C-88 等级 A') }),
      );
    }
    if (values.class !== undefined && values.class !== classOf(row))
      await requireClassRight(ctx, row.ownerId);
    if (values.parent) await refuseOwnParent(ctx, row, values.parent.id);
    const before = await requireAccountView(ctx, row.id);
    const changed = await changeRecord(ctx, accountRecord, row, patchOf(row, values));
    if (changed !== row && values.class === 'auto') ctx.emit(accountClassReleased, { accountId: row.id });
    const after = await requireAccountView(ctx, row.id);
    return {
      number: after.number,
      name: after.name,
      reason: values.reason ?? null,
      changes: differences(before, after),
    };
  },
  present: changedCard,
});

/** The form opens with what is stored, so that it reads like the record. The note may be long and stays out. */
function typedValues(view: AccountView): Record<string, unknown> {
  const { name, phone, domain, industry, location, parent, employees, foundedYear } = view;
  const all = {
    name,
    // Else a form sent without touching the class would take it away from the rule.
    class: classOf(view),
    phone,
    domain,
    industry,
    location,
    parent: parent?.number,
    employees,
    founded: foundedYear,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null && value !== undefined));
}

type Values = Omit<z.output<typeof input>, 'account'>;

function patchOf(row: AccountRow, values: Values): RecordPatch<typeof accounts> {
  const { name, phone, domain, parent, founded, state, relationship, reason } = values;
  return {
    ...(name === undefined ? {} : { name, nameKey: nameKey(name) }),
    ...(phone === undefined ? {} : { phone, phoneKey: phoneKey(phone) }),
    ...(domain === undefined ? {} : { domain: readDomain(domain) }),
    ...(values.industry === undefined ? {} : { industry: values.industry }),
    ...(values.location === undefined ? {} : { location: values.location }),
    ...(values.employees === undefined ? {} : { employees: values.employees }),
    ...(founded === undefined ? {} : { foundedYear: founded }),
    ...(parent === undefined ? {} : { parentId: parent.id }),
    ...(values.class === undefined ? {} : classPatch(values.class)),
    ...(values.note === undefined ? {} : { note: values.note }),
    ...(state === undefined || state === row.salesState ? {} : salesStatePatch(row, state, reason)),
    ...(relationship === undefined || relationship === row.relationshipState
      ? {}
      : { relationshipState: relationship, relationshipReason: reason ?? null }),
  };
}

/** As it is typed. */
function classOf({ valueClass, valueClassBy }: Pick<AccountRow, 'valueClass' | 'valueClassBy'>) {
  return valueClassBy === 'rule' ? 'auto' : valueClass;
}

/** The class stays what it is until the rule has decided. */
function classPatch(value: 'A' | 'B' | 'C' | 'auto'): RecordPatch<typeof accounts> {
  if (value === 'auto') return { valueClassBy: 'rule' };
  return { valueClass: value, valueClassBy: 'hand' };
}

function salesStatePatch(
  row: AccountRow,
  state: 'to-identify' | 'potential',
  reason: string | undefined,
): RecordPatch<typeof accounts> {
  if (row.salesState !== 'to-identify' && row.salesState !== 'potential') {
    throw new AppError(
      'rule',
      t('state-follows-deals', { record: labelOf(row), state: salesStateTexts[row.salesState] }),
    );
  }
  return {
    salesState: state,
    salesStateReason: reason ?? null,
    relationshipState: relationshipAfter(row.relationshipState, state),
  };
}

async function refuseOwnParent(ctx: Ctx, row: AccountRow, parentId: string): Promise<void> {
  if (parentId !== row.id && !(await isBelow(ctx, parentId, row.id))) return;
  const message = t('own-parent', { record: labelOf(row) });
  throw new AppError('invalid_input', message, { fields: [{ field: 'parent', message }] });
}
