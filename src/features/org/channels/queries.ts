import { and, asc, eq, gt, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Ctx } from '../../../runtime/context.ts';
import { destinationKey } from '../../../runtime/relay/work.ts';
import { contains } from '../../../store/find.ts';
import { openGate } from '../../../store/gates.ts';
import { outbox } from '../../../store/tables/outbox.ts';
import type { ChannelRow, MuteRow, QuietRow } from './record.ts';
import { channels, mutes, quietHours } from './tables.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

/** Who does not want to hear something. */
export type Listener = { channelId: string } | { memberId: string };
/** What it is about. */
export interface Subject {
  kind: 'deal' | 'lead';
  id: string;
}

/** Where a post goes, as its platform names it. */
export interface PlatformPlace {
  platform: 'slack' | 'teams';
  installation: string;
  placeId: string;
}

function channelsWhere(ctx: Reading, condition: SQL | undefined, limit: number, offset = 0) {
  return ctx.tx
    .select()
    .from(channels)
    .where(and(eq(channels.orgId, ctx.org.id), isNull(channels.archivedAt), condition))
    .orderBy(asc(sql`lower(coalesce(${channels.name}, ${channels.placeId}))`), asc(channels.id))
    .limit(limit)
    .offset(offset);
}

export async function channelById(ctx: Reading, id: string): Promise<ChannelRow | undefined> {
  return (await channelsWhere(ctx, eq(channels.id, id), 1))[0];
}

/** The row of a place, one that was undone included. */
export async function channelRowAt(ctx: Reading, at: PlatformPlace): Promise<ChannelRow | undefined> {
  const rows = await ctx.tx
    .select()
    .from(channels)
    .where(
      and(
        eq(channels.orgId, ctx.org.id),
        eq(channels.platform, at.platform),
        eq(channels.installation, at.installation),
        eq(channels.placeId, at.placeId),
      ),
    );
  return rows[0];
}

/** Channels of exactly this name or platform id, whatever the case. */
export function channelsCalled(ctx: Reading, text: string, limit: number): Promise<ChannelRow[]> {
  const called = or(sql`lower(${channels.name}) = lower(${text})`, eq(channels.placeId, text));
  return channelsWhere(ctx, called, limit);
}

export function channelsNamed(ctx: Reading, query: string, limit: number, offset = 0): Promise<ChannelRow[]> {
  return channelsWhere(ctx, query === '' ? undefined : contains(channels.name, query), limit, offset);
}

function listenerIs(listener: Listener): SQL | undefined {
  return 'channelId' in listener
    ? and(eq(mutes.channelId, listener.channelId), isNull(mutes.memberId))
    : and(eq(mutes.memberId, listener.memberId), isNull(mutes.channelId));
}

const still = (now: Date) => and(isNull(mutes.archivedAt), or(isNull(mutes.until), gt(mutes.until, now)));

/** The mute of a listener for a record or for everything, one that has ended or was lifted included. */
export async function muteRow(
  ctx: Reading,
  listener: Listener,
  subject: Subject | undefined,
): Promise<MuteRow | undefined> {
  const about = subject ? eq(mutes.subjectId, subject.id) : isNull(mutes.subjectId);
  const rows = await ctx.tx
    .select()
    .from(mutes)
    .where(and(eq(mutes.orgId, ctx.org.id), listenerIs(listener), about));
  return rows[0];
}

/** Mutes of a listener that still hold: of everything first. */
export function mutesOf(ctx: Reading & Pick<Ctx, 'now'>, listener: Listener): Promise<MuteRow[]> {
  return ctx.tx
    .select()
    .from(mutes)
    .where(and(eq(mutes.orgId, ctx.org.id), listenerIs(listener), still(ctx.now)))
    .orderBy(sql`${mutes.subjectId} nulls first`, asc(mutes.id))
    .limit(100);
}

/** Those that keep a listener from hearing about a record: of it or of everything. */
export function mutesAgainst(
  ctx: Reading & Pick<Ctx, 'now'>,
  listener: Listener,
  subject: Subject | undefined,
): Promise<MuteRow[]> {
  const about = subject
    ? or(isNull(mutes.subjectId), eq(mutes.subjectId, subject.id))
    : isNull(mutes.subjectId);
  return ctx.tx
    .select()
    .from(mutes)
    .where(and(eq(mutes.orgId, ctx.org.id), listenerIs(listener), about, still(ctx.now)))
    .limit(2);
}

/** Mutes of several channels that still hold. */
export function mutesOfChannels(
  ctx: Reading & Pick<Ctx, 'now'>,
  ids: readonly string[],
): Promise<{ channelId: string | null; subjectId: string | null; until: Date | null }[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return ctx.tx
    .select({ channelId: mutes.channelId, subjectId: mutes.subjectId, until: mutes.until })
    .from(mutes)
    .where(and(eq(mutes.orgId, ctx.org.id), inArray(mutes.channelId, [...ids]), still(ctx.now)));
}

/** A person's own quiet hours, ones that were undone included. */
export async function quietRow(ctx: Reading, memberId: string): Promise<QuietRow | undefined> {
  const rows = await ctx.tx
    .select()
    .from(quietHours)
    .where(and(eq(quietHours.orgId, ctx.org.id), eq(quietHours.memberId, memberId)));
  return rows[0];
}

/** Lets through what waits for a channel that its platform had refused. Answers how many messages that is. */
export function openChannel(
  { tx, org }: Pick<Ctx, 'org' | 'tx'>,
  { platform, installation, placeId }: PlatformPlace,
): Promise<number> {
  return openGate(
    tx,
    org.id,
    destinationKey({ platform, to: { kind: 'channel', installation, channelId: placeId } }),
  );
}

/** Takes back what waits for a channel, for whatever reason, so that nobody sends it later either. */
export async function cancelWaiting(
  { tx, org }: Pick<Ctx, 'org' | 'tx'>,
  { platform, installation, placeId }: PlatformPlace,
  reason: string,
): Promise<void> {
  const key = destinationKey({ platform, to: { kind: 'channel', installation, channelId: placeId } });
  await tx
    .update(outbox)
    .set({ state: 'cancelled', lastError: reason, settledAt: sql`now()` })
    .where(
      and(
        eq(outbox.orgId, org.id),
        eq(outbox.orderKey, key),
        inArray(outbox.op, ['post', 'revise', 'plain']),
        inArray(outbox.state, ['ready', 'paused', 'uncertain', 'dead']),
      ),
    );
}
