import { z } from 'zod';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { changeRecord, createRecord } from '../../../../store/records.ts';
import { requireWrite } from '../../../org/members/api.ts';
import { setCard } from '../cards.ts';
import { t } from '../messages.ts';
import { targetSet } from '../model.ts';
import { targetRow } from '../queries.ts';
import { targetRecord } from '../record.ts';
import { monthOf } from '../rules.ts';

export const set = defineAction({
  name: 'targets.set',
  title: t('set-title'),
  summary: t('set-summary'),
  effect: 'write',
  input: z.strictObject({
    person: f.person(t('person'), { placeholder: '@wang' }),
    month: f.span(t('month'), { placeholder: 'nov' }),
    amount: f.money(t('amount'), { placeholder: '400k' }),
  }),
  output: targetSet,
  roles: ['manager', 'admin'],
  command: {
    verb: 'set-target',
    aliases: ['设定目标', '设定销售目标'],
    args: ['person', 'month', 'amount'],
    keys: { month: 'month', 月份: 'month', amount: 'amount', 金额: 'amount' },
    group: 'manager',
    examples: { en: ['set-target @wang 2026-11 400k'], 'zh-CN': ['设定目标 @王磊 2026-11 40万'] },
  },
  example: {
    as: 'manager',
    input: {
      person: '@emma.clark',
      month: { from: '2030-11-01', to: '2030-11-30' },
      amount: { amountMinor: '7500000', currency: 'EUR' },
    },
  },

  async run(ctx, { person, month, amount }) {
    const monthOn = monthOf(month);
    if (monthOn === undefined) {
      const message = t('not-a-month');
      throw new AppError('invalid_input', message, { fields: [{ field: 'month', message }] });
    }
    const label = t('target-of', { name: person.label });
    await requireWrite(ctx, { ownerId: person.id, label, doing: t('doing-target') });
    const { amountMinor, currency } = amount;
    const known = await targetRow(ctx, { memberId: person.id, monthOn, currency });
    if (known) await changeRecord(ctx, targetRecord, known, { amountMinor, archivedAt: null });
    else await createRecord(ctx, targetRecord, { memberId: person.id, monthOn, amountMinor, currency });
    const before = known && known.archivedAt === null ? known.amountMinor : null;
    return {
      person: { memberId: person.id, name: person.label },
      monthOn,
      amount: { amountMinor: amountMinor.toString(), currency },
      before: before === null ? null : { amountMinor: before.toString(), currency },
    };
  },
  present: setCard,
});
