import { type Role, sellingRoles } from '../../../kernel/context.ts';
import {
  count,
  day,
  dotted,
  type Inline,
  instant,
  listed,
  percent,
  record,
  strong,
} from '../../../kernel/text.ts';
import { type PresentContext, press } from '../../../runtime/action.ts';
import type { Block, Button, Card, Field } from '../../../view/card.ts';
import { amountText } from '../../sales/deals/api.ts';
import type { pdf } from './actions/pdf.ts';
import { linesTable, lineWhat, sumFields } from './line-blocks.ts';
import { t } from './messages.ts';
import type {
  AcceptedQuote,
  EditedQuote,
  OldQuote,
  QuoteCard,
  QuoteView,
  TermsView,
  VersionView,
  WithdrawnQuote,
} from './model.ts';
import { changeTexts, statusTexts } from './words.ts';

/** More lines than these are shown as a table, without a button each. */
const mostLineRows = 8;

export function isSelling({ actor }: Pick<PresentContext, 'actor'>): boolean {
  const isOne = (role: Role) => (sellingRoles as readonly Role[]).includes(role);
  return actor.kind === 'member' && actor.roles.some(isOne);
}

/** The quote as people name it, with its version and whose it is: `Q-57 v1 for D-142 Acme Pumps`. */
function quoteName({ number, deal, account, terms }: QuoteView): Inline {
  const quote = strong(terms ? `${number} v${terms.version}` : number);
  return deal ? t('quote-of', { quote, deal: record(deal.number, account?.name ?? deal.name) }) : quote;
}

/** One line that says the whole quote: what people read after saving it. */
export function quoteLine(quote: QuoteView): Inline {
  const { terms, status } = quote;
  if (!terms) return quoteName(quote);
  return dotted(
    quoteName(quote),
    whatText(terms),
    amountText(terms.total),
    terms.belowListBasisPoints === null
      ? undefined
      : t('below-list', { percent: percent(terms.belowListBasisPoints) }),
    terms.margin ? t('margin-after', { percent: percent(terms.margin.basisPoints) }) : undefined,
    t(status === 'expired' ? 'expired-on' : 'valid-to', { on: day(terms.validUntil) }),
  );
}

function whatText({ lines }: TermsView): Inline | undefined {
  const [only, more] = lines;
  if (more) return t('line-count', { count: lines.length });
  if (!only?.productId) return undefined;
  return t('times-product', { quantity: count(only.quantity), product: only.name });
}

/** After making or changing it: every line with its buttons, and what comes next. */
export function editedCard(quote: QuoteView, at: PresentContext): Card {
  return {
    tone: 'ok',
    title: quoteLine(quote),
    blocks: [...termsBlocks(quote, at), ...buttonsBlock([...workButtons(quote, at), ...pdfButtons(quote)])],
  };
}

/** The same after a change, with what follows from it. */
export function changedCard(quote: EditedQuote, at: PresentContext): Card {
  if (quote.isSame) {
    const title = t('nothing-changed', { record: strong(quote.number) });
    return { tone: 'info', title, blocks: buttonsBlock([openButton(quote)]) };
  }
  const card = editedCard(quote, at);
  if (!quote.wasSent) return card;
  return { ...card, blocks: [{ t: 'text', of: t('draft-again') }, ...card.blocks] };
}

function termsBlocks(quote: QuoteView, at: PresentContext): Block[] {
  const { terms, status } = quote;
  if (!terms) return [];
  const isEditable = isSelling(at) && (status === 'draft' || status === 'sent' || status === 'expired');
  return [
    isEditable && terms.lines.length <= mostLineRows ? lineRows(quote, terms) : linesTable(terms),
    { t: 'fields', fields: sumFields(terms) },
    { t: 'context', of: terms.taxNote ?? t('usual-tax') },
  ];
}

