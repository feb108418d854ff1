import { and, arrayOverlaps, asc, desc, eq, gte, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Inline } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import type { DigestFigure, DigestKind, DigestRow as FigureRow } from '../../../runtime/digest.ts';
import { identities, members } from '../../../store/tables/people.ts';
import { channels } from '../../org/channels/tables.ts';
import type { DigestSaid } from './model.ts';
import type { DigestRow, RunRow } from './record.ts';
import { keptOf, rowsOfKept } from './rules.ts';
import { digestFigures, digestRuns, digests } from './tables.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

/** Where a digest goes: its own row tells its rhythm, if somebody set it. */
export type Target = { channelId: string } | { memberId: string };

const isTarget = (target: Target) =>
  'channelId' in target
    ? and(eq(digests.channelId, target.channelId), isNull(digests.memberId))
    : and(eq(digests.memberId, target.memberId), isNull(digests.channelId));

/** The digest of a kind for a channel or person, one that was stopped or undone included. */
export async function digestRow(
  ctx: Reading,
  kind: DigestKind,
  target: Target,
): Promise<DigestRow | undefined> {
  const rows = await ctx.tx
    .select()
    .from(digests)
    .where(and(eq(digests.orgId, ctx.org.id), eq(digests.kind, kind), isTarget(target)));
  return rows[0];
}

/** Daily ones first, then by day and time. */
const byTime = [
  sql`case ${digests.rule} ->> 'every' when 'week' then 1 when 'month' then 2 else 0 end`,
  sql`coalesce(${digests.rule} -> 'weekday', ${digests.rule} -> 'day')`,
  sql`${digests.rule} ->> 'at'`,
  asc(digests.id),
];

/** A digest with its place in the list of a reader, from 1. */
export interface NumberedDigest {
  digest: DigestRow;
  number: number;
}

/**
 * Digests that were not stopped: a person's own, then those of channels by their names; of one place by their times.
 * Each has the number it has among all the reader may know of, whichever of them are asked for.
 */
export async function liveDigests(
  ctx: Reading,
  of: { memberId: string | undefined },
  which: { target?: Target | undefined; number?: number | undefined },
  { limit, offset }: { limit: number; offset: number },
): Promise<{ rows: NumberedDigest[]; count: number }> {
  const order = [
    sql`${digests.memberId} is null`,
    sql`lower(coalesce(${channels.name}, ${channels.placeId}))`,
    asc(digests.channelId),
    ...byTime,
  ];
  const listed = ctx.tx
    .select({
      listedId: sql<string>`${digests.id}`.as('listed_id'),
      number: sql<number>`row_number() over (order by ${sql.join(order, sql`, `)})`.as('number'),
    })
    .from(digests)
    .leftJoin(channels, and(eq(channels.orgId, digests.orgId), eq(channels.id, digests.channelId)))
    .where(
      and(
        eq(digests.orgId, ctx.org.id),
        isNull(digests.archivedAt),
        isNull(digests.stoppedAt),
        of.memberId === undefined
          ? undefined
          : or(isNull(digests.memberId), eq(digests.memberId, of.memberId)),
      ),
    )
    .as('listed');
  const rows = await ctx.tx
    .select({ digest: digests, number: listed.number, count: sql<number>`count(*) over ()` })
    .from(listed)
    .innerJoin(digests, and(eq(digests.orgId, ctx.org.id), eq(digests.id, listed.listedId)))
    .where(
      and(
        which.target && isTarget(which.target),
        which.number === undefined ? undefined : eq(listed.number, which.number),
      ),
    )
    .orderBy(asc(listed.number))
    .limit(limit)
    .offset(offset);
  return {
    rows: rows.map(({ digest, number }) => ({ digest, number: Number(number) })),
    count: Number(rows[0]?.count ?? 0),
  };
}

/** Those of one channel or person, or the one of an id, however many others there are. */
export function liveDigestsOf(ctx: Reading, which: Target | { id: string }): Promise<DigestRow[]> {
  return ctx.tx
    .select()
    .from(digests)
    .where(
      and(
        eq(digests.orgId, ctx.org.id),
        isNull(digests.archivedAt),
        isNull(digests.stoppedAt),
        'id' in which ? eq(digests.id, which.id) : isTarget(which),
      ),
    )
    .orderBy(...byTime);
}

/** All rows, those stopped included: what schedules are held against. */
export function allDigests(ctx: Reading): Promise<DigestRow[]> {
  return ctx.tx
    .select()
    .from(digests)
    .where(and(eq(digests.orgId, ctx.org.id), isNull(digests.archivedAt)))
    .orderBy(asc(digests.id));
}

