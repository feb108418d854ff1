import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { nameKey } from '../../../../kernel/names.ts';
import { command } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { changeRecord, type RecordPatch } from '../../../../store/records.ts';
import { changedCard } from '../cards.ts';
import { noteDealChanged } from '../changed.ts';
import { customerOfOpened } from '../customer-state.ts';
import { dealPushed } from '../events.ts';
import { t } from '../messages.ts';
import { type ChangedValue, changedFields, type DealView, dealChanges } from '../model.ts';
import { dealMeant } from '../prefill.ts';
import { type DealRow, dealRecord } from '../record.ts';
import { refuseClosed, requireDealView, writableLive } from '../rights.ts';
import { isPush } from '../rules.ts';
import type { deals } from '../tables.ts';

const input = z.strictObject({
  deal: f.ref('deal', t('deal')),
  name: f.text(t('name')).optional(),
  amount: f.money(t('amount'), { placeholder: '95k' }).optional(),
  close: f.day(t('close'), { placeholder: '15nov' }).optional(),
  account: f.ref('account', t('account')).optional(),
  product: f.ref('product', t('product')).optional(),
  rival: f.text(t('rival')).optional(),
  note: f.note(t('note')).optional(),
});
type Values = Omit<z.output<typeof input>, 'deal'>;

export const set = defineAction({
  name: 'deals.set',
  title: t('set-title'),
  summary: t('set-summary'),
  effect: 'write',
  input,
  output: dealChanges,
  roles: sellingRoles,
  example: {
    as: 'rep',
    input: { deal: 'D-1', amount: { amountMinor: '9500000', currency: 'EUR' }, close: '2030-11-15' },
  },
  prefill: async (ctx, raw) => {
    const deal = await dealMeant(ctx, raw);
    return deal ? typedValues(deal) : {};
  },
  mayOpen: async (ctx, { deal }) => deal && writableLive(ctx, deal.id),

  async run(ctx, { deal, ...values }) {
    const row = await writableLive(ctx, deal.id);
    if (Object.keys(values).length === 0) {
      throw new AppError(
        'invalid_input',
        t('nothing-to-change', { line: command('set D-142 amount 95k', '修改 D-142 金额 9.5万') }),
      );
    }
    // What a closed deal brought, and when, is history that figures rest on.
    if (values.amount || values.close) refuseClosed(row);
    const before = await requireDealView(ctx, row.id);
    const changed = await changeRecord(ctx, dealRecord, row, patchOf(row, values));
    if (changed.accountId !== row.accountId && changed.status === 'open')
      await customerOfOpened(ctx, changed);
    noteDealChanged(ctx, row, changed);
    const after = await requireDealView(ctx, row.id);
    const changes = changedFields.flatMap((field) => {
      const [from, to] = [shownOf(before, field), shownOf(after, field)];
      return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ field, before: from, after: to }];
    });
    const isPushed = after.pushCount > before.pushCount;
    if (isPushed && changed.closeOn !== null) {
      const { accountId, ownerId, closeOn, pushCount } = changed;
      ctx.emit(dealPushed, { dealId: row.id, accountId, ownerId, closeOn, pushCount });
    }
    return { number: after.number, name: after.name, changes, push: isPushed ? after.pushCount : null };
  },
  present: changedCard,
});

/** The form opens with what is stored, so that it reads like the record. The note may be long and stays out. */
function typedValues({ name, amount, closeOn, account, product, rival }: DealView): Record<string, unknown> {
  const all = { name, amount, close: closeOn, account: account?.number, product, rival };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null && value !== undefined));
}

function patchOf(row: DealRow, values: Values): RecordPatch<typeof deals> {
  const { name, amount, close, account, product, rival, note } = values;
  return {
    ...(name === undefined ? {} : { name, nameKey: nameKey(name) }),
    ...(amount === undefined ? {} : amount),
    ...(close === undefined ? {} : { closeOn: close }),
    ...(close !== undefined && isPush(row.closeOn, close) ? { pushCount: row.pushCount + 1 } : {}),
    ...(account === undefined ? {} : { accountId: account.id }),
    ...(product === undefined ? {} : { productId: product.id }),
    ...(rival === undefined ? {} : { rival }),
    ...(note === undefined ? {} : { note }),
  };
}

function shownOf(view: DealView, field: (typeof changedFields)[number]): ChangedValue {
  switch (field) {
    case 'close':
      return view.closeOn;
    case 'account':
      return view.account?.name ?? null;
    default:
      return view[field];
  }
}
