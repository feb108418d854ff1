import { and, asc, desc, eq, inArray, isNotNull, or, sql } from 'drizzle-orm';
import type { Ctx } from '../../../runtime/context.ts';
import { openGate } from '../../../store/gates.ts';
import { gates, outbox, posts } from '../../../store/tables/outbox.ts';
import { installations, members } from '../../../store/tables/people.ts';
import { channels } from '../channels/tables.ts';
import type { DeliveryList, DeliveryState, DeliveryView, GateView } from './model.ts';
import { noteOpened, noteTaken, type Taken } from './noting.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

const troubled = ['uncertain', 'paused', 'dead'] as const;
type State = (typeof outbox.$inferSelect)['state'];

const stateOf = (state: State): DeliveryState =>
  state === 'ready' || state === 'sending' ? 'waiting' : state;

/** Messages the latest first; `isAll: false`: only what needs somebody. */
export async function deliveriesOf(
  ctx: Reading,
  { isAll, limit, offset }: { isAll: boolean; limit: number; offset: number },
): Promise<DeliveryView[]> {
  // A message's first row has its id; edits and work that failed stand beside it.
  const rows = await ctx.tx
    .select({ work: outbox, post: posts, member: members.name, channel: channels.name })
    .from(outbox)
    .leftJoin(posts, and(eq(posts.orgId, outbox.orgId), eq(posts.id, outbox.postId)))
    .leftJoin(members, and(eq(members.orgId, posts.orgId), eq(members.id, posts.memberId)))
    .leftJoin(
      channels,
      and(
        eq(channels.orgId, posts.orgId),
        eq(channels.platform, posts.platform),
        eq(channels.installation, posts.installation),
        eq(channels.placeId, posts.placeId),
      ),
    )
    .where(
      and(
        eq(outbox.orgId, ctx.org.id),
        isAll
          ? eq(outbox.op, 'post')
          : // As in the predicate of the index.
            sql`${outbox.state} in ('uncertain', 'paused', 'dead')`,
      ),
    )
    // Messages of one cause share its position.
    .orderBy(desc(outbox.position), desc(outbox.id))
    .limit(limit)
    .offset(offset);
  return rows.map(({ work, post, member, channel }) => ({
    id: work.id,
    what: work.name,
    state: stateOf(work.state),
    place: post && {
      platform: post.platform,
      kind: post.placeKind,
      name: post.placeKind === 'person' ? member : channel,
    },
    queuedAt: work.queuedAt.toISOString(),
    sentAt: post?.sentAt?.toISOString() ?? null,
    editedAt: post?.editedAt?.toISOString() ?? null,
    attempts: work.attempts,
    reason: work.lastError,
    isPosted: post?.messageRef != null,
  }));
}

/** How many are in each state that is not settled. */
export async function countTrouble(ctx: Reading): Promise<DeliveryList['counts']> {
  const rows = await ctx.tx
    .select({ state: outbox.state, count: sql<string>`count(*)` })
    .from(outbox)
    .where(
      and(
        eq(outbox.orgId, ctx.org.id),
        or(
          sql`${outbox.state} in ('uncertain', 'paused', 'dead')`,
          and(sql`${outbox.state} in ('ready', 'sending')`, isNotNull(outbox.op)),
        ),
      ),
    )
    .groupBy(outbox.state);
  const of = (...states: State[]) =>
    rows.filter(({ state }) => states.includes(state)).reduce((sum, { count }) => sum + Number(count), 0);
  return {
    uncertain: of('uncertain'),
    paused: of('paused'),
    dead: of('dead'),
    waiting: of('ready', 'sending'),
  };
}

/** Places that take no messages, the latest first. */
export async function pausedGates(ctx: Reading, limit: number): Promise<GateView[]> {
  const rows = await ctx.tx
    .select({
      key: gates.key,
      reason: gates.pausedReason,
      at: gates.pausedAt,
      waiting: sql<string>`(select count(*) from ${outbox} as held where held.org_id = ${gates.orgId}
        and held.state = 'paused'
        and (held.order_key = ${gates.key} or starts_with(held.order_key, ${gates.key} || ':')))`,
    })
    .from(gates)
    .where(and(eq(gates.orgId, ctx.org.id), isNotNull(gates.pausedAt)))
    .orderBy(desc(gates.pausedAt), asc(gates.key))
    .limit(limit);
  return Promise.all(
    rows.map(async ({ key, reason, at, waiting }) => ({
      gate: key,
      ...(await nameOfGate(ctx, key)),
      reason: reason ?? '',
      pausedAt: (at ?? new Date(0)).toISOString(),
      waiting: Number(waiting),
    })),
  );
}

