import { and, asc, desc, eq, gte, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { Ctx } from '../../../runtime/context.ts';
import { outbox, posts } from '../../../store/tables/outbox.ts';
import { units } from '../../../store/tables/people.ts';
import { digestRuns } from '../digests/tables.ts';
import type { AlertKind } from './kinds.ts';
import type { AlertEnding } from './model.ts';
import type { AlertMessageRow, AlertRow, AlertRuleRow, AlertTellingRow } from './record.ts';
import type { ToldBefore } from './rules.ts';
import { alertMessages, alertRules, alerts, alertTellings } from './tables.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

/** Who is told: a channel by its row, or a person. */
export type Listener = { channelId: string; memberId: null } | { channelId: null; memberId: string };

type ListenerTable = typeof alertRules | typeof alertMessages | typeof alertTellings;

function listenerIs(table: ListenerTable, { channelId, memberId }: Listener): SQL | undefined {
  return and(
    channelId === null ? isNull(table.channelId) : eq(table.channelId, channelId),
    memberId === null ? isNull(table.memberId) : eq(table.memberId, memberId),
  );
}

const live = (ctx: Reading) => and(eq(alertRules.orgId, ctx.org.id), isNull(alertRules.archivedAt));

/** More rules than this an organization does not have. */
const mostRules = 2000;

export function rulesOfKinds(ctx: Reading, kinds: readonly AlertKind[]): Promise<AlertRuleRow[]> {
  return ctx.tx
    .select()
    .from(alertRules)
    .where(and(live(ctx), inArray(alertRules.kind, [...kinds])))
    .orderBy(asc(alertRules.id))
    .limit(mostRules);
}

/** Rules of one listener, or of everybody. */
export function liveRules(ctx: Reading, listener?: Listener): Promise<AlertRuleRow[]> {
  return ctx.tx
    .select()
    .from(alertRules)
    .where(and(live(ctx), listener && listenerIs(alertRules, listener)))
    .orderBy(asc(alertRules.channelId), asc(alertRules.memberId), asc(alertRules.id))
    .limit(mostRules);
}

/** The rules of a listener, ones that were stopped included: there is one of each kind. */
export function everyRule(ctx: Reading, listener: Listener): Promise<AlertRuleRow[]> {
  return ctx.tx
    .select()
    .from(alertRules)
    .where(and(eq(alertRules.orgId, ctx.org.id), listenerIs(alertRules, listener)));
}

export async function unitNames(ctx: Reading, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.tx
    .select({ id: units.id, name: units.name })
    .from(units)
    .where(and(eq(units.orgId, ctx.org.id), inArray(units.id, [...ids])));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Alerts that hold, oldest first. */
export function openAlerts(
  ctx: Reading,
  by: { kinds: readonly AlertKind[] } | { recordId: string },
  limit: number,
): Promise<AlertRow[]> {
  const which = 'kinds' in by ? inArray(alerts.kind, [...by.kinds]) : eq(alerts.recordId, by.recordId);
  return ctx.tx
    .select()
    .from(alerts)
    .where(and(eq(alerts.orgId, ctx.org.id), isNull(alerts.endedAt), which))
    .orderBy(asc(alerts.firstAt), asc(alerts.id))
    .limit(limit);
}

export type NewAlert = Pick<
  AlertRow,
  'kind' | 'recordKind' | 'recordId' | 'ownerId' | 'amountMinor' | 'currency' | 'facts'
>;

/** Finds what holds now: of all records, or of one. */
export type Find = (ctx: Ctx, id?: string) => Promise<NewAlert[]>;

/** Rows of one insert: wide tables stay below the parameters a statement takes. */
const rowsPerInsert = 1000;

/** Writes down what has come true; what holds already is left out of the answer. */
export async function openNew(ctx: Ctx, found: readonly NewAlert[]): Promise<AlertRow[]> {
  const opened: AlertRow[] = [];
  for (let at = 0; at < found.length; at += rowsPerInsert) {
    const rows = found
      .slice(at, at + rowsPerInsert)
      .map((one) => ({ ...one, orgId: ctx.org.id, id: ctx.newId(), firstAt: ctx.now, lastAt: ctx.now }));
    opened.push(...(await ctx.tx.insert(alerts).values(rows).onConflictDoNothing().returning()));
  }
  return opened;
}

/** What an alert that goes on says from now on. */
export async function evolve(ctx: Ctx, id: string, found: NewAlert): Promise<void> {
  const { facts, ownerId, amountMinor, currency } = found;
  await ctx.tx
    .update(alerts)
    .set({ facts, ownerId, amountMinor, currency, lastAt: ctx.now })
    .where(and(eq(alerts.orgId, ctx.org.id), eq(alerts.id, id)));
}

export async function endAlerts(ctx: Ctx, ids: readonly string[], ending: AlertEnding): Promise<void> {
  if (ids.length === 0) return;
  await ctx.tx
    .update(alerts)
    .set({ endedAt: ctx.now, lastAt: ctx.now, ending })
    .where(and(eq(alerts.orgId, ctx.org.id), inArray(alerts.id, [...ids]), isNull(alerts.endedAt)));
}

/** Of these alerts those a listener has not been told of. */
export async function untold(ctx: Reading, listener: Listener, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await ctx.tx
    .select({ id: alertTellings.alertId })
    .from(alertTellings)
    .where(
      and(
        eq(alertTellings.orgId, ctx.org.id),
        listenerIs(alertTellings, listener),
        inArray(alertTellings.alertId, [...ids]),
      ),
    );
  const told = new Set(rows.map(({ id }) => id));
  return new Set(ids.filter((id) => !told.has(id)));
}

export type NewTelling = Pick<AlertTellingRow, 'alertId' | 'ruleId' | 'state' | 'messageId'>;

/** Notes what a listener is told; answers the alerts that were not noted before. */
export async function noteTellings(
  ctx: Ctx,
  listener: Listener,
  tellings: readonly NewTelling[],
): Promise<Set<string>> {
  const noted = new Set<string>();
  for (let at = 0; at < tellings.length; at += rowsPerInsert) {
    const rows = tellings
      .slice(at, at + rowsPerInsert)
      .map((one) => ({ ...one, ...listener, orgId: ctx.org.id, id: ctx.newId(), at: ctx.now }));
    const made = await ctx.tx.insert(alertTellings).values(rows).onConflictDoNothing().returning();
    for (const { alertId } of made) noted.add(alertId);
  }
  return noted;
}

/** Puts tellings into a message, or leaves them untold for good. */
export async function settleTellings(
  ctx: Ctx,
  listener: Listener,
  alertIds: readonly string[],
  set: Pick<AlertTellingRow, 'state' | 'messageId'>,
): Promise<void> {
  if (alertIds.length === 0) return;
  await ctx.tx
    .update(alertTellings)
    .set({ ...set, at: ctx.now })
    .where(
      and(
        eq(alertTellings.orgId, ctx.org.id),
        listenerIs(alertTellings, listener),
        inArray(alertTellings.alertId, [...alertIds]),
      ),
    );
}

export interface HeldAlert {
  listener: Listener;
  ruleId: string;
  /** Since when it waits. */
  at: Date;
  alert: AlertRow;
}

/** What waits until somebody wants to hear it, oldest first. */
export async function heldAlerts(ctx: Reading, limit: number, listener?: Listener): Promise<HeldAlert[]> {
  const rows = await ctx.tx
    .select({ telling: alertTellings, alert: alerts })
    .from(alertTellings)
    .innerJoin(alerts, and(eq(alerts.orgId, alertTellings.orgId), eq(alerts.id, alertTellings.alertId)))
    .where(
      and(
        eq(alertTellings.orgId, ctx.org.id),
        sql`${alertTellings.state} = 'held'`,
        listener && listenerIs(alertTellings, listener),
      ),
    )
    .orderBy(asc(alertTellings.at), asc(alertTellings.id))
    .limit(limit);
  return rows.map(({ telling: { channelId, memberId, ruleId, at }, alert }) => ({
    listener: { channelId, memberId } as Listener,
    ruleId,
    at,
    alert,
  }));
}

export function addMessage(
  ctx: Ctx,
  message: Omit<AlertMessageRow, 'orgId' | 'id' | 'postedAt'>,
): Promise<AlertMessageRow> {
  return ctx.tx
    .insert(alertMessages)
    .values({ ...message, orgId: ctx.org.id, id: ctx.newId(), postedAt: ctx.now })
    .returning()
    .then(([row]) => row as AlertMessageRow);
}

export async function messageRow(ctx: Reading, id: string): Promise<AlertMessageRow | undefined> {
  const rows = await ctx.tx
    .select()
    .from(alertMessages)
    .where(and(eq(alertMessages.orgId, ctx.org.id), eq(alertMessages.id, id)));
  return rows[0];
}

/**
 * Messages about one record in one place, the latest first. Those taken back before they were sent are left out:
 * nobody can read what would be added to them.
 */
export function toldOf(
  ctx: Reading,
  listener: Listener,
  recordId: string,
  notification: string,
): Promise<ToldBefore[]> {
  const { id, rootId, postedAt } = alertMessages;
  const key = sql`${alertMessages.id}::text`;
  return ctx.tx
    .select({ id, rootId, postedAt })
    .from(alertMessages)
    .where(
      and(
        eq(alertMessages.orgId, ctx.org.id),
        eq(alertMessages.recordId, recordId),
        listenerIs(alertMessages, listener),
        sql`not exists (select 1 from ${outbox} where ${outbox.orgId} = ${alertMessages.orgId}
          and ${outbox.name} = ${notification} and ${outbox.dedupeKey} = ${key}
          and ${outbox.state} in ('cancelled', 'dead'))`,
        sql`not exists (select 1 from ${posts} join ${outbox} on ${outbox.orgId} = ${posts.orgId}
          and ${outbox.postId} = ${posts.id} and ${outbox.op} = 'post'
          and ${outbox.state} in ('cancelled', 'dead')
          where ${posts.orgId} = ${alertMessages.orgId} and ${posts.notification} = ${notification}
          and ${posts.key} = ${key} and ${posts.messageRef} is null)`,
      ),
    )
    .orderBy(desc(postedAt), desc(id))
    .limit(50);
}

/** Messages of a local day that stand in the place itself, not in a thread. */
export async function postsOfDay(
  ctx: Reading,
  listener: Listener,
  on: string,
): Promise<{ count: number; budgetFoldId: string | undefined }> {
  const rows = await ctx.tx
    .select({ id: alertMessages.id, fold: alertMessages.fold })
    .from(alertMessages)
    .where(
      and(
        eq(alertMessages.orgId, ctx.org.id),
        listenerIs(alertMessages, listener),
        eq(alertMessages.on, on),
        isNull(alertMessages.rootId),
      ),
    );
  const fold = rows.find((row) => row.fold === 'budget');
  return { count: rows.length - (fold ? 1 : 0), budgetFoldId: fold?.id };
}

/** What a message tells, in the order it came to be told: the first `limit`, and how many there are. */
export async function linesOf(
  ctx: Reading,
  messageId: string,
  limit: number,
): Promise<{ told: { alert: AlertRow; ruleId: string }[]; count: number }> {
  const inMessage = and(eq(alertTellings.orgId, ctx.org.id), eq(alertTellings.messageId, messageId));
  const told = await ctx.tx
    .select({ alert: alerts, ruleId: alertTellings.ruleId })
    .from(alertTellings)
    .innerJoin(alerts, and(eq(alerts.orgId, alertTellings.orgId), eq(alerts.id, alertTellings.alertId)))
    .where(inMessage)
    .orderBy(asc(alertTellings.at), asc(alertTellings.id))
    .limit(limit);
  if (told.length < limit) return { told, count: told.length };
  const [all] = await ctx.tx
    .select({ count: sql<number>`count(*)::int` })
    .from(alertTellings)
    .where(inMessage);
  return { told, count: Number(all?.count ?? told.length) };
}

/** Messages that tell of any of these alerts. */
export async function messagesTelling(ctx: Reading, alertIds: readonly string[]): Promise<string[]> {
  if (alertIds.length === 0) return [];
  const rows = await ctx.tx
    .selectDistinct({ id: alertTellings.messageId })
    .from(alertTellings)
    .where(
      and(
        eq(alertTellings.orgId, ctx.org.id),
        inArray(alertTellings.alertId, [...alertIds]),
        sql`${alertTellings.messageId} is not null`,
      ),
    );
  return rows.flatMap(({ id }) => (id === null ? [] : [id]));
}

/** One at a time decides what a listener is told: the budget is counted, not guessed. Held until the commit. */
export async function lockListener(ctx: Reading, { channelId, memberId }: Listener): Promise<void> {
  const key = `alerts ${ctx.org.id} ${channelId ?? memberId}`;
  await ctx.tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
}

/** When the digest of a place last told something, at or after an instant. */
export async function digestToldAt(ctx: Reading, keyPrefix: string, from: Date): Promise<Date | undefined> {
  const rows = await ctx.tx
    .select({ asOf: digestRuns.asOf })
    .from(digestRuns)
    .where(
      and(
        eq(digestRuns.orgId, ctx.org.id),
        gte(digestRuns.asOf, from),
        isNull(digestRuns.skipped),
        sql`starts_with(${digestRuns.key}, ${keyPrefix})`,
      ),
    )
    .orderBy(desc(digestRuns.asOf))
    .limit(1);
  return rows[0]?.asOf;
}
