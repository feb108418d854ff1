import { and, asc, eq, inArray, isNull, notExists, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { v7 as uuidv7 } from 'uuid';
import type { Claimed, QueuedWork, Settlement, WorkQueue } from '../runtime/relay/work.ts';
import { installationOfKey } from '../runtime/relay/work.ts';
import { gates, outbox, posts } from '../store/tables/outbox.ts';
import type { Tx } from '../store/tx.ts';
import type { Database } from './db/database.ts';
import { breakSeconds, failuresAfter, type Paces, passGates } from './gates.ts';
import { rowsOfEntries } from './outbox.ts';

type Row = typeof outbox.$inferSelect;

const earlier = alias(outbox, 'earlier');
/** What passes gates: messages on their way to one place. */
const toPlaces: ReadonlySet<Row['op']> = new Set<Row['op']>(['post', 'revise', 'plain']);

/** The outbox as a queue. Leases run on database time, so clocks of processes do not matter. */
export function createWorkQueue(db: Database, paces: Paces): WorkQueue {
  return {
    async claim(limit, leaseSeconds) {
      if (limit <= 0) return { work: [], nextInMs: undefined };
      return db.transaction({ as: 'relay' }, async (tx) => {
        const due = await dueRows(tx, limit, await unaddressed(tx));
        if (due.length === 0) return { work: [], nextInMs: undefined };
        const { taken, failures, nextInMs } = await letThrough(tx, due, paces, leaseSeconds);
        return { work: await take(tx, taken, failures, leaseSeconds), nextInMs };
      });
    },

    async begin(work, leaseSeconds) {
      const rows = await db.transaction({ as: 'relay' }, (tx) =>
        tx
          .update(outbox)
          .set({ begunAt: sql`now()`, leaseUntil: leaseFor(leaseSeconds) })
          .where(mine(work))
          .returning({ id: outbox.id }),
      );
      return rows.length > 0;
    },

    async settle(work, settlement) {
      await db.transaction({ as: 'relay' }, async (tx) => {
        const rows = await tx
          .update(outbox)
          .set(columnsOf(settlement))
          .where(mine(work))
          .returning({ id: outbox.id });
        // Somebody else has claimed it since: what they find out counts.
        if (rows.length > 0) await follow(tx, work, settlement);
      });
    },

    async settleWithin(tx, work) {
      const rows = await tx
        .update(outbox)
        .set({ state: 'sent', settledAt: sql`now()`, attempts: sql`${outbox.attempts} + 1` })
        .where(mine(work))
        .returning({ id: outbox.id });
      // Somebody else has claimed it since: their run counts, this one is rolled back.
      if (rows.length === 0) throw new Error('lease lost');
    },
  };
}

function leaseFor(seconds: number) {
  return sql`now() + make_interval(secs => ${seconds})`;
}

const mine = (work: QueuedWork) =>
  and(
    eq(outbox.orgId, work.orgId),
    eq(outbox.id, work.id),
    eq(outbox.fence, work.fence),
    eq(outbox.state, 'sending'),
  );

/**
 * The first notification of each organization whose messages are yet to be made: what was queued later must not
 * overtake them. One that failed and waits for its next try holds up nobody.
 */
function unaddressed(tx: Tx): Promise<{ orgId: string; first: string }[]> {
  return tx
    .select({ orgId: outbox.orgId, first: sql<string>`min(${outbox.position})::text` })
    .from(outbox)
    .where(
      and(
        sql`${outbox.state} in ('ready', 'sending')`,
        sql`${outbox.dueAt} <= now()`,
        inArray(outbox.op, ['send', 'edit']),
      ),
    )
    .groupBy(outbox.orgId);
}

function dueRows(tx: Tx, limit: number, held: readonly { orgId: string; first: string }[]): Promise<Row[]> {
  const behind = held.map(
    ({ orgId, first }) => sql`(${outbox.orgId} = ${orgId} and ${outbox.position} > ${first}::bigint)`,
  );
  return tx
    .select()
    .from(outbox)
    .where(
      and(
        // As in the predicate of the index.
        sql`${outbox.state} in ('ready', 'sending')`,
        sql`${outbox.dueAt} <= now()`,
        sql`(${outbox.state} = 'ready' or ${outbox.leaseUntil} < now())`,
        behind.length === 0
          ? undefined
          : sql`not (coalesce(${outbox.op} in ('post', 'revise', 'plain'), false) and (${sql.join(behind, sql` or `)}))`,
        notExists(
          tx
            .select({ one: sql`1` })
            .from(earlier)
            .where(
              and(
                eq(earlier.orgId, outbox.orgId),
                eq(earlier.orderKey, outbox.orderKey),
                sql`${earlier.position} < ${outbox.position}`,
                sql`${earlier.state} in ('ready', 'sending')`,
              ),
            ),
        ),
      ),
    )
    .orderBy(asc(outbox.dueAt), asc(outbox.position))
    .limit(limit)
    .for('update', { skipLocked: true });
}

interface Through {
  taken: Row[];
  failures: ReadonlyMap<string, number>;
  nextInMs: number | undefined;
}

/** Messages pass the gates of their places; what has to wait there is put off, what is stopped waits for people. */
async function letThrough(tx: Tx, due: Row[], paces: Paces, leaseSeconds: number): Promise<Through> {
  const passing = due.filter(({ op }) => toPlaces.has(op));
  const taken = due.filter(({ op }) => !toPlaces.has(op));
  const failures = new Map<string, number>();
  if (passing.length === 0) return { taken, failures, nextInMs: undefined };
  const { now, passages } = await passGates(tx, passing, paces, leaseSeconds);
  let nextInMs: number | undefined;
  for (const row of passing) {
    const passage = passages.get(row.id);
    if (passage?.may === 'pass') {
      taken.push(row);
      failures.set(row.id, passage.failuresBefore);
    } else if (passage?.may === 'wait') {
      nextInMs = Math.min(nextInMs ?? Number.POSITIVE_INFINITY, passage.until.getTime() - now.getTime());
      await put(tx, row, { dueAt: passage.until });
    } else if (passage?.may === 'stop') {
      await put(tx, row, { state: 'paused', lastError: passage.reason });
    }
  }
  return { taken, failures, nextInMs };
}

/** The row is locked. An interrupted one that has to wait is ready again, with what is known of it kept. */
async function put(tx: Tx, { orgId, id }: Row, values: Partial<typeof outbox.$inferInsert>): Promise<void> {
  await tx
    .update(outbox)
    .set({ state: 'ready', leaseUntil: null, ...values })
    .where(and(eq(outbox.orgId, orgId), eq(outbox.id, id)));
}

async function take(
  tx: Tx,
  taken: readonly Row[],
  failures: ReadonlyMap<string, number>,
  leaseSeconds: number,
): Promise<Claimed['work']> {
  if (taken.length === 0) return [];
  const ids = taken.map((row) => row.id);
  const rows = await tx
    .update(outbox)
    .set({ state: 'sending', fence: sql`${outbox.fence} + 1`, leaseUntil: leaseFor(leaseSeconds) })
    .where(inArray(outbox.id, ids))
    .returning({ row: outbox, age: sql<string>`extract(epoch from now() - ${outbox.queuedAt})` });
  return rows
    .sort((a, b) => (a.row.position < b.row.position ? -1 : 1))
    .map(({ row, age }) => workOf(row, Number(age), failures.get(row.id) ?? 0));
}

function columnsOf(settlement: Settlement) {
  const attempts = sql`${outbox.attempts} + 1`;
  const settledAt = sql`now()`;
  switch (settlement.state) {
    case 'ready':
      return {
        state: settlement.state,
        attempts,
        lastError: settlement.reason,
        dueAt: leaseFor(settlement.afterSeconds),
        ...(settlement.begun ? {} : { begunAt: null }),
      };
    case 'sent':
      return { state: settlement.state, attempts, settledAt, lastError: settlement.reason ?? null };
    case 'paused':
      return {
        state: settlement.state,
        attempts,
        lastError: settlement.reason,
        ...(settlement.begun ? {} : { begunAt: null }),
      };
    case 'gone':
      return { state: 'cancelled' as const, attempts, settledAt, lastError: settlement.reason };
    case 'refused':
      return { state: 'dead' as const, attempts, settledAt, lastError: settlement.reason };
    default:
      return { state: settlement.state, attempts, settledAt, lastError: settlement.reason };
  }
}

/** What a settlement means for the message and the gates. */
async function follow(tx: Tx, work: QueuedWork, settlement: Settlement): Promise<void> {
  const { orgId, postId } = work;
  const ofPost = and(eq(posts.orgId, orgId), eq(posts.id, postId ?? orgId));
  switch (settlement.state) {
    case 'sent':
      if (settlement.receipt) {
        await tx.update(posts).set({ messageRef: settlement.receipt, sentAt: sql`now()` }).where(ofPost);
      } else if (work.op === 'revise') await tx.update(posts).set({ editedAt: sql`now()` }).where(ofPost);
      if (work.failuresBefore > 0) await countFailures(tx, work, 'none');
      return;
    case 'gone':
      await tx.update(posts).set({ goneAt: sql`now()` }).where(ofPost);
      return;
    case 'paused': {
      const shut = await tx
        .update(gates)
        .set({ pausedAt: sql`now()`, pausedReason: settlement.reason })
        .where(and(eq(gates.orgId, orgId), eq(gates.key, settlement.gate), isNull(gates.pausedAt)))
        .returning({ key: gates.key });
      if (shut.length > 0 && settlement.announce.length > 0) {
        await tx.insert(outbox).values(rowsOfEntries(orgId, work.causeAuditId, settlement.announce));
      }
      return;
    }
    case 'refused': {
      const { name, payload, causeAuditId, orderKey } = work;
      const id = uuidv7();
      await tx
        .insert(outbox)
        .values({ orgId, id, kind: 'delivery', name, op: 'plain', postId, payload, orderKey, causeAuditId });
      return;
    }
    default:
      if ('platformIsDown' in settlement && settlement.platformIsDown)
        await countFailures(tx, work, 'one more');
  }
}

async function countFailures(tx: Tx, work: QueuedWork, what: 'none' | 'one more'): Promise<void> {
  const key = installationOfKey(work.orderKey);
  const ofInstallation = and(eq(gates.orgId, work.orgId), eq(gates.key, key));
  const [gate] = await tx.select().from(gates).where(ofInstallation).for('update');
  if (!gate) return;
  const failures = what === 'none' ? 0 : failuresAfter(gate.failures, work.failuresBefore);
  const seconds = breakSeconds(failures);
  const [after] = await tx
    .update(gates)
    .set({ failures, closedUntil: seconds > 0 ? leaseFor(seconds) : null })
    .where(ofInstallation)
    .returning({ closedUntil: gates.closedUntil });
  if (gate.closedUntil === null) return;
  // What waits for the circuit waits as long as it now does: not for whoever went ahead to have to be back.
  // A claim that holds some of them waits for our gate, and sees to those itself.
  const waiting = tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        eq(outbox.orgId, work.orgId),
        eq(outbox.state, 'ready'),
        eq(outbox.dueAt, gate.closedUntil),
        sql`starts_with(${outbox.orderKey}, ${`${key}:`})`,
      ),
    )
    .for('update', { skipLocked: true });
  await tx
    .update(outbox)
    .set({ dueAt: after?.closedUntil ?? sql`now()` })
    .where(and(eq(outbox.orgId, work.orgId), inArray(outbox.id, waiting)));
}

function workOf(row: Row, ageSeconds: number, failuresBefore: number): QueuedWork {
  const { orgId, id, kind, name, handler, op, postId, payload, dedupeKey, orderKey, position } = row;
  const { causeAuditId, attempts, fence } = row;
  const mayHaveArrived = row.begunAt !== null;
  return {
    orgId,
    id,
    kind,
    name,
    handler,
    op,
    postId,
    payload,
    dedupeKey,
    orderKey,
    position,
    causeAuditId,
    attempts,
    fence,
    mayHaveArrived,
    ageSeconds,
    failuresBefore,
  };
}