/** What people call the place or workspace of a gate (`slack:T1:channel:C1`). */
export async function nameOfGate(
  ctx: Reading,
  key: string,
): Promise<Pick<GateView, 'platform' | 'scope' | 'name'>> {
  const [first = '', installation = '', kind, ...rest] = key.split(':');
  const platform = first === 'teams' ? ('teams' as const) : ('slack' as const);
  const placeId = rest.join(':');
  if (kind === undefined) {
    const [found] = await ctx.tx
      .select({ name: installations.name })
      .from(installations)
      .where(
        and(
          eq(installations.orgId, ctx.org.id),
          eq(installations.platform, platform),
          eq(installations.externalId, installation),
        ),
      );
    return { platform, scope: 'installation', name: found?.name ?? null };
  }
  if (kind === 'channel') {
    const [found] = await ctx.tx
      .select({ name: channels.name })
      .from(channels)
      .where(
        and(
          eq(channels.orgId, ctx.org.id),
          eq(channels.platform, platform),
          eq(channels.installation, installation),
          eq(channels.placeId, placeId),
        ),
      );
    return { platform, scope: 'destination', name: found?.name ?? null };
  }
  const [found] = await ctx.tx
    .select({ name: members.name })
    .from(posts)
    .innerJoin(members, and(eq(members.orgId, posts.orgId), eq(members.id, posts.memberId)))
    .where(
      and(
        eq(posts.orgId, ctx.org.id),
        eq(posts.platform, platform),
        eq(posts.installation, installation),
        eq(posts.placeKind, 'person'),
        eq(posts.placeId, placeId),
      ),
    )
    .limit(1);
  return { platform, scope: 'destination', name: found?.name ?? null };
}

/** Who set up the channel of a gate, if anybody did. */
export async function setterOf(ctx: Reading, placeId: string): Promise<string | null> {
  const [found] = await ctx.tx
    .select({ setBy: channels.setBy })
    .from(channels)
    .innerJoin(members, and(eq(members.orgId, channels.orgId), eq(members.id, channels.setBy)))
    .where(and(eq(channels.orgId, ctx.org.id), eq(channels.placeId, placeId), eq(members.status, 'active')));
  return found?.setBy ?? null;
}

/** Opens one gate, or every one that is shut. Answers how many. */
export async function openGates(
  ctx: Ctx,
  gate: string | undefined,
): Promise<{ gates: number; messages: number }> {
  const shut = await ctx.tx
    .select({ key: gates.key, reason: gates.pausedReason })
    .from(gates)
    .where(
      and(
        eq(gates.orgId, ctx.org.id),
        isNotNull(gates.pausedAt),
        gate === undefined
          ? undefined
          : or(eq(gates.key, gate), sql`starts_with(${gates.key}, ${`${gate}:`})`),
      ),
    );
  let messages = 0;
  for (const { key, reason } of shut) {
    const freed = await openGate(ctx.tx, ctx.org.id, key);
    noteOpened(ctx, { gate: key, reason, messages: freed });
    messages += freed;
  }
  return { gates: shut.length, messages };
}

/**
 * Sends again what is dead, or the one that is named, uncertain ones too. A message that stands there already is
 * changed in place. Answers how many are on their way.
 */
export async function sendAgain(ctx: Ctx, id: string | undefined): Promise<number> {
  const taken = await takeTroubled(ctx, id === undefined ? { state: 'dead' } : { id });
  const rows = await ctx.tx
    .update(outbox)
    .set({
      state: 'ready',
      attempts: 0,
      begunAt: null,
      settledAt: null,
      queuedAt: sql`now()`,
      dueAt: sql`now()`,
    })
    .where(
      and(
        eq(outbox.orgId, ctx.org.id),
        inArray(
          outbox.id,
          taken.map((one) => one.id),
        ),
      ),
    )
    .returning({ id: outbox.id, op: outbox.op, postId: outbox.postId });
  noteTaken(ctx, taken, 'ready');
  const postIds = rows.flatMap(({ op, postId }) => (op === 'post' && postId !== null ? [postId] : []));
  if (postIds.length > 0) {
    const posted = await ctx.tx
      .select({ id: posts.id })
      .from(posts)
      .where(and(eq(posts.orgId, ctx.org.id), inArray(posts.id, postIds), isNotNull(posts.messageRef)));
    // Its plain words arrived: now the card takes their place.
    if (posted.length > 0) {
      await ctx.tx
        .update(outbox)
        .set({ op: 'revise' })
        .where(
          and(
            eq(outbox.orgId, ctx.org.id),
            inArray(
              outbox.id,
              posted.map((post) => post.id),
            ),
          ),
        );
    }
  }
  return rows.length;
}

/** Somebody has looked: it arrived, or nobody needs it any more. */
export async function dismiss(ctx: Ctx, id: string): Promise<boolean> {
  const taken = await takeTroubled(ctx, { id });
  if (taken.length === 0) return false;
  await ctx.tx
    .update(outbox)
    .set({ state: 'cancelled', settledAt: sql`now()` })
    .where(and(eq(outbox.orgId, ctx.org.id), eq(outbox.id, id)));
  noteTaken(ctx, taken, 'cancelled');
  return true;
}

/** What needs somebody: the one that is named or all that are dead, locked. Of two who take one, one gets it. */
async function takeTroubled(ctx: Reading, which: { id: string } | { state: 'dead' }): Promise<Taken[]> {
  const rows = await ctx.tx
    .select({
      id: outbox.id,
      name: outbox.name,
      state: outbox.state,
      postId: outbox.postId,
      orderKey: outbox.orderKey,
      fence: outbox.fence,
    })
    .from(outbox)
    .where(
      and(
        eq(outbox.orgId, ctx.org.id),
        'id' in which
          ? and(eq(outbox.id, which.id), inArray(outbox.state, [...troubled]))
          : eq(outbox.state, which.state),
      ),
    )
    .orderBy(asc(outbox.position))
    .for('update');
  return rows.map(({ state, postId, orderKey, ...row }) => ({
    ...row,
    state: state as Taken['state'],
    gate: postId === null ? null : orderKey,
  }));
}
