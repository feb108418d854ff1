import { AppError } from '../../../kernel/errors.ts';
import { isUuid } from '../../../kernel/ids.ts';
import { command } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { type Schedule, schedulesOf } from '../../../store/schedules.ts';
import { channelAt, channelRecord, mayDecide } from '../../org/channels/api.ts';
import { memberNames } from '../../org/members/api.ts';
import { t } from './messages.ts';
import type { DigestView } from './model.ts';
import { liveDigests, liveDigestsOf, type NumberedDigest, type Target } from './queries.ts';
import type { DigestRow } from './record.ts';
import { listedPerPage } from './rules.ts';
import { destinationOf, placeOf, runJob, targetOf } from './schedule.ts';
import { asMember, unitOf, whoseOf } from './scope.ts';

/**
 * What is set up and the reader may know of: everything in channels, and what they get themselves; of one place, if
 * one is named. A page that does not exist is the first.
 */
export async function knownDigests(
  ctx: Ctx,
  target: Target | undefined,
  asked: number,
): Promise<{ rows: NumberedDigest[]; count: number; page: number }> {
  const read = (page: number) => {
    const room = { limit: listedPerPage, offset: page * listedPerPage };
    return liveDigests(ctx, { memberId: readerOf(ctx) }, { target }, room);
  };
  const found = await read(asked);
  if (found.rows.length > 0 || asked === 0) return { ...found, page: asked };
  return { ...(await read(0)), page: 0 };
}

function readerOf({ actor }: Pick<Ctx, 'actor'>): string | undefined {
  return actor.kind === 'member' ? actor.memberId : undefined;
}

/** The digest of a number in the list. Throws AppError `not_found`. */
export async function digestNumbered(ctx: Ctx, number: number): Promise<DigestRow> {
  const one = { limit: 1, offset: 0 };
  const row = (await liveDigests(ctx, { memberId: readerOf(ctx) }, { number }, one)).rows[0]?.digest;
  if (!row)
    throw new AppError(
      'not_found',
      t('no-such-digest', { number, line: command('digest list', '简报 列表') }),
    );
  return row;
}

/** The digest of an id. Throws AppError `not_found`. */
export async function digestOfId(ctx: Ctx, id: string): Promise<DigestRow> {
  const [row] = isUuid(id) ? await liveDigestsOf(ctx, { id }) : [];
  const me = readerOf(ctx);
  if (!row || (row.memberId !== null && row.memberId !== me))
    throw new AppError('not_found', t('stopped-none'));
  return row;
}

export function viewsOf(ctx: Ctx, rows: readonly DigestRow[]): Promise<DigestView[]> {
  return numberedViews(
    ctx,
    rows.map((digest) => ({ digest, number: null })),
  );
}

export async function numberedViews(
  ctx: Ctx,
  rows: readonly { digest: DigestRow; number: number | null }[],
): Promise<DigestView[]> {
  const [schedules, here, names] = await Promise.all([
    schedulesOf(ctx, { job: runJob }),
    channelAt(ctx),
    memberNames(
      ctx,
      rows.map(({ digest }) => digest.setBy),
    ),
  ]);
  const found = new Map(schedules.map((one) => [`${one.scope} ${one.destination}`, one]));
  const views: DigestView[] = [];
  for (const { digest: row, number } of rows) {
    const schedule = found.get(`${row.kind} ${destinationOf(targetOf(row))}`);
    views.push(
      await viewOf(ctx, row, { schedule, number, hereId: here?.id, setBy: names.get(row.setBy) ?? null }),
    );
  }
  return views;
}

interface Beside {
  schedule: Schedule | undefined;
  number: number | null;
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
  const me = readerOf(ctx);
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
    locale: place?.locale ?? ctx.org.locale,
    scope: whose?.scope ?? null,
    setBy,
    nextAt: isRunning ? schedule.nextRunAt.toISOString() : null,
    pausedReason: schedule?.pausedAt ? (schedule.pausedReason ?? 'other') : null,
    mayStop: row.memberId !== null || row.setBy === me || mayDecide(ctx, channel),
  };
}
