import {
  and,
  asc,
  desc,
  eq,
  exists,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  ne,
  notInArray,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { Ctx, RecordChange } from '../../../runtime/context.ts';
import { outbox } from '../../../store/tables/outbox.ts';
import { repeats } from '../../../store/tables/short-lived.ts';
import { audit, recordChanges } from '../../../store/tables/trail.ts';
import { rowsOf } from '../../../store/tx.ts';
import type { Consequence, Trace } from './rules.ts';

export type AuditRow = typeof audit.$inferSelect;
type Reading = Pick<Ctx, 'org' | 'tx'>;

export const undoAction = 'audit.undo';

/** The member's latest write since `since` that changed records and has not been undone. */
export async function lastWriteOf(
  ctx: Reading,
  memberId: string,
  since: Date,
): Promise<AuditRow | undefined> {
  const rows = await ctx.tx
    .select()
    .from(audit)
    .where(
      and(
        eq(audit.orgId, ctx.org.id),
        eq(audit.actorId, memberId),
        gte(audit.at, since),
        ne(audit.action, undoAction),
        exists(
          ctx.tx
            .select({ one: sql`1` })
            .from(recordChanges)
            .where(and(eq(recordChanges.orgId, audit.orgId), eq(recordChanges.auditId, audit.id))),
        ),
        sql`not exists (
          select 1 from audit undo where undo.org_id = ${audit.orgId} and undo.actor_id = ${memberId}
            and undo.at >= ${audit.at} and undo.action = ${undoAction}
            and undo.input ->> 'audit' = ${audit.id}::text)`,
      ),
    )
    .orderBy(desc(audit.at), desc(audit.id))
    .limit(1);
  return rows[0];
}

export async function readAudit(ctx: Reading, id: string): Promise<AuditRow | undefined> {
  const rows = await ctx.tx
    .select()
    .from(audit)
    .where(and(eq(audit.orgId, ctx.org.id), eq(audit.id, id)));
  return rows[0];
}

/** When the entry was undone, if it was. */
export async function undoneAt(ctx: Reading, entry: AuditRow): Promise<Date | undefined> {
  const rows = await ctx.tx
    .select({ at: audit.at })
    .from(audit)
    .where(
      and(
        eq(audit.orgId, ctx.org.id),
        gte(audit.at, entry.at),
        eq(audit.action, undoAction),
        sql`${audit.input} ->> 'audit' = ${entry.id}`,
      ),
    )
    .limit(1);
  return rows[0]?.at;
}

/** An entry, and what was done about it by itself: by events and jobs, as far as five of them one after the other. */
export async function consequencesOf(
  ctx: Reading,
  auditId: string,
  irreversible: readonly string[],
): Promise<Consequence[]> {
  return rowsOf<Consequence>(
    ctx.tx,
    sql`with recursive followed(id, cause_id, depth) as (
        select ${auditId}::uuid, null::uuid, 0
        union
        select audit.id, audit.cause_id, followed.depth + 1 from followed
          join audit on audit.org_id = ${ctx.org.id} and audit.cause_id = followed.id
          where followed.depth < 5 and audit.actor_id is null
      )
      select distinct id, cause_id as "causeId", exists (
        select from record_changes where org_id = ${ctx.org.id} and audit_id = followed.id
          and ${inArray(recordChanges.kind, [...irreversible])}
      ) as "isFinal" from followed`,
  );
}

const changeColumns = {
  kind: recordChanges.kind,
  recordId: recordChanges.recordId,
  number: recordChanges.number,
  op: recordChanges.op,
  version: recordChanges.version,
  before: recordChanges.before,
  after: recordChanges.after,
};

export async function changesOf(ctx: Reading, auditIds: readonly string[]): Promise<RecordChange[]> {
  return ctx.tx
    .select(changeColumns)
    .from(recordChanges)
    .where(and(eq(recordChanges.orgId, ctx.org.id), inArray(recordChanges.auditId, [...auditIds])))
    .orderBy(asc(recordChanges.version), asc(recordChanges.id));
}

export interface LaterChange extends Trace {
  version: number;
  at: Date;
  actorName: string;
  actorId: string | null;
  line: string | null;
}

/** What happened to a record after a version, oldest first, without what these entries did; at most `limit`. */
export async function changesAfter(
  ctx: Reading,
  { recordId, version }: { recordId: string; version: number },
  without: readonly string[],
  limit: number,
): Promise<LaterChange[]> {
  return ctx.tx
    .select({
      auditId: audit.id,
      undoes: sql<
        string | null
      >`case when ${audit.action} = ${undoAction} then ${audit.input} ->> 'audit' end`,
      causeId: audit.causeId,
      version: recordChanges.version,
      at: recordChanges.at,
      actorName: audit.actorName,
      actorId: audit.actorId,
      line: audit.line,
    })
    .from(recordChanges)
    .innerJoin(audit, and(eq(audit.orgId, recordChanges.orgId), eq(audit.id, recordChanges.auditId)))
    .where(
      and(
        eq(recordChanges.orgId, ctx.org.id),
        eq(recordChanges.recordId, recordId),
        gt(recordChanges.version, version),
        notInArray(recordChanges.auditId, [...without]),
      ),
    )
    .orderBy(asc(recordChanges.version))
    .limit(limit);
}

export interface HistoryRow {
  change: RecordChange;
  at: Date;
  actorName: string;
  actorId: string | null;
  platform: string;
  action: string;
  line: string | null;
}

/** Changes of one record, the latest first. */
export async function historyOf(
  ctx: Reading,
  recordId: string,
  offset: number,
  limit: number,
): Promise<HistoryRow[]> {
  return ctx.tx
    .select({
      change: changeColumns,
      at: recordChanges.at,
      actorName: audit.actorName,
      actorId: audit.actorId,
      platform: audit.platform,
      action: audit.action,
      line: audit.line,
    })
    .from(recordChanges)
    .innerJoin(audit, and(eq(audit.orgId, recordChanges.orgId), eq(audit.id, recordChanges.auditId)))
    .where(and(eq(recordChanges.orgId, ctx.org.id), eq(recordChanges.recordId, recordId)))
    .orderBy(desc(recordChanges.version), desc(recordChanges.id))
    .offset(offset)
    .limit(limit);
}

/** Takes back what is still waiting because of these entries. Gives how many, and how many messages are out. */
export async function cancelQueued(
  ctx: Reading,
  auditIds: readonly string[],
): Promise<{ cancelled: number; sent: number }> {
  const ofCause = and(eq(outbox.orgId, ctx.org.id), inArray(outbox.causeAuditId, [...auditIds]));
  // What a request may have left for is on its way, whatever is known of it.
  const cancelled = await ctx.tx
    .update(outbox)
    .set({ state: 'cancelled', lastError: 'undone', settledAt: sql`now()` })
    .where(and(ofCause, inArray(outbox.state, ['ready', 'paused']), isNull(outbox.begunAt)))
    .returning({ kind: outbox.kind });
  const out = await ctx.tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        ofCause,
        or(eq(outbox.op, 'post'), and(eq(outbox.op, 'send'), eq(outbox.state, 'sending'))),
        inArray(outbox.state, ['ready', 'sending', 'sent', 'uncertain', 'folded']),
      ),
    )
    .limit(20);
  return { cancelled: cancelled.filter(({ kind }) => kind === 'delivery').length, sent: out.length };
}

