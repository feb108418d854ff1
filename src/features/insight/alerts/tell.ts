import { dayIn } from '../../../kernel/dates.ts';
import type { Locale } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { readRecords } from '../../../store/records.ts';
import {
  type ChannelRow,
  channelDestination,
  type Held,
  heldNow,
  mutesOf,
  readChannel,
} from '../../org/channels/api.ts';
import { readMember } from '../../org/members/api.ts';
import type { AlertLine, FoldReason } from './model.ts';
import { type AlertPayload, alertTold } from './notification.ts';
import {
  addMessage,
  type Listener,
  linesOf,
  lockListener,
  messageRow,
  messagesTelling,
  noteTellings,
  postsOfDay,
  rulesOfKinds,
  settleTellings,
  toldOf,
  untold,
} from './queries.ts';
import { type AlertMessageRow, type AlertRow, alertRuleRecord } from './record.ts';
import { mostAtOnce, personalBudget, placingOf, reachesFloor } from './rules.ts';
import { isAbout, mayStill, scopeReader } from './scope.ts';
import { mostLines } from './told-card.ts';

/** An alert a listener wants to hear of, and the rule that says so. */
export interface Wanted {
  alert: AlertRow;
  ruleId: string;
}

/** Tells everybody whose rules ask for it of these alerts; whoever was told of one is not told again. */
export async function tell(ctx: Ctx, alerts: readonly AlertRow[]): Promise<void> {
  if (alerts.length === 0) return;
  const rules = await rulesOfKinds(ctx, [...new Set(alerts.map(({ kind }) => kind))]);
  const scopeOf = scopeReader(ctx);
  const byListener = new Map<string, { listener: Listener; wanted: Wanted[] }>();
  for (const rule of rules) {
    const scope = await scopeOf(rule);
    if (!scope) continue;
    const { id: ruleId, channelId, memberId } = rule;
    const wanted = alerts
      .filter((alert) => alert.kind === rule.kind && isAbout(scope, rule, alert) && reachesFloor(rule, alert))
      .map((alert) => ({ alert, ruleId }));
    const key = channelId ?? memberId ?? '';
    const known = byListener.get(key);
    if (known) known.wanted.push(...wanted);
    else byListener.set(key, { listener: { channelId, memberId } as Listener, wanted });
  }
  // Always in one order: two that tell the same places at once wait for each other, never crosswise.
  for (const key of [...byListener.keys()].sort()) {
    const entry = byListener.get(key);
    if (entry && entry.wanted.length > 0) await tellListener(ctx, entry.listener, entry.wanted);
  }
}

/** Where a listener can be told something. */
export interface Ear {
  listener: Listener;
  reader: { channel: ChannelRow } | { memberId: string };
  to: AlertPayload['to'];
  timeZone: string;
  budget: number;
}

/** `undefined`: nobody listens there, or people of another company would. */
export async function earOf(ctx: Ctx, listener: Listener): Promise<Ear | undefined> {
  if (listener.channelId === null) {
    const { memberId } = listener;
    const member = await readMember(ctx, memberId);
    if (member?.status !== 'active') return undefined;
    const { timeZone } = member;
    return { listener, reader: { memberId }, to: { memberId }, timeZone, budget: personalBudget };
  }
  const channel = await readChannel(ctx, listener.channelId);
  if (!channel || channel.isShared) return undefined;
  const { timeZone, noiseBudget: budget } = channel;
  const locale: Locale = channel.locale;
  const to = { channel: { ...channelDestination(channel), locale, timeZone } };
  return { listener, reader: { channel }, to, timeZone, budget };
}

async function tellListener(ctx: Ctx, listener: Listener, asked: readonly Wanted[]): Promise<void> {
  await lockListener(ctx, listener);
  const ear = await earOf(ctx, listener);
  if (!ear) return;
  const fresh = await untold(
    ctx,
    listener,
    asked.map(({ alert }) => alert.id),
  );
  const wanted = asked.filter(({ alert }) => fresh.has(alert.id));
  if (wanted.length === 0) return;
  const muted = await mutedRecords(ctx, ear);
  const held = await heldNow(ctx, ear.reader);
  const now = wanted.filter(({ alert }) => !muted.has(alert.recordId));
  const state = held && (isForGood(held) ? 'dropped' : 'held');
  await noteTellings(
    ctx,
    listener,
    wanted.map(({ alert, ruleId }) => ({
      alertId: alert.id,
      ruleId,
      state: muted.has(alert.recordId) ? 'dropped' : (state ?? 'told'),
      messageId: null,
    })),
  );
  if (!held) await post(ctx, ear, now, 'many');
}

/** Muted until somebody unmutes: nobody waits for it. */
function isForGood({ because, until }: Held): boolean {
  return because === 'muted' && until === null;
}

/** Records nothing is wanted about. */
async function mutedRecords(ctx: Ctx, { reader }: Ear): Promise<Set<string>> {
  const mutes = await mutesOf(ctx, 'channel' in reader ? { channelId: reader.channel.id } : reader);
  return new Set(mutes.flatMap(({ subjectId }) => (subjectId === null ? [] : [subjectId])));
}

/**
 * Posts what has been noted for a listener: added to the last message about the record, under the first one, or as
 * new ones; too many new ones are one, and so are those over the budget of the day.
 */
