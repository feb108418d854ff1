import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Locale } from '../kernel/text.ts';
import type { Destination } from '../runtime/ports.ts';
import {
  type Address,
  destinationKey,
  type Post,
  type Posts,
  type WorkQueue,
} from '../runtime/relay/work.ts';
import { outbox, posts } from '../store/tables/outbox.ts';
import type { Tx } from '../store/tx.ts';
import type { Database } from './db/database.ts';

/** Told as one at most: a card has to stay readable. */
const mostFolded = 200;

/** Messages of ours in chats and their receipts. */
export function createPosts(db: Database, queue: Pick<WorkQueue, 'settleWithin'>): Posts {
  const asRelay = <T>(run: (tx: Tx) => Promise<T>) => db.transaction({ as: 'relay' }, run);
  return {
    async read({ orgId, postId }) {
      if (!postId) return undefined;
      const rows = await asRelay((tx) =>
        tx
          .select()
          .from(posts)
          .where(and(eq(posts.orgId, orgId), eq(posts.id, postId))),
      );
      return rows[0] && postOf(rows[0]);
    },

    async find(orgId, notification, key, sameAs) {
      const place = placeOf(sameAs);
      const rows = await asRelay((tx) =>
        tx
          .select({ ref: posts.messageRef, payload: posts.payload, goneAt: posts.goneAt })
          .from(posts)
          .where(
            and(
              eq(posts.orgId, orgId),
              eq(posts.notification, notification),
              eq(posts.key, key),
              eq(posts.platform, place.platform),
              eq(posts.installation, place.installation),
              eq(posts.placeKind, place.placeKind),
              eq(posts.placeId, place.placeId),
            ),
          ),
      );
      const [row] = rows;
      return row && { ref: (row.goneAt === null && row.ref) || undefined, payload: row.payload };
    },

    async send(work, key, addresses) {
      const { orgId, name, payload, causeAuditId } = work;
      await asRelay(async (tx) => {
        const rows = addresses.map((address) => ({
          orgId,
          id: uuidv7(),
          notification: name,
          key,
          ...placeOf(address),
          memberId: address.memberId,
          locale: address.locale,
          timeZone: address.timeZone,
          payload,
          causeAuditId,
        }));
        const made =
          rows.length === 0 ? [] : await tx.insert(posts).values(rows).onConflictDoNothing().returning();
        await queueRows(
          tx,
          made.map((row) => ({ ...rowFor('post', row, row.id), position: work.position })),
        );
        await queue.settleWithin(tx, work);
      });
    },

    async edit(work, key, isNews) {
      const { orgId, name, payload } = work;
      await asRelay(async (tx) => {
        const ofKey = and(eq(posts.orgId, orgId), eq(posts.notification, name), eq(posts.key, key));
        const before = await tx.select().from(posts).where(ofKey).for('update');
        const unchanged = new Set(
          before.filter((row) => !isNews(row.payload, postOf(row))).map(({ id }) => id),
        );
        const changed = await tx.update(posts).set({ payload }).where(ofKey).returning();
        const inside = changed.flatMap(({ foldedInto }) => foldedInto ?? []);
        const told = changed.filter(({ id, foldedInto }) => foldedInto === null && !unchanged.has(id));
        const alive = [...told, ...(await foldsOf(tx, orgId, inside, told))].filter(
          ({ goneAt }) => goneAt === null,
        );
        const waiting = await unsentOf(tx, orgId, alive);
        const rows = alive
          .filter((row) => !waiting.has(row.id))
          .map((row) => ({
            ...rowFor('revise', { ...row, causeAuditId: work.causeAuditId }, uuidv7()),
            position: work.position,
          }));
        await queueRows(tx, rows);
        await queue.settleWithin(tx, work);
      });
    },

    async fold({ orgId, name, orderKey, id }, post, most) {
      return asRelay(async (tx) => {
        const told = () =>
          tx
            .select({ payload: posts.payload })
            .from(posts)
            .innerJoin(outbox, and(eq(outbox.orgId, posts.orgId), eq(outbox.id, posts.id)))
            .where(and(eq(posts.orgId, orgId), eq(posts.foldedInto, post.id)))
            .orderBy(asc(outbox.position));
        const already = await told();
        if (already.length > 0 || most === undefined) return already.map(({ payload }) => payload);
        const waiting = await tx
          .select({ id: outbox.id })
          .from(outbox)
          .where(
            and(
              eq(outbox.orgId, orgId),
              eq(outbox.orderKey, orderKey),
              eq(outbox.name, name),
              eq(outbox.op, 'post'),
              sql`${outbox.state} = 'ready'`,
              isNull(outbox.begunAt),
              sql`${outbox.id} <> ${id}`,
            ),
          )
          .orderBy(asc(outbox.position))
          .limit(mostFolded)
          .for('update', { skipLocked: true });
        if (waiting.length < most) return [];
        const ids = waiting.map((row) => row.id);
        await tx
          .update(outbox)
          .set({ state: 'folded', settledAt: sql`now()` })
          .where(and(eq(outbox.orgId, orgId), inArray(outbox.id, ids)));
        await tx
          .update(posts)
          .set({ foldedInto: post.id })
          .where(and(eq(posts.orgId, orgId), inArray(posts.id, ids)));
        return (await told()).map(({ payload }) => payload);
      });
    },
  };
}

