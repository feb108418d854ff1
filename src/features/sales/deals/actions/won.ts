import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { dayIn } from '../../../../kernel/dates.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { formatNumber } from '../../../../kernel/ids.ts';
import { money, record } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { changeRecord } from '../../../../store/records.ts';
import { endStep } from '../../next-steps/api.ts';
import { wonCard } from '../cards.ts';
import { customerOfWon } from '../customer-state.ts';
import { dealWon } from '../events.ts';
import { t } from '../messages.ts';
import { dealView } from '../model.ts';
import { keepNote } from '../notes.ts';
import { knownAmount } from '../prefill.ts';
import { dealRecord } from '../record.ts';
import { requireDealView, writableOpen } from '../rights.ts';
import { isNear, reasonOf } from '../rules.ts';

export const won = defineAction({
  name: 'deals.won',
  title: t('won-title'),
  summary: t('won-summary'),
  effect: 'write',
  input: z.strictObject({
    deal: f.ref('deal', t('deal')),
    reason: f.text(t('won-reason'), { lookups: ['reason'], hint: t('reason-hint'), placeholder: 'service' }),
    amount: f.money(t('amount'), { placeholder: '80k' }).optional(),
    note: f.note(t('note')).optional(),
  }),
  output: dealView,
  roles: sellingRoles,
  command: {
    verb: 'won',
    aliases: ['赢单', '成单'],
    args: ['deal', 'amount', 'reason'],
    keys: { reason: 'reason', 原因: 'reason', amount: 'amount', 金额: 'amount' },
    bareKeys: ['reason', '原因'],
    note: 'note',
    group: 'deals',
    examples: {
      en: ['won D-142 reason:service', 'won D-142 95k reason:"fast delivery"'],
      'zh-CN': ['赢单 D-142 原因:服务'],
    },
  },
  example: { as: 'rep', input: { deal: 'D-1', reason: 'service' } },
  prefill: knownAmount,

  /** Another currency, or a sum far from what the deal stood at, is often a slip of the fingers. */
  async confirm(ctx, { deal, amount }) {
    if (!amount) return undefined;
    const row = await writableOpen(ctx, deal.id, t('doing-close'));
    const { amountMinor, currency } = row;
    if (amountMinor === null || currency === null || isNear({ amountMinor, currency }, amount))
      return undefined;
    const said = record(formatNumber('deal', row.number), row.name);
    return {
      tone: 'warn',
      title: t('won-sure', { deal: said, amount: money(amount) }),
      blocks: [{ t: 'text', of: t('won-sure-was', { amount: money({ amountMinor, currency }) }) }],
    };
  },
  mayOpen: async (ctx, { deal }) => deal && writableOpen(ctx, deal.id, t('doing-close')),

  async run(ctx, { deal, reason, amount, note }) {
    const row = await writableOpen(ctx, deal.id, t('doing-close'));
    const amountMinor = amount?.amountMinor ?? row.amountMinor;
    const currency = amount?.currency ?? row.currency;
    if (amountMinor === null || currency === null) {
      const message = t('won-needs-amount');
      throw new AppError('invalid_input', message, { fields: [{ field: 'amount', message, missing: true }] });
    }
    const coded = reasonOf(reason);
    await changeRecord(ctx, dealRecord, row, {
      status: 'won',
      closedOn: dayIn(ctx.now, ctx.read.timeZone),
      reason: coded,
      amountMinor,
      currency,
    });
    await keepNote(ctx, row, note);
    await endStep(ctx, row.id);
    await customerOfWon(ctx, row);
    ctx.emit(dealWon, {
      dealId: row.id,
      accountId: row.accountId,
      ownerId: row.ownerId,
      amountMinor: amountMinor.toString(),
      currency,
      reason: coded,
    });
    return requireDealView(ctx, row.id);
  },
  present: wonCard,
});
