import type { Locale } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import type { DigestKind } from '../../../runtime/digest.ts';
import { changeRecord, createRecord } from '../../../store/records.ts';
import {
  dropSchedules,
  personDestination,
  putSchedule,
  type Schedule,
  schedulesOf,
} from '../../../store/schedules.ts';
import { type ChannelRow, channelDestination, channelRecord, readChannel } from '../../org/channels/api.ts';
import { oneTimeZone, readMember } from '../../org/members/api.ts';
import type { Told } from './notifications.ts';
import { allDigests, digestRow, liveDigestsOf, morningPeople, type Target } from './queries.ts';
import { type DigestRow, digestRecord } from './record.ts';
import { isSameRule, usualRules } from './rules.ts';

export const runJob = 'digests.run';

export function destinationOf(target: Target): string {
  return 'channelId' in target ? `channel:${target.channelId}` : personDestination(target.memberId);
}

export function targetOf({ channelId, memberId }: Pick<DigestRow, 'channelId' | 'memberId'>): Target {
  if (channelId !== null) return { channelId };
  if (memberId === null) throw new TypeError('a digest goes to a channel or a person');
  return { memberId };
}

/** What a message of a digest goes by: one for each day and place. */
export function keyPrefixOf(kind: DigestKind, target: Target): string {
  return `${kind} ${destinationOf(target)} `;
}

/** A channel or person as digests need them; `undefined`: not there any more. */
export interface Place {
  target: Target;
  channel: ChannelRow | undefined;
  timeZone: string;
  locale: Locale;
  name: string;
  to: Told['to'];
}

export async function placeOf(ctx: Ctx, target: Target): Promise<Place | undefined> {
  if ('channelId' in target) {
    const channel = await readChannel(ctx, target.channelId);
    if (!channel) return undefined;
    const { locale, timeZone, name, placeId } = channel;
    return {
      target,
      channel,
      timeZone,
      locale,
      name: name === null ? placeId : `#${name}`,
      to: { channel: { ...channelDestination(channel), locale, timeZone } },
    };
  }
  const member = await readMember(ctx, target.memberId);
  if (member?.status !== 'active') return undefined;
  return {
    target,
    channel: undefined,
    timeZone: member.timeZone,
    locale: member.locale as Locale,
    name: member.name,
    to: target,
  };
}

/** Sees that it runs as it is set up. */
export function putDigest(
  ctx: Ctx,
  { kind, rule, setBy, ...of }: Pick<DigestRow, 'kind' | 'rule' | 'channelId' | 'memberId' | 'setBy'>,
  timeZone: string,
): Promise<Schedule> {
  const target = targetOf(of);
  return putSchedule(ctx, {
    job: runJob,
    scope: kind,
    destination: destinationOf(target),
    payload: { kind, ...target },
    rule,
    timeZone,
    createdBy: setBy,
  });
}

/**
 * By which clock and in which language a channel is told things, its alerts too. All its digests follow at once.
 * Throws AppError for a zone there is not.
 */
export async function tuneChannel(
  ctx: Ctx,
  channelId: string,
  { zone, language }: { zone: string | undefined; language: Locale | undefined },
): Promise<void> {
  const row = await readChannel(ctx, channelId);
  if (!row || (zone ?? language) === undefined) return;
  const timeZone = zone === undefined ? row.timeZone : oneTimeZone(zone);
  await changeRecord(ctx, channelRecord, row, { timeZone, locale: language ?? row.locale });
  if (timeZone === row.timeZone) return;
  for (const digest of await liveDigestsOf(ctx, { channelId })) await putDigest(ctx, digest, timeZone);
}

export async function dropDigest(ctx: Ctx, kind: DigestKind, target: Target): Promise<void> {
  await dropSchedules(ctx, { job: runJob, scope: kind, destination: destinationOf(target) });
}

interface WantedRun extends DigestRow {
  timeZone: string;
}

/**
 * Holds the schedules against what is set up and who is here: somebody new gets a morning list, whoever left or
 * stopped theirs gets none, and what was undone runs as before.
 */
export async function keepSchedules(ctx: Ctx): Promise<void> {
  const [wanted, present] = await Promise.all([wantedRuns(ctx), schedulesOf(ctx, { job: runJob })]);
  const found = new Map(present.map((row) => [`${row.scope} ${row.destination}`, row]));
  for (const run of wanted) {
    const key = `${run.kind} ${destinationOf(targetOf(run))}`;
    const row = found.get(key);
    found.delete(key);
    const isKept = row && isSameRule(row.rule, run.rule) && row.timeZone === run.timeZone;
    if (!isKept) await putDigest(ctx, run, run.timeZone);
  }
  for (const { job, scope, destination } of found.values()) {
    await dropSchedules(ctx, { job, scope, destination });
  }
}

async function wantedRuns(ctx: Ctx): Promise<WantedRun[]> {
  const [rows, people] = await Promise.all([allDigests(ctx), morningPeople(ctx)]);
  const decided = new Set(rows.filter(({ kind }) => kind === 'morning').map(({ memberId }) => memberId));
  for (const { id } of people) if (!decided.has(id)) rows.push(await giveMorning(ctx, id));
  const wanted: WantedRun[] = [];
  for (const row of rows) {
    if (row.stoppedAt !== null) continue;
    const place = await placeOf(ctx, targetOf(row));
    if (place) wanted.push({ ...row, timeZone: place.timeZone });
  }
  return wanted;
}

/** The morning list people have without asking; one whose making was undone is had again. */
export async function giveMorning(
  ctx: Ctx,
  memberId: string,
  stoppedAt: Date | null = null,
): Promise<DigestRow> {
  const values = { rule: usualRules.morning, setBy: memberId, stoppedAt };
  const known = await digestRow(ctx, 'morning', { memberId });
  if (known) return changeRecord(ctx, digestRecord, known, { ...values, archivedAt: null });
  return createRecord(ctx, digestRecord, {
    kind: 'morning',
    channelId: null,
    memberId,
    unitId: null,
    ...values,
  });
}
