import type { Ctx } from '../../../runtime/context.ts';
import { memberNames } from '../members/api.ts';
import type { ApprovalView, LogView, SeatView } from './model.ts';
import { requireKind, turns } from './process.ts';
import { approvalsById, logOf, numberOf, stepsOf } from './queries.ts';
import type { ApprovalRow, LogRow, StepRow } from './record.ts';
import { partName, peopleNamed } from './words.ts';

/** Requests as they are shown; `blocks`: with what their kinds tell besides (several queries each). */
export async function approvalViews(
  ctx: Ctx,
  ids: readonly string[],
  options: { blocks?: boolean } = {},
): Promise<ApprovalView[]> {
  const rows = await approvalsById(ctx, ids);
  const steps = await stepsOf(ctx, ids);
  const log = await logOf(ctx, ids, 50 * Math.max(1, ids.length));
  const names = await memberNames(ctx, [
    ...rows.flatMap(({ requesterId, decidedById, counteredById }) => [
      requesterId,
      decidedById,
      counteredById,
    ]),
    ...peopleNamed(steps.map(({ part }) => part)),
    ...steps.flatMap(({ seats }) => seats.flatMap(({ memberId, forId }) => [memberId, forId ?? null])),
  ]);
  const views: ApprovalView[] = [];
  for (const row of rows) {
    const own = steps.filter(({ approvalId }) => approvalId === row.id);
    const ownLog = log.filter(({ approvalId }) => approvalId === row.id);
    views.push(
      await viewOf(ctx, { row, steps: own, log: ownLog, names, withBlocks: options.blocks === true }),
    );
  }
  return views;
}

export async function approvalViewOf(
  ctx: Ctx,
  id: string,
  options: { blocks?: boolean } = {},
): Promise<ApprovalView> {
  const [view] = await approvalViews(ctx, [id], options);
  if (!view) throw new TypeError('a request that was just read is gone');
  return view;
}

interface Parts {
  row: ApprovalRow;
  steps: readonly StepRow[];
  log: readonly LogRow[];
  names: ReadonlyMap<string, string>;
  withBlocks: boolean;
}

async function viewOf(ctx: Ctx, { row, steps, log, names, withBlocks }: Parts): Promise<ApprovalView> {
  const kind = requireKind(ctx, row.kind);
  const person = (memberId: string) => ({ memberId, name: names.get(memberId) ?? '?' });
  const isPending = row.status === 'pending';
  const { open, later } = turns(isPending ? steps : []);
  return {
    id: row.id,
    number: numberOf(row),
    kind: row.kind,
    label: kind.label,
    headline: kind.headline(row.subject, row.terms),
    subject: row.subject,
    status: row.status,
    requester: person(row.requesterId),
    note: row.note,
    requestedAt: row.requestedAt.toISOString(),
    answerBy: row.answerBy.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    terms: row.termsVersion,
    seats: seatViews(open, names),
    later: later.map(({ part }) => partName(part, names)),
    canCounter: kind.counter !== undefined,
    blocks: withBlocks ? await kind.blocks(ctx, row.asked) : [],
    countered: row.counteredById === null ? null : person(row.counteredById),
    decided:
      row.decidedAt === null
        ? null
        : {
            ...(row.decidedById === null ? { memberId: '', name: '' } : person(row.decidedById)),
            at: row.decidedAt.toISOString(),
            via: row.decidedVia ?? 'system',
            note: row.decidedNote,
          },
    log: log.map(logViewOf),
    again: kind.again?.(row.asked) ?? null,
  };
}

function seatViews(open: readonly StepRow[], names: ReadonlyMap<string, string>): SeatView[] {
  const seats = new Map<string, SeatView>();
  for (const { memberId, why, forId } of open.flatMap((step) => step.seats)) {
    if (seats.has(memberId)) continue;
    const forName = forId === undefined ? null : (names.get(forId) ?? null);
    seats.set(memberId, { memberId, name: names.get(memberId) ?? '?', why, forName });
  }
  return [...seats.values()];
}

export function logViewOf({ at, entry, memberName, note, details }: LogRow): LogView {
  return { at: at.toISOString(), entry: entry as LogView['entry'], name: memberName, note, details };
}
