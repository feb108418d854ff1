import { and, isNotNull, isNull, sql } from 'drizzle-orm';
import { gates, outbox } from '../store/tables/outbox.ts';
import { schedules } from '../store/tables/schedules.ts';
import type { Database } from './db/database.ts';

/** How the work of all organizations stands that goes out by itself. */
export interface OutgoingState {
  schedules: number;
  /** Should have run more than ten minutes ago: no process is running them. */
  overdue: number;
  pausedSchedules: number;
  /** Messages and work that need somebody. */
  uncertain: number;
  dead: number;
  held: number;
  /** Channels and workspaces that take no messages. */
  shut: number;
}

/** Reads across organizations; `now` is business time. */
export async function outgoingState(db: Database, now: Date): Promise<OutgoingState> {
  return db.transaction({ as: 'relay' }, async (tx) => {
    const late = new Date(now.getTime() - 10 * 60_000).toISOString();
    const [planned] = await tx
      .select({
        all: sql<string>`count(*)`,
        overdue: sql<string>`count(*) filter (where ${and(isNull(schedules.pausedAt), sql`${schedules.nextRunAt} < ${late}::timestamptz`)})`,
        paused: sql<string>`count(*) filter (where ${isNotNull(schedules.pausedAt)})`,
      })
      .from(schedules);
    const rows = await tx
      .select({ state: outbox.state, count: sql<string>`count(*)` })
      .from(outbox)
      .where(sql`${outbox.state} in ('uncertain', 'paused', 'dead')`)
      .groupBy(outbox.state);
    const [shut] = await tx
      .select({ count: sql<string>`count(*)` })
      .from(gates)
      // Whoever has never written to the app yet is no trouble.
      .where(and(isNotNull(gates.pausedAt), sql`${gates.key} not like '%:person:%'`));
    const of = (state: string) => Number(rows.find((row) => row.state === state)?.count ?? 0);
    return {
      schedules: Number(planned?.all ?? 0),
      overdue: Number(planned?.overdue ?? 0),
      pausedSchedules: Number(planned?.paused ?? 0),
      uncertain: of('uncertain'),
      dead: of('dead'),
      held: of('paused'),
      shut: Number(shut?.count ?? 0),
    };
  });
}
