import { addWorkingMinutes } from '../../../kernel/dates.ts';
import type { ApprovalCase, ApprovalKind, Terms } from '../../../runtime/approval-kind.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { changeRecord } from '../../../store/records.ts';
import { samePeople } from '../members/api.ts';
import { approvalChanged, approvalDecided } from './events.ts';
import type { ApprovalStatus, LogEntry, Seat } from './model.ts';
import { type PolicyRules, stepsFor } from './policy.ts';
import {
  appendLog,
  currentPolicy,
  insertStep,
  lockApproval,
  numberOf,
  stepsOf,
  unitsOver,
  updateStep,
} from './queries.ts';
import { type ApprovalRow, approvalRecord, type StepRow } from './record.ts';
import { type Asking, seatsFor, stillCalledIn } from './routing.ts';
import { canonicalTerms, flat, openPosition, samePart } from './rules.ts';

/** A pending request as it stands at this instant, locked until the commit. */
export interface Standing {
  row: ApprovalRow;
  kind: ApprovalKind;
  case: ApprovalCase;
  policy: PolicyRules;
  steps: StepRow[];
  asking: Asking;
}

/** What was done, with the log entry that tells it. */
export interface Transition {
  row: ApprovalRow;
  logId: string;
}

export function requireKind(ctx: Ctx, kind: string): ApprovalKind {
  const found = ctx.catalog.approvalKind(kind);
  if (!found) throw new TypeError(`no such kind of approval: ${kind}`);
  return found;
}

/** Those with a hand in a case, as it is told by its kind. */
export function handsIn(
  requesterId: string,
  { ownerId, involvedIds }: Pick<ApprovalCase, 'ownerId' | 'involvedIds'>,
): string[] {
  return [requesterId, ...involvedIds, ...(ownerId === null ? [] : [ownerId])];
}

/** Who never decides on a request made at `askedAt`: those with a hand in it, by whichever of their accounts. */
export async function askingOf(
  ctx: Ctx,
  requesterId: string,
  found: ApprovalCase,
  askedAt: Date,
): Promise<Asking> {
  return { requesterId, excluded: new Set(await samePeople(ctx, handsIn(requesterId, found), askedAt)) };
}

/** Notes what happened; whoever is to know is told after the commit. */
export async function note(
  ctx: Ctx,
  row: ApprovalRow,
  entry: LogEntry,
  said: Parameters<typeof appendLog>[3] = {},
): Promise<Transition> {
  const logId = await appendLog(ctx, row.id, entry, said);
  ctx.emit(approvalChanged, { approvalId: row.id, logId });
  return { row, logId };
}

/** Ends a request that is locked. The only way out of `pending`. */
export async function end(
  ctx: Ctx,
  row: ApprovalRow,
  status: Exclude<ApprovalStatus, 'pending'>,
  said: { note?: string | null; details?: Terms; entry?: LogEntry } = {},
): Promise<Transition> {
  const { actor } = ctx;
  const isAnswer = status !== 'superseded' && status !== 'expired';
  const ended = await changeRecord(ctx, approvalRecord, row, {
    status,
    // Whoever came upon a request that had lost its ground decided nothing.
    decidedById: isAnswer && actor.kind === 'member' ? actor.memberId : null,
    decidedAt: ctx.now,
    decidedVia: ctx.platform,
    decidedNote: said.note ?? null,
  });
  const { id, kind, subject, subjectId, requesterId } = ended;
  const event = { approvalId: id, kind, subjectKind: subject.kind, subjectId, requesterId, status };
  ctx.emit(approvalDecided, event);
  return note(ctx, ended, said.entry ?? status, said);
}

/** A request that is pending no more; `justNow`: it lost its ground in this transaction. */
export interface Ended {
  ended: ApprovalRow;
  justNow: boolean;
}

/**
 * Locks a request and brings it up to date: whose turn it is follows the people and rules of now. What is closed,
 * differs from what was asked or is out of time ends here, whichever of a click and the watch comes first.
 */
export async function stand(ctx: Ctx, id: string): Promise<Standing | Ended | undefined> {
  const row = await lockApproval(ctx, id);
  if (!row) return undefined;
  if (row.status !== 'pending') return { ended: row, justNow: false };
  const kind = requireKind(ctx, row.kind);
  const now = await kind.read(ctx, row.asked, { lock: true });
  const why = !now ? 'closed' : canonicalTerms(now.terms) === canonicalTerms(row.terms) ? undefined : 'terms';
  if (!now || why) {
    const { row: ended } = await end(ctx, row, 'superseded', { details: { why: why ?? 'closed' } });
    return { ended, justNow: true };
  }
  if (row.expiresAt <= ctx.now) return { ended: (await end(ctx, row, 'expired')).row, justNow: true };
  return route(ctx, row, kind, now);
}

