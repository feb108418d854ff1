import { type Ctx, memberOf } from '../../../runtime/context.ts';
import { changeRecord, createRecord } from '../../../store/records.ts';
import type { ListenerFound } from './listener.ts';
import { type Listener, muteRow, mutesOf, type Subject } from './queries.ts';
import { muteRecord } from './record.ts';

function keyOf(ctx: Ctx, { isChannel, channel }: ListenerFound): Listener | undefined {
  if (!isChannel) return { memberId: memberOf(ctx).memberId };
  return channel && { channelId: channel.id };
}

/** Mutes until an instant, or until somebody unmutes. `false`: it was so before. */
export async function putMute(
  ctx: Ctx,
  found: ListenerFound,
  subject: Subject | undefined,
  until: Date | null,
): Promise<boolean> {
  const listener = keyOf(ctx, found);
  if (!listener) throw new TypeError('the channel has no row');
  const known = await muteRow(ctx, listener, subject);
  const mutedBy = ctx.actor.kind === 'member' ? ctx.actor.memberId : null;
  if (known) {
    const after = await changeRecord(ctx, muteRecord, known, { until, mutedBy, archivedAt: null });
    return after.version !== known.version;
  }
  await createRecord(ctx, muteRecord, {
    channelId: 'channelId' in listener ? listener.channelId : null,
    memberId: 'memberId' in listener ? listener.memberId : null,
    subjectKind: subject?.kind ?? null,
    subjectId: subject?.id ?? null,
    until,
    mutedBy,
  });
  return true;
}

/** Lifts the mute of a record, or of everything; those of other records stay and are counted. */
export async function liftMutes(
  ctx: Ctx,
  found: ListenerFound,
  subject: Subject | undefined,
): Promise<{ lifted: number; left: number }> {
  const listener = keyOf(ctx, found);
  const mutes = listener ? await mutesOf(ctx, listener) : [];
  const meant = mutes.filter(({ subjectId }) => subjectId === (subject?.id ?? null));
  for (const mute of meant) await changeRecord(ctx, muteRecord, mute, { archivedAt: ctx.now });
  return { lifted: meant.length, left: mutes.length - meant.length };
}
