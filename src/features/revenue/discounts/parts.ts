import { dayIn } from '../../../kernel/dates.ts';
import { day, dotted, instant, listed, strong } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import type { RecordMerge, RecordSection } from '../../../runtime/feature.ts';
import type { Row } from '../../../view/card.ts';
import { approvalViewOf, pendingOf } from '../../org/approvals/api.ts';
import { memberNames } from '../../org/members/api.ts';
import { t } from './messages.ts';
import { discountsIntoAccount, grantedOnDeal } from './queries.ts';
import type { DiscountRow } from './record.ts';
import { offText, pricesText } from './words.ts';

/** What is asked on a deal and what was last granted, on its card. */
export const discountOfDeal: RecordSection = {
  kind: 'deal',
  order: 35,
  async blocks(ctx, id) {
    const [latest] = await grantedOnDeal(ctx, id, 1);
    const rows = [await pendingRow(ctx, id), latest && (await grantedRow(ctx, latest))];
    const shown = rows.filter((row): row is Row => row !== undefined);
    if (shown.length === 0) return [];
    return [
      { t: 'heading', of: t('section') },
      { t: 'rows', rows: shown },
    ];
  },
};

async function pendingRow(ctx: Ctx, dealId: string): Promise<Row | undefined> {
  const row = await pendingOf(ctx, 'discount', dealId);
  if (!row) return undefined;
  const { number, seats, answerBy } = await approvalViewOf(ctx, row.id);
  const people = listed(seats.map(({ name }) => strong(name)));
  return {
    text: t('row-pending', { number: strong(number), off: offText(Number(row.terms.percentBasisPoints)) }),
    detail: dotted(
      seats.length > 0 ? t('row-waits', { people }) : t('row-nobody'),
      t('answer-by', { at: instant(answerBy) }),
    ),
    buttons: [{ label: t('open'), press: { a: 'approvals.show', i: { approval: number } } }],
  };
}

async function grantedRow(ctx: Ctx, row: DiscountRow): Promise<Row> {
  const { grantedById, grantedAt, percentBasisPoints } = row;
  const name = (await memberNames(ctx, [grantedById])).get(grantedById ?? '');
  const on = day(dayIn(grantedAt, ctx.read.timeZone));
  return {
    text: t('row-granted', { off: offText(percentBasisPoints), ...pricesText(row) }),
    detail: name === undefined ? t('row-alone', { on }) : t('row-by', { name: strong(name), on }),
  };
}

/** Discounts follow their customer into the one that stays. */
export const discountMerge: RecordMerge = {
  kind: 'account',
  async move(ctx, fromId, intoId) {
    const count = await discountsIntoAccount(ctx, fromId, intoId);
    return count === 0 ? undefined : t('moved-discounts', { count });
  },
};
