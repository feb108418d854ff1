import { z } from 'zod';
import { scheduledRun } from '../../../kernel/schedule.ts';
import type { Ctx } from '../../../runtime/context.ts';
import type { DigestKind } from '../../../runtime/digest.ts';
import { defineJob } from '../../../runtime/job.ts';
import { pauseSchedules } from '../../../store/schedules.ts';
import { mutedUntil } from '../../org/channels/api.ts';
import { readMember } from '../../org/members/api.ts';
import { type Composed, compose, dayBefore, signed } from './compose.ts';
import { threadOf } from './digest-card.ts';
import { kindShape } from './model.ts';
import { digestMore, digestPaused, digestPosted, type Told } from './notifications.ts';
import { digestRow, forgetRuns, keepRun, lastTold } from './queries.ts';
import type { DigestRow } from './record.ts';
import {
  destinationOf,
  keepSchedules,
  keyPrefixOf,
  type Place,
  placeOf,
  runJob,
  targetOf,
} from './schedule.ts';
import { asMember, maySet, unitOf, whoseOf } from './scope.ts';

const keptMs = 35 * 86_400_000;

/** A digest of a channel or person whose time has come. */
export const runDigest = defineJob({
  name: runJob,
  payload: z.strictObject({
    kind: kindShape,
    channelId: z.uuid().optional(),
    memberId: z.uuid().optional(),
    schedule: scheduledRun,
  }),
  async run(ctx, { kind, channelId, memberId, schedule }) {
    const target = targetOf({ channelId: channelId ?? null, memberId: memberId ?? null });
    const [row, place] = await Promise.all([digestRow(ctx, kind, target), placeOf(ctx, target)]);
    // Stopped since, or undone.
    if (!place || row?.archivedAt !== null || row.stoppedAt !== null) return;
    const listener = 'channelId' in target ? { channelId: target.channelId } : target;
    const key = `${keyPrefixOf(kind, target)}${schedule.on}`;
    if ((await mutedUntil(ctx, listener)) !== undefined) return skip(ctx, kind, key, schedule, 'muted');
    const due: DueDigest = {
      kind,
      place,
      row,
      on: schedule.on,
      key,
      isLate: schedule.late,
      missedSince: schedule.since === null ? null : new Date(schedule.since),
    };
    const made = await composeFor(ctx, due);
    if (typeof made === 'string') return pause(ctx, due, made);
    if (made.isEmpty) return skip(ctx, kind, key, schedule, 'empty');
    await send(ctx, due, made);
  },
});

/** Every hour: who is here, what is set up, what is too old to keep. */
export const keepDigests = defineJob({
  name: 'digests.keep',
  payload: z.strictObject({ schedule: scheduledRun.optional() }),
  async run(ctx) {
    await keepSchedules(ctx);
    await forgetRuns(ctx, new Date(ctx.now.getTime() - keptMs));
  },
});

export interface DueDigest {
  kind: DigestKind;
  place: Place;
  row: DigestRow;
  on: string;
  key: string;
  isLate: boolean;
  missedSince: Date | null;
}

/** Why a digest cannot go on: whoever set it up may not any more, what it is about is gone, others read along. */
export type Hindrance = 'left' | 'unit' | 'shared';

export async function composeFor(ctx: Ctx, due: DueDigest): Promise<Composed | Hindrance> {
  const { kind, place, row, on, isLate, missedSince } = due;
  const { target, timeZone } = place;
  if (place.channel?.isShared) return 'shared';
  const memberId = 'memberId' in target ? target.memberId : undefined;
  const setter = await asMember(ctx, row.setBy);
  if (!setter || !maySet(setter, kind)) return 'left';
  const unit = row.unitId ? await unitOf(setter, row.unitId) : undefined;
  if (row.unitId && !unit) return 'unit';
  const whose = await whoseOf(setter, kind, unit).catch(() => undefined);
  if (!whose) return 'left';
  const before = await lastTold(ctx, keyPrefixOf(kind, target), ctx.now);
  const since = missedSince ?? before?.asOf ?? dayBefore(ctx.now);
  const channelId = 'channelId' in target ? target.channelId : undefined;
  const stood = before?.stands;
  const wanted = {
    kind,
    ...whose,
    memberId,
    channelId,
    on,
    timeZone,
    now: ctx.now,
    since,
    stood,
  };
  const composed = await compose(setter, wanted);
  const setBy = 'channelId' in target && setter.actor.kind === 'member' ? setter.actor.name : null;
  return signed(composed, {
    rule: row.rule,
    setBy,
    isLate,
    since: missedSince,
    runId: ctx.newId(),
  });
}

/** Keeps and queues it; one of the same key is not sent twice. */
export async function send(
  ctx: Ctx,
  { kind, place, on, key, isLate }: DueDigest,
  made: Composed,
): Promise<void> {
  const { said, figures, stands } = made;
  const lines = said.sections.flatMap((section) => [...section.lines, ...section.thread]);
  const records = new Set(lines.flatMap(({ record }) => (record ? [`${record.kind}:${record.id}`] : [])));
  const run = {
    id: said.runId ?? ctx.newId(),
    key,
    kind,
    on,
    asOf: ctx.now,
    isLate,
    skipped: null,
    said,
    stands: Object.keys(stands.figures).length > 0 ? stands : null,
    records: [...records],
  };
  if (!(await keepRun(ctx, run, figures.values()))) return;
  const told: Told = { key, to: place.to, said };
  ctx.notify(digestPosted, told);
  if (threadOf(said)) ctx.notify(digestMore, told);
}

async function skip(
  ctx: Ctx,
  kind: DigestKind,
  key: string,
  { on, late }: { on: string; late: boolean },
  skipped: 'empty' | 'muted',
): Promise<void> {
  const run = {
    id: ctx.newId(),
    key,
    kind,
    on,
    asOf: ctx.now,
    isLate: late,
    skipped,
    said: null,
    stands: null,
    records: [],
  };
  await keepRun(ctx, run, []);
}

async function pause(ctx: Ctx, { kind, place, row }: DueDigest, reason: Hindrance): Promise<void> {
  const destination = destinationOf(place.target);
  const paused = await pauseSchedules(ctx, { job: runJob, scope: kind, destination }, reason);
  if (paused.length === 0) return;
  const setter = await readMember(ctx, row.setBy);
  ctx.notify(digestPaused, {
    digestId: row.id,
    kind,
    rule: row.rule,
    channel: place.channel ? place.name : null,
    reason,
    name: setter?.name ?? '?',
    at: ctx.now.toISOString(),
  });
}