function lineRows({ number }: QuoteView, { lines, version }: TermsView): Block {
  return {
    t: 'rows',
    rows: lines.map((line) => {
      const i = { quote: number, row: line.position, version };
      const change: Button = { label: t('change'), press: { a: 'quotes.line', i, form: true } };
      const remove: Button = { label: t('remove'), press: { a: 'quotes.drop-line', i } };
      return {
        text: t('line-row', {
          position: line.position,
          what: dotted(lineWhat(line), amountText(line.amount)),
        }),
        buttons: [...(line.productId ? [change] : []), ...(lines.length > 1 ? [remove] : [])],
      };
    }),
  };
}

/** The quote itself, its versions, then what other features know about it. */
export function fullCard(quote: QuoteCard, at: PresentContext): Card {
  if (quote.restricted) return restrictedCard(quote);
  const blocks: Block[] = [
    { t: 'fields', fields: stateFields(quote) },
    ...termsBlocks(quote, at),
    ...quote.sections,
  ];
  if (quote.versions.length > 1) {
    blocks.push({ t: 'heading', of: t('versions') });
    blocks.push({ t: 'rows', rows: quote.versions.slice(0, 5).map((one) => versionRow(quote, one)) });
  }
  if (quote.archivedAt)
    blocks.push({ t: 'context', of: dotted(t('archived-note'), instant(quote.archivedAt)) });
  blocks.push(...buttonsBlock([...workButtons(quote, at), ...pdfButtons(quote)]));
  return { tone: quote.archivedAt ? 'warn' : 'plain', title: quoteLine(quote), blocks };
}

export function restrictedCard({ number, owner }: QuoteView): Card {
  const fields: Field[] = owner ? [{ label: t('owner'), value: owner.name }] : [];
  const blocks: Block[] = [{ t: 'context', of: t('restricted') }];
  if (fields.length > 0) blocks.unshift({ t: 'fields', fields });
  return { tone: 'plain', title: strong(number), blocks };
}

function stateFields({ status, closedOn, sentAt, reason, account, deal, owner }: QuoteView): Field[] {
  const when = closedOn ? day(closedOn) : status === 'sent' && sentAt ? instant(sentAt) : undefined;
  const all: { label: Inline; value: Inline | null }[] = [
    { label: t('status'), value: status && dotted(strong(statusTexts[status]), when) },
    { label: t('reason'), value: reason },
    { label: t('deal'), value: deal && record(deal.number, deal.name) },
    { label: t('account'), value: account && record(account.number, account.name) },
    { label: t('owner'), value: owner?.name ?? null },
  ];
  return all.flatMap(({ label, value }) => (value === null ? [] : [{ label, value }]));
}

function versionRow({ number }: QuoteView, { version, total, change, editor, at }: VersionView) {
  return {
    text: dotted(
      strong(t('version-row', { version })),
      amountText(total),
      changeTexts[change],
      editor ?? undefined,
      instant(at),
    ),
    buttons: [{ label: t('open-it'), press: { a: 'quotes.version', i: { quote: number, version } } }],
  };
}

/** A quote as it once stood. */
export function versionCard(quote: OldQuote): Card {
  const { terms, current } = quote;
  if (!terms || current === null) return restrictedCard(quote);
  const blocks: Block[] = [
    linesTable(terms),
    { t: 'fields', fields: sumFields(terms) },
    { t: 'context', of: terms.taxNote ?? t('usual-tax') },
  ];
  if (current !== terms.version) {
    blocks.unshift({ t: 'text', of: t('old-version', { version: terms.version, current }) });
  }
  blocks.push(...buttonsBlock([openButton(quote), ...pdfButtons(quote, terms.version)]));
  return { tone: 'plain', title: quoteLine(quote), blocks };
}

/** The customer's copy of the version that stands, or of `version`. */
function pdfButtons({ number, terms }: QuoteView, version?: number): Button[] {
  const i = { quote: number, ...(version === undefined ? {} : { version }) };
  return terms ? [{ label: t('pdf-button'), press: press<typeof pdf>('quotes.pdf', i) }] : [];
}

export function openButton({ number }: { number: string }): Button {
  return { label: t('open-it'), press: { a: 'quotes.show', i: { quote: number } } };
}