/** Lays out the steps of a request by the rules in force; what has been agreed to stays, unless by somebody involved. */
export async function route(
  ctx: Ctx,
  before: ApprovalRow,
  kind: ApprovalKind,
  now: ApprovalCase,
): Promise<Standing> {
  const { version, rules: policy } = await currentPolicy(ctx, before.kind);
  const asking = await askingOf(ctx, before.requesterId, now, before.requestedAt);
  const row = await changeRecord(ctx, approvalRecord, before, {
    facts: now.facts,
    policyVersion: version,
    subjectOwnerId: now.ownerId,
    involvedIds: [...asking.excluded].sort(),
  });
  const wanted = flat(stepsFor(policy, { ...now.facts, unitIds: await unitsOver(ctx, row.requesterId) }));
  const known = await stepsOf(ctx, [row.id]);
  const steps: StepRow[] = [];
  for (const { position, need, part } of wanted) {
    const old = known.find((step) => !steps.some(({ id }) => id === step.id) && samePart(step.part, part));
    if (!old) {
      const fresh = { approvalId: row.id, position, need, part, state: 'waiting' as const, seats: [] };
      steps.push(await insertStep(ctx, fresh));
      continue;
    }
    const isTainted = old.passedById !== null && asking.excluded.has(old.passedById);
    const patch = {
      ...(old.position === position && old.need === need ? {} : { position, need }),
      ...(isTainted ? { state: 'waiting' as const, passedById: null, passedAt: null } : {}),
    };
    steps.push(Object.keys(patch).length === 0 ? old : await updateStep(ctx, old.id, patch));
  }
  for (const { id } of known) {
    if (!steps.some((step) => step.id === id)) await updateStep(ctx, id, { state: 'dropped' });
  }
  return { row, kind, case: now, policy, asking, steps: await seat(ctx, steps, policy, asking) };
}

/** Opens the parts whose turn it is and gives them their people; others wait. */
async function seat(
  ctx: Ctx,
  steps: readonly StepRow[],
  policy: PolicyRules,
  asking: Asking,
): Promise<StepRow[]> {
  const open = openPosition(steps);
  const seated: StepRow[] = [];
  for (const step of steps) {
    if (step.state === 'passed') {
      seated.push(step);
      continue;
    }
    if (step.position !== open) {
      seated.push(step.state === 'waiting' ? step : await updateStep(ctx, step.id, { state: 'waiting' }));
      continue;
    }
    const named = await seatsFor(ctx, step.part, asking);
    const seats = [...named, ...(await stillCalledIn(ctx, step.seats, named, asking))];
    // Its own clock starts once, however often people change.
    const started = step.openedAt
      ? {}
      : {
          openedAt: ctx.now,
          escalateAt: addWorkingMinutes(ctx.now, policy.escalateAfterHours * 60, ctx.org),
        };
    const isSame = step.state === 'open' && sameSeats(step.seats, seats);
    seated.push(isSame ? step : await updateStep(ctx, step.id, { state: 'open', seats, ...started }));
  }
  return seated;
}

function sameSeats(a: readonly Seat[], b: readonly Seat[]): boolean {
  return JSON.stringify(a.map(seatKey)) === JSON.stringify(b.map(seatKey));
}

const seatKey = ({ memberId, why, forId }: Seat) => [memberId, why, forId ?? ''];

/**
 * The next step is asked with buttons of its own: the second click of a double click must not agree to that as well,
 * should the same person be asked again.
 */
export async function turnOver(
  ctx: Ctx,
  { row, steps: before }: Pick<Standing, 'row' | 'steps'>,
  after: readonly StepRow[],
): Promise<ApprovalRow> {
  const turn = openPosition(after);
  if (turn === undefined || turn === openPosition(before)) return row;
  return changeRecord(ctx, approvalRecord, row, { termsVersion: row.termsVersion + 1 });
}

/** Everybody has agreed: makes it so and ends the request. `entry`: what the log says of the last word. */
export async function grant(
  ctx: Ctx,
  { row, kind }: Pick<Standing, 'row' | 'kind'>,
  said: { note?: string | null; details?: Terms; entry?: LogEntry } = {},
): Promise<Transition> {
  await kind.grant(ctx, row.asked, { id: row.id, number: numberOf(row) });
  return end(ctx, row, row.counteredById === null ? 'approved' : 'countered', said);
}

/** Who is asked now, and who still will be; of an either-or step that is done, nobody. */
export function turns(steps: readonly StepRow[]): { open: StepRow[]; later: StepRow[] } {
  const open = steps.filter(({ state }) => state === 'open');
  const turn = openPosition(steps) ?? Number.POSITIVE_INFINITY;
  const later = steps.filter(({ state, position }) => state === 'waiting' && position > turn);
  return { open, later };
}