/** The messages that tell of others within themselves; those known already are left out. */
async function foldsOf(
  tx: Tx,
  orgId: string,
  ids: readonly string[],
  known: readonly PostRow[],
): Promise<PostRow[]> {
  const wanted = new Set(ids);
  for (const { id } of known) wanted.delete(id);
  if (wanted.size === 0) return [];
  return tx
    .select()
    .from(posts)
    .where(and(eq(posts.orgId, orgId), inArray(posts.id, [...wanted])));
}

/**
 * Messages whose row nobody has claimed: they will say the new words by themselves. The lock waits for a claim that
 * is going on; what it has taken is no longer ready and gets an edit of its own.
 */
async function unsentOf(tx: Tx, orgId: string, rows: readonly { id: string }[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const ids = rows.map((row) => row.id);
  const ready = await tx
    .select({ postId: outbox.postId })
    .from(outbox)
    .where(
      and(
        eq(outbox.orgId, orgId),
        inArray(outbox.postId, ids),
        inArray(outbox.op, ['post', 'revise']),
        sql`${outbox.state} in ('ready', 'paused')`,
        isNull(outbox.begunAt),
      ),
    )
    .for('update');
  return new Set(ready.flatMap(({ postId }) => (postId === null ? [] : [postId])));
}

/** In the place of what they were made from, whichever process was faster with another. */
async function queueRows(
  tx: Tx,
  rows: readonly (typeof outbox.$inferInsert & { position: bigint })[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insert(outbox)
    .overridingSystemValue()
    .values([...rows]);
}

type PostRow = typeof posts.$inferSelect;

function rowFor(op: 'post' | 'revise', row: PostRow, id: string): typeof outbox.$inferInsert {
  const { orgId, notification: name, causeAuditId } = row;
  const orderKey = destinationKey(postOf(row));
  return { orgId, id, kind: 'delivery', name, op, postId: row.id, payload: {}, orderKey, causeAuditId };
}

function placeOf({ platform, to }: Pick<Address, 'platform' | 'to'>) {
  const placeId = to.kind === 'channel' ? to.channelId : to.userId;
  return { platform, installation: to.installation, placeKind: to.kind, placeId };
}

function postOf(row: PostRow): Post {
  const { id, notification, key, platform, installation, placeKind, placeId } = row;
  const to: Destination =
    placeKind === 'channel'
      ? { kind: 'channel', installation, channelId: placeId }
      : { kind: 'person', installation, userId: placeId };
  const { memberId, timeZone, payload, messageRef: ref, foldedInto } = row;
  const locale = row.locale as Locale;
  return { id, notification, key, platform, to, memberId, locale, timeZone, payload, ref, foldedInto };
}
