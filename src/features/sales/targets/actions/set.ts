import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { dayIn } from '../../../../kernel/dates.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f, type Ref } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { type Ctx, memberOf } from '../../../../runtime/context.ts';
import { changeRecord, createRecord } from '../../../../store/records.ts';
import { setCard } from '../cards.ts';
import { levelField } from '../inputs.ts';
import { t } from '../messages.ts';
import { targetSet } from '../model.ts';
import { notAMonth } from '../month.ts';
import { targetRow } from '../queries.ts';
import { targetRecord } from '../record.ts';
import { requireSetter } from '../rights.ts';
import { monthFrom, monthOf } from '../rules.ts';

/** Without an amount it shows the targets: `target`, `target @wang`. */
export const set = defineAction({
  name: 'targets.set',
  title: t('show-title'),
  summary: t('set-summary'),
  effect: 'write',
  input: z.strictObject({
    person: f.person(t('person'), { placeholder: '@wang' }).optional(),
    month: f.span(t('month'), { placeholder: 'nov' }).optional(),
    amount: f.money(t('amount'), { placeholder: '400k' }).optional(),
    group: f.ref('unit', t('group')).optional(),
    by: levelField().optional(),
  }),
  output: targetSet,
  roles: internalRoles,
  repeatable: true,
  formFields: ['person', 'month', 'amount'],
  command: {
    verb: 'target',
    aliases: ['销售目标', '目标', 'targets'],
    args: ['person', 'month', 'amount'],
    keys: {
      month: 'month',
      月份: 'month',
      amount: 'amount',
      金额: 'amount',
      group: 'group',
      region: 'group',
      branch: 'group',
      团队: 'group',
      分公司: 'group',
      by: 'by',
      按: 'by',
    },
    group: 'manager',
    examples: {
      en: ['target @wang nov 400k', 'target', 'target group:East', 'target 2026-10 by:group'],
      'zh-CN': ['销售目标 @王磊 11月 40万', '销售目标', '销售目标 团队:East'],
    },
  },
  example: {
    as: 'manager',
    input: {
      person: '@emma.clark',
      month: { from: '2030-11-01', to: '2030-11-30' },
      amount: { amountMinor: '7500000', currency: 'EUR' },
    },
  },
  forward(_ctx, { person, month, amount, group, by }) {
    if (amount) return undefined;
    const asked = { person: person?.key, month, group: group?.key, by };
    const given = Object.entries(asked).filter(([, value]) => value !== undefined);
    return { a: 'targets.show', i: Object.fromEntries(given) };
  },
  mayOpen: (ctx, { person }) => requireSetter(ctx, whoseOf(ctx, person)),

  async run(ctx, { person, month, amount }) {
    if (!amount) throw new AppError('invalid_input', t('amount'));
    const whose = whoseOf(ctx, person);
    const monthOn = month ? monthOf(month) : monthFrom(dayIn(ctx.now, ctx.read.timeZone)).from;
    if (monthOn === undefined) throw notAMonth();
    await requireSetter(ctx, whose);
    const { amountMinor, currency } = amount;
    const known = await targetRow(ctx, { memberId: whose.memberId, monthOn, currency });
    if (known) await changeRecord(ctx, targetRecord, known, { amountMinor, archivedAt: null });
    else await createRecord(ctx, targetRecord, { memberId: whose.memberId, monthOn, amountMinor, currency });
    const before = known && known.archivedAt === null ? known.amountMinor : null;
    return {
      person: whose,
      monthOn,
      amount: { amountMinor: amountMinor.toString(), currency },
      before: before === null ? null : { amountMinor: before.toString(), currency },
    };
  },
  present: setCard,
});

/** Whoever is named, else whoever asks. */
function whoseOf(ctx: Ctx, person: Ref | undefined): { memberId: string; name: string } {
  const { memberId, name } = memberOf(ctx);
  return person ? { memberId: person.id, name: person.label } : { memberId, name };
}
