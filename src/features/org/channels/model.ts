import { z } from 'zod';

const quietTimes = z.strictObject({ from: z.string(), to: z.string() });
export type QuietView = z.infer<typeof quietTimes>;

/** A channel by what people call it, or the person themselves (`null`). */
const listener = z.strictObject({ id: z.string(), label: z.string() }).nullable();

const subject = z.strictObject({ kind: z.enum(['deal', 'lead']), key: z.string(), label: z.string() });
export type SubjectView = z.infer<typeof subject>;

export const muteChange = z.strictObject({
  channel: listener,
  /** `null`: everything. */
  subject: subject.nullable(),
  /** `null`: until somebody unmutes. */
  until: z.string().nullable(),
  isNews: z.boolean(),
});
export type MuteChange = z.infer<typeof muteChange>;

export const unmuteChange = z.strictObject({
  channel: listener,
  subject: subject.nullable(),
  /** How many mutes were lifted. */
  lifted: z.int(),
  /** Mutes of single records that still hold. */
  left: z.int(),
});
export type UnmuteChange = z.infer<typeof unmuteChange>;

export const quietView = z.strictObject({
  channel: listener,
  quiet: quietTimes,
  /** As everywhere, nobody said otherwise. */
  isUsual: z.boolean(),
  timeZone: z.string(),
  /** What it was before; `null`: it was only shown, or is the same. */
  before: quietTimes.nullable(),
  /** Where messages would wait until now; `null`: they would not. */
  heldUntil: z.string().nullable(),
});
export type QuietChange = z.infer<typeof quietView>;

export const channelView = z.strictObject({
  id: z.string(),
  /** `#sales-east`, or what the platform calls it. */
  label: z.string(),
  platform: z.enum(['slack', 'teams']),
  quiet: quietTimes,
  isUsualQuiet: z.boolean(),
  timeZone: z.string(),
  locale: z.enum(['en', 'zh-CN']),
  /** Everything is muted: until an instant, or until somebody unmutes (`null`). */
  muted: z.strictObject({ until: z.string().nullable() }).nullable(),
  mutedRecords: z.int(),
  isShared: z.boolean(),
  noiseBudget: z.int(),
  setBy: z.string().nullable(),
});
export type ChannelView = z.infer<typeof channelView>;

export const channelList = z.strictObject({
  channels: z.array(channelView),
  page: z.int(),
  hasMore: z.boolean(),
});
export type ChannelList = z.infer<typeof channelList>;
