import { count, type Inline, listed, seq } from '../kernel/text.ts';
import type { Button } from '../view/card.ts';
import type { Ctx } from './context.ts';

/**
 * `morning`: a person's own day. `team`: what a channel has to decide and follow up. `process`: the week's rates.
 * `ledger`: the four questions about good customers, monthly. `branches`: one line per regional office.
 */
export const digestKinds = ['morning', 'team', 'process', 'ledger', 'branches'] as const;
export type DigestKind = (typeof digestKinds)[number];

/** Blocks of a digest, in the order they are shown: what needs a decision first. */
export const digestSections = [
  'clocks',
  'decide',
  'follow-ups',
  'risk',
  'changed',
  'month',
  'owners',
  'reviews',
] as const;
export type DigestSection = (typeof digestSections)[number];

/** Whose records a digest is about, and as of when. */
export interface DigestScope {
  kind: DigestKind;
  /** Owners that count; `all`: everybody's and nobody's. Never more than who set it up may see. */
  owners: { all: true } | { memberIds: readonly string[] };
  /** Of a morning list: whose. */
  memberId: string | undefined;
  /** The channel it goes to; not known of previews for nobody. */
  channelId?: string | undefined;
  /** The local day. */
  on: string;
  timeZone: string;
  /** The instant it is as of: business time. */
  now: Date;
  /** Changes count from here: the last digest, or a day ago. */
  since: Date;
  /** The last digest's `stands`, where it went to the same place about the same records. */
  stood?: Readonly<Record<string, string>> | undefined;
}

/** A number of a digest, with the records behind it: opening it lists them, as far as the reader may see them. */
export interface DigestFigure {
  /** Unique within the digest: `overdue`, `won`. */
  name: string;
  /** What its button says: "4 overdue". */
  label: Inline;
  rows: DigestRow[];
}

/** One record as it counted. */
export interface DigestRow {
  /** `deal`, `lead`, `account`, `next-step`. */
  kind: string;
  id: string;
  /** Who may see it depends on its owner. */
  ownerId: string | null;
  /** As it counted; a record without an amount has none. */
  amount?: { amountMinor: bigint; currency: string } | undefined;
  /** A word on why it is listed: "2 d overdue". */
  note?: Inline | undefined;
}

export interface DigestLine {
  text: Inline;
  /** The record it is about: done or changed later, the line is struck through where it stands. */
  record?: { kind: string; id: string } | undefined;
  /** Of lines about one record. In channels at most two. */
  buttons?: Button[] | undefined;
  figures?: DigestFigure[] | undefined;
  /** Numbers kept by name for the next digest to compare its own with. */
  stands?: Readonly<Record<string, string>> | undefined;
  /** Told in the thread under the digest, not in it. */
  inThread?: true | undefined;
}

/**
 * What a feature adds to a digest: lines of one section, ordered by `order` within it. At most 12 lines, names of at
 * most five records; no lines: the section vanishes. No query that grows with closed history.
 */
export interface DigestPart {
  kind: DigestKind;
  section: DigestSection;
  order: number;
  read(ctx: Ctx, scope: DigestScope): Promise<DigestLine[]>;
}

export function defineDigestPart(part: DigestPart): DigestPart {
  return part;
}

/**
 * Records of a figure beyond this are not listed: nobody reads them, and a snapshot of a whole company's open deals
 * would weigh a hundred megabytes. Queries of rows stop one after it.
 */
export const mostFigureRows = 20_000;

/** Figures for a line: those without records, or with more than are listed, have no list to open. */
export function figuresOf(...figures: DigestFigure[]): DigestFigure[] {
  return figures.filter(({ rows }) => rows.length > 0 && rows.length <= mostFigureRows);
}

/** How many records a figure has, `20,000+` when there are more than are listed. */
export function countText({ length }: { length: number }): Inline {
  return length > mostFigureRows ? seq(count(mostFigureRows), '+') : count(length);
}

/** Names said of one figure; all of them stand in its list. */
export const mostNames = 5;

/** The first names of a list, then how many more there are. */
export function namesText<T>(all: readonly T[], nameOf: (one: T) => Inline): Inline {
  const named = all.slice(0, mostNames).map(nameOf);
  const more = all.length - named.length;
  return listed(more > 0 && all.length <= mostFigureRows ? [...named, `+${more}`] : named);
}