/** After an undo the same line is no repetition: it may be typed again. */
export async function forgetRepeats(ctx: Reading, memberId: string): Promise<void> {
  await ctx.tx.delete(repeats).where(and(eq(repeats.orgId, ctx.org.id), eq(repeats.memberId, memberId)));
}

/**
 * Who made a record, and who was the last to change one of its columns; left out is what these actions did, and what
 * the service did by itself.
 */
export async function handsOn(
  ctx: Reading,
  recordId: string,
  column: string,
  without: readonly string[] = [],
): Promise<{ creatorId: string | null; editorId: string | null }> {
  const latest = async (condition: SQL | undefined) => {
    const rows = await ctx.tx
      .select({ actorId: audit.actorId })
      .from(recordChanges)
      .innerJoin(audit, and(eq(audit.orgId, recordChanges.orgId), eq(audit.id, recordChanges.auditId)))
      .where(and(own, condition))
      .orderBy(desc(recordChanges.version))
      .limit(1);
    return rows[0]?.actorId ?? null;
  };
  const own = and(eq(recordChanges.orgId, ctx.org.id), eq(recordChanges.recordId, recordId));
  const isMade = eq(recordChanges.op, 'create');
  const isEdit = and(
    isNotNull(audit.actorId),
    sql`jsonb_exists(${recordChanges.after}, ${column})`,
    without.length > 0 ? notInArray(audit.action, [...without]) : undefined,
  );
  return { creatorId: await latest(isMade), editorId: await latest(isEdit) };
}