function buttonsBlock(buttons: Button[]): Block[] {
  return buttons.length === 0 ? [] : [{ t: 'buttons', buttons }];
}

/** What comes next with a quote, for those who sell. */
function workButtons({ number, status, terms, deal, archivedAt }: QuoteView, at: PresentContext): Button[] {
  if (!isSelling(at) || !terms || archivedAt) return [];
  const i = { quote: number };
  const seen = { quote: number, version: terms.version };
  const add: Button = { label: t('add'), press: { a: 'quotes.line', i: seen, form: true } };
  const share: Button = { label: t('share'), press: { a: 'quotes.share', i } };
  const accept: Button = { label: t('accept'), press: { a: 'quotes.accept', i: seen } };
  switch (status) {
    case 'draft':
      return [add, { label: t('send'), press: { a: 'quotes.send', i: seen } }, share, accept];
    case 'sent':
      return [add, accept, { label: t('decline'), press: { a: 'quotes.decline', i, form: true } }, share];
    case 'expired':
      return [
        { label: t('extend'), press: { a: 'quotes.extend', i: { quote: number, valid: '+30d' } } },
        add,
      ];
    case 'accepted':
      return [
        ...(deal
          ? [{ label: t('won'), press: { a: 'deals.won', i: { deal: deal.number }, form: true as const } }]
          : []),
        share,
        { label: t('withdraw'), press: { a: 'quotes.withdraw', i, form: true } },
      ];
    default:
      return deal
        ? [{ label: t('new-quote'), press: { a: 'quotes.create', i: { deal: deal.number }, form: true } }]
        : [];
  }
}

export function sentCard(quote: QuoteView, at: PresentContext): Card {
  return { ...stateCard(quote, 'sent-done'), blocks: buttonsBlock(workButtons(quote, at)) };
}

function stateCard(
  quote: QuoteView,
  done: 'sent-done' | 'accepted-done' | 'declined-done' | 'withdrawn-done',
): Card {
  const { number, deal, account, terms, reason } = quote;
  const title = dotted(
    t(done, { record: strong(number), version: terms?.version ?? 0 }),
    deal ? record(deal.number, account?.name ?? deal.name) : undefined,
    terms ? amountText(terms.total) : undefined,
    reason === null ? undefined : t('reason-is', { reason }),
  );
  return { tone: 'ok', title, blocks: [] };
}

export function acceptedCard(quote: AcceptedQuote, at: PresentContext): Card {
  const { deal, terms, amountBefore, superseded } = quote;
  const blocks: Block[] = [];
  if (deal && terms) {
    const values = { deal: record(deal.number, deal.name), after: amountText(terms.total) };
    const isSame =
      amountBefore?.amountMinor === terms.total.amountMinor && amountBefore.currency === terms.total.currency;
    const before = amountBefore ? amountText(amountBefore) : t('no-amount');
    blocks.push({
      t: 'text',
      of: isSame ? t('deal-amount-same', values) : t('deal-amount', { ...values, before }),
    });
  }
  if (superseded.length > 0) {
    blocks.push({ t: 'text', of: t('superseded-too', { quotes: listed(superseded) }) });
  }
  return {
    ...stateCard(quote, 'accepted-done'),
    blocks: [...blocks, ...buttonsBlock(workButtons(quote, at))],
  };
}

export function declinedCard(quote: QuoteView, at: PresentContext): Card {
  return { ...stateCard(quote, 'declined-done'), blocks: buttonsBlock(workButtons(quote, at)) };
}

export function withdrawnCard(quote: WithdrawnQuote, at: PresentContext): Card {
  const blocks: Block[] = quote.wasAccepted ? [{ t: 'text', of: t('deal-keeps') }] : [];
  if (quote.reopened.length > 0) {
    blocks.push({ t: 'text', of: t('open-again', { quotes: listed(quote.reopened) }) });
  }
  return {
    ...stateCard(quote, 'withdrawn-done'),
    blocks: [...blocks, ...buttonsBlock(workButtons(quote, at))],
  };
}
