import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Ctx } from '../../../runtime/context.ts';
import { posts } from '../../../store/tables/outbox.ts';
import type { ChannelDestination } from '../channels/api.ts';
import type { ApprovalStatus } from './model.ts';
import { approvals } from './tables.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

const mostCards = 2000;

/** Stands in a channel, whatever it says there. */
const isStanding = (ctx: Reading, notification: string) =>
  and(
    eq(posts.orgId, ctx.org.id),
    eq(posts.notification, notification),
    eq(posts.placeKind, 'channel'),
    isNotNull(posts.messageRef),
    isNull(posts.goneAt),
  );

/** The card of a pending request in a channel; `isTold`: it shows the request there, by what was queued last. */
export interface PendingCard {
  approvalId: string;
  kind: string;
  requesterId: string;
  subjectOwnerId: string | null;
  place: ChannelDestination;
  isTold: boolean;
}

export async function pendingCards(ctx: Reading, notification: string): Promise<PendingCard[]> {
  const { platform, installation, placeId } = posts;
  const here = sql`jsonb_build_array(jsonb_build_object('channel', jsonb_build_object(
    'platform', ${platform}, 'installation', ${installation}, 'channelId', ${placeId})))`;
  const { id: approvalId, kind, requesterId, subjectOwnerId } = approvals;
  const rows = await ctx.tx
    .select({
      approvalId,
      kind,
      requesterId,
      subjectOwnerId,
      platform,
      installation,
      placeId,
      isTold: sql<boolean>`coalesce(${posts.payload} -> 'places' @> ${here}, false)`,
    })
    .from(approvals)
    .innerJoin(posts, and(isStanding(ctx, notification), eq(posts.key, sql`${approvals.id}::text`)))
    // Repeats the predicate of the index on pending requests.
    .where(and(eq(approvals.orgId, ctx.org.id), sql`${approvals.status} = 'pending'`))
    .orderBy(approvals.requestedAt, posts.id)
    .limit(mostCards);
  return rows.map(({ platform: at, installation: of, placeId: channelId, ...row }) => ({
    ...row,
    place: { platform: at, installation: of, channelId },
  }));
}

export interface ChannelPost {
  key: string;
  payload: unknown;
}

/** Messages that stand in a channel, newest first. */
export function postsIn(
  ctx: Reading,
  notification: string,
  { platform, installation, channelId }: ChannelDestination,
  limit: number,
): Promise<ChannelPost[]> {
  return ctx.tx
    .select({ key: posts.key, payload: posts.payload })
    .from(posts)
    .where(
      and(
        isStanding(ctx, notification),
        eq(posts.platform, platform),
        eq(posts.installation, installation),
        eq(posts.placeId, channelId),
      ),
    )
    .orderBy(desc(posts.queuedAt), desc(posts.id))
    .limit(limit);
}

/** Requests that were answered before, by id. */
export async function answeredBefore(
  ctx: Reading,
  ids: readonly string[],
  before: Date,
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await ctx.tx
    .select({ id: approvals.id })
    .from(approvals)
    .where(
      and(
        eq(approvals.orgId, ctx.org.id),
        sql`${approvals.id} = any(${sql.param([...ids])}::uuid[])`,
        sql`${approvals.status} <> ${'pending' satisfies ApprovalStatus}`,
        sql`${approvals.decidedAt} < ${before.toISOString()}::timestamptz`,
      ),
    );
  return new Set(rows.map(({ id }) => id));
}
