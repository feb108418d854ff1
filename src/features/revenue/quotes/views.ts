import type { Role } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { formatNumber } from '../../../kernel/ids.ts';
import { command } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { isVisible, type VisibleOwners, visibleOwners } from '../../org/members/api.ts';
import type { AmountView } from '../../sales/deals/api.ts';
import { t } from './messages.ts';
import type { EditedQuote, LineView, QuoteRowView, QuoteView, TermsView, VersionView } from './model.ts';
import type { DealFacts, FoundQuote } from './queries.ts';
import type { QuoteRow } from './record.ts';
import { requireQuote } from './rights.ts';
import { belowList, isPending, marginOf, type PricedLine, statusOn } from './rules.ts';
import { numberOf, todayOf } from './terms.ts';
import { readTerms, readVersions, type Terms, type VersionRow } from './terms-queries.ts';

const mostVersions = 30;
const seeingCost: readonly Role[] = ['manager', 'finance', 'admin'];

/** Whether the actor is shown what things cost us. */
function seesCost({ actor }: Pick<Ctx, 'actor'>): boolean {
  return actor.kind === 'member' && actor.roles.some((role) => seeingCost.includes(role));
}

/** A quote for an output, as far as the reader may see it; of `version`, or as it stands. Throws AppError `not_found`. */
export async function viewOf(ctx: Ctx, id: string, version?: number): Promise<QuoteView> {
  const found = await requireQuote(ctx, id);
  const owners = await visibleOwners(ctx);
  if (!isVisible(owners, found.deal.ownerId)) return restricted(found);
  const { quote, deal } = found;
  const terms = await readTerms(
    ctx,
    version === undefined ? { termsId: quote.termsId } : { quoteId: quote.id, version },
  );
  if (!terms) throw noVersion(numberOf(quote), version ?? 0);
  return {
    number: numberOf(quote),
    restricted: false,
    status: statusOn(quote.status, quote.validUntil, todayOf(ctx)),
    deal: { number: formatNumber('deal', deal.number), name: deal.name },
    account: accountOf(deal),
    owner: ownerOf(deal),
    terms: termsView(ctx, terms),
    reason: quote.reason,
    sentAt: quote.sentAt?.toISOString() ?? null,
    closedOn: quote.closedOn,
    archivedAt: quote.archivedAt?.toISOString() ?? null,
    createdAt: quote.createdAt.toISOString(),
  };
}

function noVersion(number: string, version: number): AppError {
  return new AppError('not_found', t('no-version', { number, version, line: command(`show ${number}`) }));
}

function ownerOf({ ownerId, ownerName }: DealFacts) {
  return ownerId === null ? null : { memberId: ownerId, name: ownerName ?? '?' };
}

function accountOf({ account }: DealFacts) {
  return account && { number: formatNumber('account', account.number), name: account.name };
}

/** What people outside the owner's team and managers get of a quote. */
function restricted({ quote, deal }: FoundQuote): QuoteView {
  return {
    number: numberOf(quote),
    restricted: true,
    status: null,
    deal: null,
    account: null,
    owner: ownerOf(deal),
    terms: null,
    reason: null,
    sentAt: null,
    closedOn: null,
    archivedAt: null,
    createdAt: null,
  };
}

function termsView(ctx: Ctx, { row, lines, editor }: Terms): TermsView {
  const inCurrency = amountsIn(row.currency);
  const margin = seesCost(ctx) ? marginOf(row) : undefined;
  return {
    version: row.version,
    lines: lines.map((line, index) => lineView(line, index + 1, inCurrency)),
    net: inCurrency(row.netMinor),
    discount: inCurrency(row.netMinor - row.totalMinor),
    discountBasisPoints: row.discountBasisPoints,
    total: inCurrency(row.totalMinor),
    list: row.listMinor === null ? null : inCurrency(row.listMinor),
    belowListBasisPoints: belowList(row) ?? null,
    margin: margin
      ? {
          cost: inCurrency(margin.costMinor),
          margin: inCurrency(margin.marginMinor),
          basisPoints: margin.basisPoints,
        }
      : null,
    validUntil: row.validUntil,
    taxNote: row.taxNote,
    change: row.change,
    editor,
    at: row.at.toISOString(),
  };
}

type InCurrency = (amountMinor: bigint) => AmountView;

function amountsIn(currency: string): InCurrency {
  return (amountMinor) => ({ amountMinor: amountMinor.toString(), currency });
}

function lineView(line: PricedLine, position: number, inCurrency: InCurrency): LineView {
  return {
    position,
    productId: line.productId,
    name: line.name,
    quantity: line.quantity,
    unit: line.unitMinor === null ? null : inCurrency(line.unitMinor),
    amount: inCurrency(line.amountMinor),
  };
}

/** A quote after a change: `before` as it was held, `after` as changeTerms gave it. */
export async function editedView(ctx: Ctx, before: QuoteRow, after: QuoteRow): Promise<EditedQuote> {
  return {
    ...(await viewOf(ctx, after.id)),
    wasSent: before.status === 'sent' && after.status === 'draft',
    isSame: before.termsVersion === after.termsVersion,
  };
}

/** Versions of a quote the reader may see, newest first. */
export async function versionsOf(ctx: Ctx, quoteId: string): Promise<VersionView[]> {
  return (await readVersions(ctx, quoteId, mostVersions)).map(versionView);
}

function versionView({ row, editor }: { row: VersionRow; editor: string | null }): VersionView {
  const { version, totalMinor, currency, change, at } = row;
  return { version, total: amountsIn(currency)(totalMinor), change, editor, at: at.toISOString() };
}

export function rowView(ctx: Ctx, { quote, deal }: FoundQuote, owners: VisibleOwners): QuoteRowView {
  const number = numberOf(quote);
  if (!isVisible(owners, deal.ownerId)) {
    return {
      number,
      restricted: true,
      version: null,
      status: null,
      deal: null,
      account: null,
      owner: ownerOf(deal),
      total: null,
      validUntil: null,
    };
  }
  return {
    number,
    restricted: false,
    version: quote.termsVersion,
    status: statusOn(quote.status, quote.validUntil, todayOf(ctx)),
    deal: { number: formatNumber('deal', deal.number), name: deal.name },
    account: deal.account?.name ?? null,
    owner: ownerOf(deal),
    total: amountsIn(quote.currency)(quote.totalMinor),
    validUntil: isPending(quote.status) && deal.status !== 'open' ? null : quote.validUntil,
  };
}