/** Active people who sell or manage and can be reached in a chat. */
export function morningPeople(ctx: Reading): Promise<{ id: string; timeZone: string }[]> {
  return ctx.tx
    .select({ id: members.id, timeZone: members.timeZone })
    .from(members)
    .where(
      and(
        eq(members.orgId, ctx.org.id),
        eq(members.status, 'active'),
        sql`${members.roles} && array['rep', 'manager']`,
        sql`exists (select 1 from ${identities} where ${identities.orgId} = ${members.orgId}
          and ${identities.memberId} = ${members.id})`,
      ),
    );
}

/** Keeps what a digest said and what its numbers counted. False: one of this key is there already. */
export async function keepRun(
  ctx: Pick<Ctx, 'org' | 'tx' | 'now'>,
  run: Omit<RunRow, 'orgId' | 'createdAt'>,
  figures: Iterable<DigestFigure>,
): Promise<boolean> {
  const made = await ctx.tx
    .insert(digestRuns)
    .values({ ...run, orgId: ctx.org.id, createdAt: ctx.now })
    .onConflictDoNothing()
    .returning({ id: digestRuns.id });
  if (made.length === 0) return false;
  const rows = [...figures].map(({ name, label, rows: counted }) => ({
    orgId: ctx.org.id,
    runId: run.id,
    name,
    label,
    rows: keptOf(counted),
    createdAt: ctx.now,
  }));
  if (rows.length > 0) await ctx.tx.insert(digestFigures).values(rows);
  return true;
}

export async function keptRun(ctx: Reading, id: string): Promise<RunRow | undefined> {
  const rows = await ctx.tx
    .select()
    .from(digestRuns)
    .where(and(eq(digestRuns.orgId, ctx.org.id), eq(digestRuns.id, id)));
  return rows[0];
}

export async function keptFigure(
  ctx: Reading,
  runId: string,
  name: string,
): Promise<{ label: Inline; rows: FigureRow[] } | undefined> {
  const rows = await ctx.tx
    .select({ label: digestFigures.label, rows: digestFigures.rows })
    .from(digestFigures)
    .where(
      and(eq(digestFigures.orgId, ctx.org.id), eq(digestFigures.runId, runId), eq(digestFigures.name, name)),
    );
  const [row] = rows;
  return row && { label: row.label as Inline, rows: rowsOfKept(row.rows) };
}

/** The last digest of a channel or person that was sent, for "changes since". */
export async function lastTold(
  ctx: Reading,
  keyPrefix: string,
  before: Date,
): Promise<Pick<RunRow, 'asOf' | 'stands'> | undefined> {
  const rows = await ctx.tx
    .select({ asOf: digestRuns.asOf, stands: digestRuns.stands })
    .from(digestRuns)
    .where(
      and(
        eq(digestRuns.orgId, ctx.org.id),
        sql`starts_with(${digestRuns.key}, ${keyPrefix})`,
        isNull(digestRuns.skipped),
        sql`${digestRuns.asOf} < ${before.toISOString()}::timestamptz`,
        sql`${digestRuns.asOf} >= ${new Date(before.getTime() - 40 * 86_400_000).toISOString()}::timestamptz`,
      ),
    )
    .orderBy(desc(digestRuns.asOf))
    .limit(1);
  return rows[0];
}

/** Digests since then with a line about one of the records, locked: two changes at once are both seen. */
export function runsAbout(ctx: Reading, records: readonly string[], since: Date): Promise<RunRow[]> {
  return ctx.tx
    .select()
    .from(digestRuns)
    .where(
      and(
        eq(digestRuns.orgId, ctx.org.id),
        gte(digestRuns.asOf, since),
        isNull(digestRuns.skipped),
        arrayOverlaps(digestRuns.records, [...records]),
      ),
    )
    .orderBy(asc(digestRuns.id))
    .for('update');
}

export async function changeSaid(ctx: Reading, id: string, said: DigestSaid): Promise<void> {
  await ctx.tx
    .update(digestRuns)
    .set({ said })
    .where(and(eq(digestRuns.orgId, ctx.org.id), eq(digestRuns.id, id)));
}

/** Forgets digests older than that, with what their numbers counted. */
export async function forgetRuns(ctx: Reading, before: Date): Promise<void> {
  const old = await ctx.tx
    .delete(digestRuns)
    .where(
      and(eq(digestRuns.orgId, ctx.org.id), sql`${digestRuns.asOf} < ${before.toISOString()}::timestamptz`),
    )
    .returning({ id: digestRuns.id });
  const ids = old.map(({ id }) => id);
  for (let at = 0; at < ids.length; at += 500) {
    await ctx.tx
      .delete(digestFigures)
      .where(and(eq(digestFigures.orgId, ctx.org.id), inArray(digestFigures.runId, ids.slice(at, at + 500))));
  }
}