export async function post(ctx: Ctx, ear: Ear, wanted: readonly Wanted[], fold: FoldReason): Promise<void> {
  const byRecord = new Map<string, Wanted[]>();
  for (const one of wanted) {
    const { recordId } = one.alert;
    byRecord.set(recordId, [...(byRecord.get(recordId) ?? []), one]);
  }
  const anew: [string, Wanted[]][] = [];
  for (const [recordId, group] of byRecord) {
    const placing = placingOf(await toldOf(ctx, ear.listener, recordId, alertTold.name), ctx.now);
    if (placing.how === 'new') anew.push([recordId, group]);
    else if (placing.how === 'edit') await addTo(ctx, ear, placing.messageId, group);
    else await send(ctx, ear, group, { recordId, rootId: placing.rootId, fold: null });
  }
  const isOne = fold === 'held' ? anew.length > 1 : anew.length > mostAtOnce;
  if (isOne) {
    const all = anew.flatMap(([, group]) => group);
    await sendWithin(ctx, ear, all, { recordId: null, rootId: null, fold });
    return;
  }
  for (const [recordId, group] of anew) {
    await sendWithin(ctx, ear, group, { recordId, rootId: null, fold: null });
  }
}

type Placed = Pick<AlertMessageRow, 'recordId' | 'rootId' | 'fold'>;

/** A message of its own while the day's budget lasts, else part of the one that tells the rest. */
async function sendWithin(ctx: Ctx, ear: Ear, wanted: readonly Wanted[], placed: Placed): Promise<void> {
  const { count, budgetFoldId } = await postsOfDay(ctx, ear.listener, dayIn(ctx.now, ear.timeZone));
  if (count < ear.budget) return send(ctx, ear, wanted, placed);
  if (budgetFoldId !== undefined) return addTo(ctx, ear, budgetFoldId, wanted);
  return send(ctx, ear, wanted, { recordId: null, rootId: null, fold: 'budget' });
}

async function send(ctx: Ctx, ear: Ear, wanted: readonly Wanted[], placed: Placed): Promise<void> {
  const message = await addMessage(ctx, {
    ...ear.listener,
    ...placed,
    on: dayIn(ctx.now, ear.timeZone),
  });
  await settleInto(ctx, ear, wanted, message.id);
  ctx.notify(alertTold, await payloadOf(ctx, ear, message));
}

async function addTo(ctx: Ctx, ear: Ear, messageId: string, wanted: readonly Wanted[]): Promise<void> {
  await settleInto(ctx, ear, wanted, messageId);
  const message = await messageRow(ctx, messageId);
  if (message) ctx.edit(alertTold, await payloadOf(ctx, ear, message));
}

function settleInto(ctx: Ctx, ear: Ear, wanted: readonly Wanted[], messageId: string): Promise<void> {
  const ids = wanted.map(({ alert }) => alert.id);
  return settleTellings(ctx, ear.listener, ids, { state: 'told', messageId });
}

async function payloadOf(ctx: Ctx, ear: Ear, message: AlertMessageRow): Promise<AlertPayload> {
  const { told, count } = await linesOf(ctx, message.id, mostLines);
  return payloadWith(ear, message, await linesTold(ctx, told), count);
}

function payloadWith(
  ear: Ear,
  { id, rootId, fold }: AlertMessageRow,
  lines: AlertLine[],
  count: number,
): AlertPayload {
  return { id, rootId, to: ear.to, channelId: ear.listener.channelId, fold, lines, count };
}

async function linesTold(ctx: Ctx, told: readonly Wanted[]): Promise<AlertLine[]> {
  const rules = await readRecords(ctx, alertRuleRecord, [...new Set(told.map(({ ruleId }) => ruleId))]);
  const setters = new Map(
    await Promise.all(
      [...new Set(rules.map(({ setBy }) => setBy))].map(
        async (id) => [id, await readMember(ctx, id)] as const,
      ),
    ),
  );
  return told.map(({ alert, ruleId }) => {
    const { kind, recordKind, facts, ending } = alert;
    const rule = rules.find(({ id }) => id === ruleId);
    const setBy = rule && setters.get(rule.setBy);
    const setter = rule && { memberId: rule.setBy, name: setBy?.name ?? '?' };
    const isOwners = kind === 'overdue' || kind === 'quote-expiring';
    const who = isOwners ? facts.owner : kind === 'unowned' ? setter : undefined;
    const isWanted = rule?.archivedAt === null && mayStill(setBy, rule);
    return {
      kind,
      recordKind,
      facts,
      ending,
      who: who ?? null,
      ...(isWanted ? {} : { isStopped: true as const }),
    };
  });
}

/**
 * Says anew what messages tell of these alerts. Where they were stopped meanwhile only that they are over: what goes
 * on is no longer followed there, and it calls nobody any more. Where nobody of ours may be told, a channel that
 * another company reads or somebody who left, all stays as it was.
 */
export async function retell(ctx: Ctx, alertIds: readonly string[]): Promise<void> {
  for (const id of await messagesTelling(ctx, alertIds)) {
    const message = await messageRow(ctx, id);
    if (!message) continue;
    const ear = await earOf(ctx, { channelId: message.channelId, memberId: message.memberId } as Listener);
    if (!ear) continue;
    const { told, count } = await linesOf(ctx, message.id, mostLines);
    const lines = await linesTold(ctx, told);
    const isNews = told.some(
      ({ alert }, at) =>
        alertIds.includes(alert.id) && (alert.endedAt !== null || lines[at]?.isStopped !== true),
    );
    if (isNews) ctx.edit(alertTold, payloadWith(ear, message, lines, count));
  }
}
