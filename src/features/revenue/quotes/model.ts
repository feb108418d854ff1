import { z } from 'zod';
import { blockShape, inlineShape } from '../../../view/card.ts';
import { amountView } from '../../sales/deals/api.ts';

/** `expired` is not stored: a draft or sent quote past its validity. */
export const quoteStatuses = [
  'draft',
  'sent',
  'accepted',
  'declined',
  'expired',
  'superseded',
  'withdrawn',
] as const;
export type QuoteStatus = (typeof quoteStatuses)[number];

export const quoteChanges = ['created', 'lines', 'discount', 'total', 'validity', 'tax'] as const;

const named = z.strictObject({ number: z.string(), name: z.string() });
const personView = z.strictObject({ memberId: z.string(), name: z.string() });

export const lineView = z.strictObject({
  /** Row number, from 1; what `quote-line Q-57 off 2` takes. */
  position: z.int(),
  /** Null: a line in words. */
  productId: z.string().nullable(),
  name: z.string(),
  quantity: z.int(),
  /** Per unit as quoted; null: the line has an amount only. */
  unit: amountView.nullable(),
  amount: amountView,
});
export type LineView = z.infer<typeof lineView>;

/** Terms of one version. Amounts in minor units; the total is the net less the discount, exactly. */
export const termsView = z.strictObject({
  version: z.int(),
  lines: z.array(lineView),
  /** The lines as quoted, before the discount on the whole. */
  net: amountView,
  /** Off the whole; negative: on top of it. */
  discount: amountView,
  discountBasisPoints: z.int(),
  total: amountView,
  /** The lines at list price; null when one of them has none. */
  list: amountView.nullable(),
  belowListBasisPoints: z.int().nullable(),
  /** For managers, finance and admins only. */
  margin: z.strictObject({ cost: amountView, margin: amountView, basisPoints: z.int() }).nullable(),
  validUntil: z.string(),
  /** Null: the usual words in the reader's language. */
  taxNote: z.string().nullable(),
  change: z.enum(quoteChanges),
  editor: z.string().nullable(),
  at: z.string(),
});
export type TermsView = z.infer<typeof termsView>;

/**
 * A quote as actions give it out. Outside the reader's scope (`restricted`) only number and owner are told; the
 * rest is empty.
 */
export const quoteView = z.strictObject({
  number: z.string(),
  restricted: z.boolean(),
  status: z.enum(quoteStatuses).nullable(),
  deal: named.nullable(),
  account: named.nullable(),
  /** Of the deal. */
  owner: personView.nullable(),
  /** Newest version. */
  terms: termsView.nullable(),
  reason: z.string().nullable(),
  sentAt: z.string().nullable(),
  /** When it was accepted, declined, withdrawn or superseded. */
  closedOn: z.string().nullable(),
  archivedAt: z.string().nullable(),
  createdAt: z.string().nullable(),
});
export type QuoteView = z.infer<typeof quoteView>;

/** A quote after it was changed. */
export const editedQuote = quoteView.extend({
  /** It had been sent, and is a draft again. */
  wasSent: z.boolean(),
  /** It said so already: no version was made. */
  isSame: z.boolean(),
});
export type EditedQuote = z.infer<typeof editedQuote>;

const versionView = z.strictObject({
  version: z.int(),
  total: amountView,
  change: z.enum(quoteChanges),
  editor: z.string().nullable(),
  at: z.string(),
});
export type VersionView = z.infer<typeof versionView>;

/** The quote with its versions, newest first, and what other features know about it. */
export const quoteCard = quoteView.extend({
  versions: z.array(versionView),
  sections: z.array(blockShape),
});
export type QuoteCard = z.infer<typeof quoteCard>;

/** An old version beside the one that stands. */
export const oldQuote = quoteView.extend({ current: z.int().nullable() });
export type OldQuote = z.infer<typeof oldQuote>;

/** What accepting did. */
export const acceptedQuote = quoteView.extend({
  /** The deal's amount before; null: it had none. */
  amountBefore: amountView.nullable(),
  superseded: z.array(z.string()),
});
export type AcceptedQuote = z.infer<typeof acceptedQuote>;

/** A quote that was taken back. */
export const withdrawnQuote = quoteView.extend({
  wasAccepted: z.boolean(),
  /** Numbers of the quotes it had superseded, which are open again. */
  reopened: z.array(z.string()),
});
export type WithdrawnQuote = z.infer<typeof withdrawnQuote>;

/** A quote as lists show it; restricted like quoteView. */
export const quoteRow = z.strictObject({
  number: z.string(),
  restricted: z.boolean(),
  version: z.int().nullable(),
  status: z.enum(quoteStatuses).nullable(),
  deal: named.nullable(),
  account: z.string().nullable(),
  owner: personView.nullable(),
  total: amountView.nullable(),
  /** Null also where it was left undecided and its deal is won or lost. */
  validUntil: z.string().nullable(),
});
export type QuoteRowView = z.infer<typeof quoteRow>;

export const quoteList = z.strictObject({
  deal: named.nullable(),
  owner: personView.nullable(),
  status: z.enum(quoteStatuses).nullable(),
  quotes: z.array(quoteRow),
  page: z.int(),
  hasMore: z.boolean(),
});
export type QuoteList = z.infer<typeof quoteList>;

/** The way to the customer's copy of a version. */
export const quotePdf = z.strictObject({
  number: z.string(),
  version: z.int(),
  /** Opens once, for the person it was made for. */
  url: z.string(),
});

export const sharedQuote = z.strictObject({
  quote: named,
  channel: inlineShape,
});
export type SharedQuote = z.infer<typeof sharedQuote>;
