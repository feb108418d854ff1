import { asc, sql } from 'drizzle-orm';
import { installationOfKey } from '../runtime/relay/work.ts';
import { gates } from '../store/tables/outbox.ts';
import type { Tx } from '../store/tx.ts';

/** How fast a platform takes messages at one destination: one every so many milliseconds, so many at once. */
export interface Pace {
  everyMs: number;
  burst: number;
}

export type Paces = Readonly<Record<'slack' | 'teams', Pace>>;

/** A row that goes through a destination's gate. */
export interface Passing {
  orgId: string;
  id: string;
  orderKey: string;
}

export type Passage =
  | { may: 'pass'; failuresBefore: number }
  | { may: 'wait'; until: Date }
  | { may: 'stop'; reason: string };

type Gate = Pick<
  typeof gates.$inferSelect,
  'orgId' | 'key' | 'usedUpTo' | 'failures' | 'closedUntil' | 'pausedAt' | 'pausedReason'
>;

/** Failures in a row after which an installation is left alone for a while. */
export const breaksAfter = 5;
const firstBreakSeconds = 5;
const longestBreakSeconds = 120;

/**
 * Failures in a row after one more. What was under way when the circuit broke breaks it no further: only whoever went
 * ahead to see has found out anything since.
 */
export function failuresAfter(now: number, whenClaimed: number): number {
  return whenClaimed < breaksAfter ? Math.max(now, Math.min(now + 1, breaksAfter)) : now + 1;
}

/** How long an installation is left alone after so many failures in a row; 0: not at all. */
export function breakSeconds(failures: number): number {
  if (failures < breaksAfter) return 0;
  return Math.min(firstBreakSeconds * 2 ** (failures - breaksAfter), longestBreakSeconds);
}

/**
 * Lets rows through the gates of their destination and installation and takes from the destination's allowance, in
 * the transaction of the claim. Gates are locked in the order of their keys, so that two claims never wait for each
 * other.
 */
export async function passGates(
  tx: Tx,
  rows: readonly Passing[],
  paces: Paces,
  leaseSeconds: number,
): Promise<{ now: Date; passages: Map<string, Passage> }> {
  const keys = new Map(
    rows.flatMap(({ orgId, orderKey }) =>
      [orderKey, installationOfKey(orderKey)].map((key) => [`${orgId} ${key}`, { orgId, key }] as const),
    ),
  );
  const wanted = [...keys].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, gate]) => gate);
  await tx.insert(gates).values(wanted).onConflictDoNothing();
  const locked = await tx
    .select()
    .from(gates)
    .where(
      // Pair by pair, which the primary key serves.
      sql`(${gates.orgId}, ${gates.key}) in (${sql.join(
        wanted.map((gate) => sql`(${gate.orgId}::uuid, ${gate.key})`),
        sql`, `,
      )})`,
    )
    .orderBy(asc(gates.orgId), asc(gates.key))
    .for('update');
  const [clock] = await tx.select({ now: sql<string>`clock_timestamp()::text` }).from(sql`(select 1) as one`);
  const now = new Date(clock?.now ?? 0);
  const byKey = new Map<string, Gate>(locked.map((gate) => [`${gate.orgId} ${gate.key}`, gate]));
  const changed = new Set<Gate>();
  const passages = new Map<string, Passage>();
  for (const { orgId, id, orderKey } of rows) {
    const destination = byKey.get(`${orgId} ${orderKey}`);
    const installation = byKey.get(`${orgId} ${installationOfKey(orderKey)}`);
    if (!destination || !installation) continue;
    const pace = paces[orderKey.startsWith('slack:') ? 'slack' : 'teams'];
    passages.set(id, passageOf({ destination, installation, pace, now, leaseSeconds, changed }));
  }
  for (const { orgId, key, usedUpTo, closedUntil } of changed) {
    await tx
      .update(gates)
      .set({ usedUpTo, closedUntil })
      .where(sql`${gates.orgId} = ${orgId} and ${gates.key} = ${key}`);
  }
  return { now, passages };
}

interface At {
  destination: Gate;
  installation: Gate;
  pace: Pace;
  now: Date;
  leaseSeconds: number;
  changed: Set<Gate>;
}

function passageOf({ destination, installation, pace, now, leaseSeconds, changed }: At): Passage {
  const shut = [installation, destination].find((gate) => gate.pausedAt !== null);
  if (shut) return { may: 'stop', reason: shut.pausedReason ?? 'paused' };
  if (installation.closedUntil !== null && installation.closedUntil > now) {
    return { may: 'wait', until: installation.closedUntil };
  }
  const used = destination.usedUpTo ?? now;
  const allowedAt = new Date(used.getTime() - (pace.burst - 1) * pace.everyMs);
  if (allowedAt > now) return { may: 'wait', until: allowedAt };
  if (installation.failures >= breaksAfter) {
    // One goes ahead to see; the others wait for what it finds out.
    installation.closedUntil = new Date(now.getTime() + leaseSeconds * 1000);
    changed.add(installation);
  }
  destination.usedUpTo = new Date(Math.max(used.getTime(), now.getTime()) + pace.everyMs);
  changed.add(destination);
  return { may: 'pass', failuresBefore: installation.failures };
}
