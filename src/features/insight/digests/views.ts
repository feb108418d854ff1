import { AppError } from '../../../kernel/errors.ts';
import { isUuid } from '../../../kernel/ids.ts';
import { command } from '../../../kernel/text.ts';
import { type Ctx, memberOf } from '../../../runtime/context.ts';
import { type Schedule, schedulesOf } from '../../../store/schedules.ts';
import { channelAt, channelRecord } from '../../org/channels/api.ts';
import { memberNames } from '../../org/members/api.ts';
import { t } from './messages.ts';
import type { DigestView } from './model.ts';
import { liveDigests, liveDigestsOf } from './queries.ts';
import type { DigestRow } from './record.ts';
import { destinationOf, placeOf, runJob, targetOf } from './schedule.ts';
import { asMember, unitOf, whoseOf } from './scope.ts';

const mostListed = 40;

/** What is set up and the reader may know of: everything in channels, and what they get themselves. */
export async function knownDigests(ctx: Ctx): Promise<{ rows: DigestRow[]; hasMore: boolean }> {
  const memberId = ctx.actor.kind === 'member' ? ctx.actor.memberId : undefined;
  const rows = await liveDigests(ctx, { memberId }, mostListed + 1);
  return { rows: rows.slice(0, mostListed), hasMore: rows.length > mostListed };
}

/** The digest of a number in the list. Throws AppError `not_found`. */
export async function digestNumbered(ctx: Ctx, number: number): Promise<DigestRow> {
  const row = (await knownDigests(ctx)).rows[number - 1];
  if (!row) throw new AppError('not_found', t('no-such-digest', { number, line: command('digest list') }));
  return row;
}

/** The digest of an id. Throws AppError `not_found`. */
export async function digestOfId(ctx: Ctx, id: string): Promise<DigestRow> {
  const [row] = isUuid(id) ? await liveDigestsOf(ctx, { id }) : [];
  const me = ctx.actor.kind === 'member' ? ctx.actor.memberId : undefined;
  if (!row || (row.memberId !== null && row.memberId !== me))
    throw new AppError('not_found', t('stopped-none'));
  return row;
}

export async function viewsOf(ctx: Ctx, rows: readonly DigestRow[]): Promise<DigestView[]> {
  const [known, schedules, here, names] = await Promise.all([
    knownDigests(ctx),
    schedulesOf(ctx, { job: runJob }),
    channelAt(ctx),
    memberNames(
      ctx,
      rows.map(({ setBy }) => setBy),
    ),
  ]);
  const found = new Map(schedules.map((one) => [`${one.scope} ${one.destination}`, one]));
  const views: DigestView[] = [];
  for (const row of rows) {
    const schedule = found.get(`${row.kind} ${destinationOf(targetOf(row))}`);
    const number = known.rows.findIndex(({ id }) => id === row.id) + 1;
    views.push(
      await viewOf(ctx, row, { schedule, number, hereId: here?.id, setBy: names.get(row.setBy) ?? null }),
    );
  }
  return views;
}

interface Beside {
  schedule: Schedule | undefined;
  number: number;
  hereId: string | undefined;
  setBy: string | null;
}

async function viewOf(
  ctx: Ctx,
  row: DigestRow,
  { schedule, number, hereId, setBy }: Beside,
): Promise<DigestView> {
  const { id, kind, rule } = row;
  const [place, setter] = await Promise.all([placeOf(ctx, targetOf(row)), asMember(ctx, row.setBy)]);
  const unit = setter && row.unitId ? await unitOf(setter, row.unitId) : undefined;
  const whose = setter && (await whoseOf(setter, kind, unit).catch(() => undefined));
  const me = ctx.actor.kind === 'member' ? memberOf(ctx).memberId : undefined;
  const { channel } = place ?? {};
  const isRunning = schedule !== undefined && schedule.pausedAt === null;
  return {
    id,
    number,
    kind,
    channel:
      row.channelId === null
        ? null
        : {
            id: row.channelId,
            label: channel ? channelRecord.label(channel) : '?',
            platform: channel?.platform ?? 'slack',
          },
    member:
      row.memberId === null
        ? null
        : { id: row.memberId, name: place?.name ?? '?', isReader: row.memberId === me },
    isHere: row.channelId !== null && row.channelId === hereId,
    rule,
    timeZone: place?.timeZone ?? ctx.org.timeZone,
    scope: whose?.scope ?? null,
    setBy,
    nextAt: isRunning ? schedule.nextRunAt.toISOString() : null,
    pausedReason: schedule?.pausedAt ? (schedule.pausedReason ?? 'other') : null,
  };
}
