import type { Ref } from '../../../kernel/fields.ts';
import { type Ctx, memberOf } from '../../../runtime/context.ts';
import { channelAt, channelOf, ensureChannel, hereLabel } from './places.ts';
import { type ChannelRow, channelRecord } from './record.ts';
import { requireChannelRight } from './rights.ts';

/** Whose peace it is about: a channel's, or that of whoever asks. */
export interface ListenerFound {
  isChannel: boolean;
  /** `undefined`: the person, or a channel in which nothing is set up. */
  channel: ChannelRow | undefined;
  label: string;
}

/**
 * The channel that was named, else the one somebody stands in, else the person alone. `make`: it is about to be
 * changed, and its row is made; `look`: it is only looked at, which everybody may. Throws AppError `forbidden`.
 */
export async function listenerOf(
  ctx: Ctx,
  ref: Ref | undefined,
  how: { make?: boolean; look?: boolean },
): Promise<ListenerFound> {
  if (!ref && ctx.place?.kind !== 'channel') {
    return { isChannel: false, channel: undefined, label: memberOf(ctx).name };
  }
  const known = ref ? await channelOf(ctx, ref) : await channelAt(ctx);
  if (how.look !== true) await requireChannelRight(ctx, known);
  const channel = how.make === true ? await ensureChannel(ctx, ref) : known;
  const label = channel ? channelRecord.label(channel) : (ref?.label ?? hereLabel(ctx));
  return { isChannel: true, channel, label };
}
