import { day, dotted, type Inline, listed, strong } from '../../../kernel/text.ts';
import type { HomeSection, RecordLinks, RecordMerge, RecordSection } from '../../../runtime/feature.ts';
import { readRecord } from '../../../store/records.ts';
import type { Block, Row } from '../../../view/card.ts';
import { stageName } from '../pipelines/api.ts';
import { amountText, dealLine, openButton, recordOf } from './cards.ts';
import { amountsOf } from './funnel-rules.ts';
import { t } from './messages.ts';
import type { DealView } from './model.ts';
import {
  dealsIntoAccount,
  type OwnDeal,
  openDealsOf,
  openDealsOfAccount,
  openStepsOfAccount,
} from './queries.ts';
import { dealRecord } from './record.ts';

const shown = 5;
/** More open deals of one customer are not summed on its card. */
const mostSummed = 50;

/** Open deals on the card of their customer, with what they come to per currency. */
export const dealsOfAccount: RecordSection = {
  kind: 'account',
  order: 20,
  async blocks(ctx, id) {
    const deals = await openDealsOfAccount(ctx, id, mostSummed);
    if (deals.length === 0) return [];
    const amounts = amountsOf(
      deals.flatMap(({ amount }) =>
        amount ? [{ amountMinor: BigInt(amount.amountMinor), currency: amount.currency }] : [],
      ),
    );
    const heading = dotted(
      t('open-deals'),
      deals.length < mostSummed ? t('deal-count', { count: deals.length }) : undefined,
      amounts.length > 0 && deals.length < mostSummed ? listed(amounts.map(amountText)) : undefined,
    );
    const stepByDeal = await openStepsOfAccount(ctx, id);
    const rows = deals.slice(0, shown).map((deal) => ({
      text: dealLine(deal, ctx),
      ...(deal.restricted ? {} : { detail: stepText(stepByDeal.get(deal.number) ?? null) }),
      buttons: [openButton(deal)],
    }));
    return [{ t: 'heading', of: heading }, { t: 'rows', rows }, ...restBlocks(deals)];
  },
};

/** The way to the deals that are not listed. */
function restBlocks(deals: readonly DealView[]): Block[] {
  const account = deals.find((deal) => deal.account !== null)?.account;
  if (deals.length <= shown || !account) return [];
  const label = deals.length < mostSummed ? t('all-deals', { count: deals.length }) : t('all-open');
  const press = { a: 'deals.list', i: { account: account.number, status: 'open' } };
  return [{ t: 'buttons', buttons: [{ label, press }] }];
}

/** Deals follow their customer into the one that stays. */
export const dealMerge: RecordMerge = {
  kind: 'account',
  async move(ctx, fromId, intoId) {
    const count = await dealsIntoAccount(ctx, fromId, intoId);
    return count === 0 ? undefined : t('deals-moved', { count });
  },
};

export const dealLinks: RecordLinks = {
  kind: 'deal',
  async links(ctx, id) {
    const row = await readRecord(ctx, dealRecord, id);
    return {
      ...(row?.accountId ? { account: row.accountId } : {}),
      ...(row?.leadId ? { lead: row.leadId } : {}),
    };
  },
};

/** The own open deals that are to close next. */
export const myDeals: HomeSection = {
  order: 50,
  title: t('my-deals'),
  async blocks(ctx) {
    if (ctx.actor.kind !== 'member') return [];
    const mine = await openDealsOf(ctx, ctx.actor.memberId, shown);
    return mine.length === 0 ? [] : [{ t: 'rows', rows: mine.map(rowOf) }];
  },
};

function rowOf(deal: OwnDeal): Row {
  return {
    text: dotted(
      recordOf(deal),
      strong(stageName(deal.stage)),
      deal.amount ? amountText(deal.amount) : undefined,
      deal.closeOn ? t('closes', { on: day(deal.closeOn) }) : undefined,
    ),
    detail: stepText(deal.step),
    buttons: [openButton(deal)],
  };
}

function stepText(step: OwnDeal['step']): Inline {
  return step ? t('step-due', { text: step.text, on: day(step.dueOn) }) : t('no-step');
}
