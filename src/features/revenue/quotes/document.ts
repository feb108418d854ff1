import { dayIn } from '../../../kernel/dates.ts';
import { AppError } from '../../../kernel/errors.ts';
import { count, day, dotted, type Inline, percent } from '../../../kernel/text.ts';
import type { PresentContext } from '../../../runtime/action.ts';
import type { Document, DocumentTable, DocumentTotal } from '../../../view/document.ts';
import { amountText } from '../../sales/deals/api.ts';
import { t } from './messages.ts';
import type { OldQuote, QuoteView, TermsView } from './model.ts';

/**
 * The customer's copy: what is offered, to whom, until when. Costs, margin and list prices stay with us, whoever
 * prints it. Throws AppError `forbidden` for a quote the reader may not see.
 */
export function quoteDocument(
  quote: QuoteView & Partial<Pick<OldQuote, 'current'>>,
  { org }: Pick<PresentContext, 'org'>,
): Document {
  const { number, account, deal, owner, terms, current } = quote;
  if (!terms) throw new AppError('forbidden', t('restricted'));
  const version = `${number} v${terms.version}`;
  const mark = markOf(quote.status, terms, current);
  return {
    fileName: version.replace(' ', '-'),
    title: t('quote'),
    number: version,
    issuer: org.name,
    ...(mark === undefined ? {} : { mark }),
    facts: [
      { label: t('pdf-date'), value: day(dayIn(new Date(terms.at), org.timeZone)) },
      { label: t('valid-until'), value: day(terms.validUntil) },
      ...(deal ? [{ label: t('pdf-reference'), value: deal.number }] : []),
    ],
    parties: [
      ...(account ? [{ label: t('pdf-for'), lines: [account.name] }] : []),
      ...(owner ? [{ label: t('pdf-contact'), lines: [owner.name] }] : []),
    ],
    table: tableOf(terms),
    totals: totalsOf(terms),
    notes: [terms.taxNote ?? t('usual-tax')],
    footer: dotted(org.name, version),
  };
}

/** What stands and may be accepted needs no mark; everything else must not be mistaken for it. */
function markOf(
  status: QuoteView['status'],
  { version }: TermsView,
  current: number | null | undefined,
): Inline | undefined {
  if (current !== undefined && current !== null && current !== version) return t('pdf-replaced', { current });
  return status === null || status === 'sent' ? undefined : t('pdf-mark', { status });
}

function tableOf({ lines }: TermsView): DocumentTable {
  return {
    columns: [
      { label: '#', align: 'right' },
      { label: t('product'), wide: true },
      { label: t('quantity'), align: 'right' },
      { label: t('price'), align: 'right' },
      { label: t('pdf-amount'), align: 'right' },
    ],
    rows: lines.map(({ position, name, quantity, unit, amount }) => [
      count(position),
      name,
      count(quantity),
      unit ? amountText(unit) : '',
      amountText(amount),
    ]),
  };
}

/** One sum where nothing was taken off or put on the whole. */
function totalsOf({ net, discount, discountBasisPoints, total }: TermsView): DocumentTotal[] {
  const off = BigInt(discount.amountMinor);
  const grand: DocumentTotal = { label: t('total'), value: amountText(total), isGrand: true };
  if (off === 0n) return [grand];
  const isOff = off > 0n;
  const amount = amountText({ ...discount, amountMinor: (isOff ? off : -off).toString() });
  const share = percent(Math.abs(discountBasisPoints));
  return [
    { label: t('net'), value: amountText(net) },
    {
      label: t(isOff ? 'pdf-discount' : 'pdf-surcharge', { percent: share }),
      value: t(isOff ? 'pdf-minus' : 'pdf-plus', { amount }),
    },
    grand,
  ];
}
