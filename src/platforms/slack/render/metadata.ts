import { z } from 'zod';
import { pressSchema, type SealedPress } from '../../../view/press.ts';
import { limits } from '../limits.ts';

/** What a form remembers while it is open: its press, and where its result is shown. */
export interface FormMetadata {
  press: SealedPress;
  responseUrl?: string;
  channelId?: string;
  /** Opened from the home screen, which shows something else afterwards. */
  home?: true;
}

const metadataSchema = z.strictObject({
  p: pressSchema,
  r: z.string().optional(),
  c: z.string().optional(),
  h: z.literal(true).optional(),
});

/** Throws RangeError past Slack's limit. */
export function writeMetadata({ press, responseUrl, channelId, home }: FormMetadata): string {
  const whole = JSON.stringify({ p: press, r: responseUrl, c: channelId, h: home });
  if (whole.length <= limits.privateMetadata) return whole;
  const bare = JSON.stringify({ p: press });
  if (bare.length > limits.privateMetadata) throw new RangeError('press too large for a view');
  return bare;
}

export function readMetadata(text: string): FormMetadata | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const read = metadataSchema.safeParse(json);
  if (!read.success) return undefined;
  const { p, r, c, h } = read.data;
  return {
    press: p,
    ...(r === undefined ? {} : { responseUrl: r }),
    ...(c === undefined ? {} : { channelId: c }),
    ...(h === undefined ? {} : { home: h }),
  };
}
