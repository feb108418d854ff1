import { day, dotted, type Inline, listed, percent } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import type { Block } from '../../../view/card.ts';
import { currentPolicy, floorOf } from '../../org/approvals/api.ts';
import { mayReadCosts, tenthsOf } from '../products/api.ts';
import { type AskedDiscount, factsOf, type Ground, type Offer, offerOn, readGround } from './ground.ts';
import { t } from './messages.ts';
import { grantedToAccount } from './queries.ts';
import { isRising } from './rules.ts';

/** So many earlier discounts of the customer are shown. */
const shownEarlier = 3;

/** What whoever decides wants to know: what is left, who the customer is, what it got before, and until when. */
export async function blocksFor(ctx: Ctx, asked: AskedDiscount): Promise<Block[]> {
  const ground = await readGround(ctx, asked);
  const offer = ground && offerOn(ground, asked);
  if (!ground || !offer) return [];
  const { deal, account, quote } = ground;
  const lines = [
    dotted(
      mayReadCosts(ctx.actor) ? await marginText(ctx, ground, offer) : undefined,
      account?.valueClass ? t('class', { class: account.valueClass }) : undefined,
      quote ? t('on-quote', { quote: quote.number, version: quote.version }) : undefined,
    ),
    dotted(
      await earlierText(ctx, ground, asked),
      deal.rival ? t('rival', { name: deal.rival }) : undefined,
      deal.closeOn ? t('close', { on: day(deal.closeOn) }) : undefined,
    ),
  ];
  return lines.filter((line) => !isEmpty(line)).map((of) => ({ t: 'text', of }));
}

function isEmpty(line: Inline): boolean {
  return typeof line !== 'string' && line.t === 'seq' && line.of.length === 0;
}

async function marginText(ctx: Ctx, ground: Ground, offer: Offer): Promise<Inline> {
  const { rules } = await currentPolicy(ctx, 'discount');
  const floorBasisPoints = floorOf(rules, factsOf(ground, offer));
  const floor = floorBasisPoints === undefined ? undefined : percent(floorBasisPoints);
  const { marginBasisPoints, mostMarginBasisPoints: most } = offer;
  if (marginBasisPoints === null) {
    const isBelow = most !== null && floorBasisPoints !== undefined && most < floorBasisPoints;
    if (isBelow && floor !== undefined)
      return t('margin-most-below', { margin: percent(tenthsOf(most)), floor });
    return floor === undefined ? t('margin-unknown-plain') : t('margin-unknown', { floor });
  }
  const margin = percent(tenthsOf(marginBasisPoints));
  if (floorBasisPoints === undefined || floor === undefined) return t('margin-after-plain', { margin });
  return t(marginBasisPoints < floorBasisPoints ? 'margin-below' : 'margin-after', { margin, floor });
}

/** In order of time; one that was just granted is not an earlier one. */
async function earlierText(
  ctx: Ctx,
  { account, deal }: Ground,
  { percentBasisPoints }: AskedDiscount,
): Promise<Inline | undefined> {
  if (!account) return undefined;
  const rows = await grantedToAccount(ctx, account.id, shownEarlier + 1);
  const earlier = rows
    .filter((row) => row.dealId !== deal.id || row.percentBasisPoints !== percentBasisPoints)
    .slice(0, shownEarlier)
    .map((row) => row.percentBasisPoints)
    .reverse();
  if (earlier.length === 0) return undefined;
  const percents = listed(earlier.map(percent));
  return t(isRising([...earlier, percentBasisPoints]) ? 'earlier-rising' : 'earlier', { percents });
}
