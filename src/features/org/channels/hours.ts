import type { Ctx } from '../../../runtime/context.ts';
import { readMember } from '../members/api.ts';
import { type Listener, mutesAgainst, quietRow, type Subject } from './queries.ts';
import type { ChannelRow } from './record.ts';
import { holdUntil, latestEnd, type QuietTimes, type ReadingHours, usualQuiet } from './rules.ts';

export function quietOf({
  quietFrom,
  quietTo,
}: {
  quietFrom: string | null;
  quietTo: string | null;
}): QuietTimes {
  return quietFrom === null || quietTo === null ? usualQuiet : { from: quietFrom, to: quietTo };
}

export function hoursOfChannel({ org }: Pick<Ctx, 'org'>, row: ChannelRow): ReadingHours {
  return { timeZone: row.timeZone, quiet: quietOf(row), calendar: org };
}

/** A person's own quiet hours; `undefined`: the usual ones. */
export async function ownQuiet(ctx: Ctx, memberId: string): Promise<QuietTimes | undefined> {
  const row = await quietRow(ctx, memberId);
  return row && row.archivedAt === null ? quietOf(row) : undefined;
}

export async function hoursOfMember(ctx: Ctx, memberId: string): Promise<ReadingHours> {
  const [member, quiet] = await Promise.all([readMember(ctx, memberId), ownQuiet(ctx, memberId)]);
  return {
    timeZone: member?.timeZone ?? ctx.org.timeZone,
    quiet: quiet ?? usualQuiet,
    calendar: ctx.org,
  };
}

/** Why a message waits, and until when; `null`: until somebody unmutes. */
export interface Held {
  because: 'muted' | 'quiet';
  until: Date | null;
}

/** Whether a channel or person has muted a record or everything; `null`: until somebody unmutes. */
export async function mutedUntil(
  ctx: Ctx,
  listener: Listener,
  subject?: Subject,
): Promise<Date | null | undefined> {
  const mutes = await mutesAgainst(ctx, listener, subject);
  return latestEnd(
    mutes.map(({ until }) => until),
    ctx.now,
  );
}

/** Whether a message for a channel or person has to wait now. Clocks and approvals are not asked about here. */
export async function heldNow(
  ctx: Ctx,
  reader: { channel: ChannelRow } | { memberId: string },
  subject?: Subject,
): Promise<Held | undefined> {
  const listener = 'channel' in reader ? { channelId: reader.channel.id } : reader;
  const [muted, hours] = await Promise.all([
    mutedUntil(ctx, listener, subject),
    'channel' in reader ? hoursOfChannel(ctx, reader.channel) : hoursOfMember(ctx, reader.memberId),
  ]);
  if (muted === null) return { because: 'muted', until: null };
  if (muted !== undefined) return { because: 'muted', until: holdUntil(hours, muted) ?? muted };
  const until = holdUntil(hours, ctx.now);
  return until && { because: 'quiet', until };
}
