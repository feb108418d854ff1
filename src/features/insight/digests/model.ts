import { z } from 'zod';
import { scheduleRule } from '../../../kernel/schedule.ts';
import type { Inline } from '../../../kernel/text.ts';
import { digestKinds, digestSections } from '../../../runtime/digest.ts';
import { type Button, inlineShape } from '../../../view/card.ts';
import { amountView, funnelScope } from '../../sales/deals/api.ts';

export const kindShape = z.enum(digestKinds);

const recordShape = z.strictObject({ kind: z.string(), id: z.string() });
const buttonShape = z.looseObject({ label: inlineShape }) as unknown as z.ZodType<Button>;

const lineSaid = z.strictObject({
  text: inlineShape,
  record: recordShape.optional(),
  buttons: z.array(buttonShape).optional(),
  /** Names one of several: that one being done does not make it the rest. */
  isOfMany: z.literal(true).optional(),
  /** Done since: struck through where it stands. */
  isDone: z.boolean().optional(),
});
export type LineSaid = z.infer<typeof lineSaid>;

const figureSaid = z.strictObject({ name: z.string(), label: inlineShape });
export type FigureSaid = z.infer<typeof figureSaid>;

/** One block of a digest. `lines` stand in the message, `thread` in the thread under it. */
const sectionSaid = z.strictObject({
  section: z.enum(digestSections),
  lines: z.array(lineSaid),
  thread: z.array(lineSaid),
  /** Lines of the thread that were left out. */
  left: z.int(),
  figures: z.array(figureSaid),
});
export type SectionSaid = z.infer<typeof sectionSaid>;

const bar = z.strictObject({ label: inlineShape, value: z.number(), text: inlineShape });

/** A digest in words that are made when it is read. What a message holds, and the snapshot. */
export const digestSaid = z.strictObject({
  /** Null: a preview, which nothing is kept of. */
  runId: z.string().nullable(),
  kind: kindShape,
  /** `East`; null: the whole organization. */
  scopeName: inlineShape.nullable(),
  /** Some of that is out of sight of whoever set it up or, in a preview, of its reader, and not counted. */
  isPartial: z.literal(true).optional(),
  /** Of a morning list. */
  greeting: z.strictObject({ name: z.string(), todo: z.int(), clocks: z.int() }).nullable(),
  on: z.string(),
  asOf: z.string(),
  isLate: z.boolean(),
  /** Runs were missed: since when changes are told. */
  since: z.string().nullable(),
  sections: z.array(sectionSaid),
  /** Open deals by stage. */
  funnel: z.array(bar),
  /** Nothing of a team's deals is at risk: said, because the block is missed. */
  isCalm: z.boolean(),
  rule: scheduleRule.nullable(),
  setBy: z.string().nullable(),
});
export type DigestSaid = z.infer<typeof digestSaid>;

/** Numbers of a digest by name, and whose records they count: those of another team are not compared. */
export interface Stands {
  of: string;
  figures: Record<string, string>;
}

/** Rows of a figure by columns, so that thousands of them stay small. */
export interface KeptRows {
  kinds: string[];
  ids: string[];
  owners: (string | null)[];
  /** `12300 CNY`. */
  amounts: (string | null)[];
  notes: (Inline | null)[];
}

export const channelShape = z.strictObject({
  id: z.string(),
  label: z.string(),
  platform: z.enum(['slack', 'teams']),
});

export const digestView = z.strictObject({
  id: z.string().nullable(),
  /** What `digest stop 2` counts; null outside of the list. */
  number: z.int().nullable(),
  kind: kindShape,
  channel: channelShape.nullable(),
  /** Of one in a direct message. */
  member: z.strictObject({ id: z.string(), name: z.string(), isReader: z.boolean() }).nullable(),
  isHere: z.boolean(),
  rule: scheduleRule,
  timeZone: z.string(),
  locale: z.enum(['en', 'zh-CN']),
  scope: funnelScope.nullable(),
  setBy: z.string().nullable(),
  /** Null: paused. */
  nextAt: z.string().nullable(),
  pausedReason: z.string().nullable(),
  /** Whether the reader may stop it. */
  mayStop: z.boolean(),
});
export type DigestView = z.infer<typeof digestView>;

export const digestSet = z.strictObject({
  digest: digestView,
  /** What it was before; null: it is new, or the same. */
  before: z
    .strictObject({ rule: scheduleRule, scope: funnelScope.nullable(), setBy: z.string().nullable() })
    .nullable(),
  isNews: z.boolean(),
});
export type DigestSet = z.infer<typeof digestSet>;

export const digestList = z.strictObject({
  /** The place asked for, as it is typed and as it is called; null: everywhere. */
  of: z.strictObject({ channel: z.string().nullable(), label: z.string() }).nullable(),
  digests: z.array(digestView),
  /** All of them, on every page; the first page is 0. */
  count: z.int(),
  page: z.int(),
  hasMore: z.boolean(),
});
export type DigestList = z.infer<typeof digestList>;

export const digestStopped = z.strictObject({
  stopped: z.array(digestView),
});
export type DigestStopped = z.infer<typeof digestStopped>;

export const digestPreview = z.strictObject({
  said: digestSaid,
  isEmpty: z.boolean(),
  /** What its numbers are opened with. */
  asked: z.strictObject({
    kind: kindShape,
    digest: z.string().optional(),
    group: z.string().optional(),
    on: z.string().optional(),
  }),
});
export type DigestPreview = z.infer<typeof digestPreview>;

export const digestSent = z.strictObject({
  sent: z.array(digestView),
  empty: z.array(digestView),
});
export type DigestSent = z.infer<typeof digestSent>;

export const figureRow = z.strictObject({
  kind: z.string(),
  id: z.string(),
  /** `D-142`; null: its kind has no numbers. */
  number: z.string().nullable(),
  name: z.string(),
  amount: amountView.nullable(),
  note: inlineShape.nullable(),
  press: z.strictObject({ a: z.string(), i: z.record(z.string(), z.unknown()) }).nullable(),
});
export type FigureRow = z.infer<typeof figureRow>;

export const figureOpened = z.strictObject({
  label: inlineShape,
  figure: z.string(),
  asked: z.record(z.string(), z.unknown()),
  asOf: z.string(),
  /** All there are, and those the reader may see. */
  count: z.int(),
  seen: z.int(),
  /** Of those seen, per currency. */
  amounts: z.array(amountView),
  withoutAmount: z.int(),
  rows: z.array(figureRow),
  page: z.int(),
  pages: z.int(),
});
export type FigureOpened = z.infer<typeof figureOpened>;
