import { AppError } from '../../../kernel/errors.ts';
import type { Ref } from '../../../kernel/fields.ts';
import { instant, listed, strong } from '../../../kernel/text.ts';
import type { CounterOffer } from '../../../runtime/approval-kind.ts';
import { type Ctx, memberOf } from '../../../runtime/context.ts';
import { changeRecord } from '../../../store/records.ts';
import { memberNames } from '../members/api.ts';
import { t } from './messages.ts';
import { reaches } from './policy.ts';
import { type Ended, end, grant, handsIn, note, route, type Standing, stand, turnOver } from './process.ts';
import { type Decider, lockDecider, numberOf, updateStep } from './queries.ts';
import { type ApprovalRow, approvalRecord, type StepRow } from './record.ts';
import { requireApprovalSight } from './rights.ts';
import { anyReaches, mayDecide } from './routing.ts';
import { isLastWord, openPosition } from './rules.ts';
import { statusTexts } from './words.ts';

export interface Decision {
  approval: Ref;
  /** Version of the terms somebody read before deciding; without it, those of now. */
  terms?: number | undefined;
  note?: string | undefined;
}

/**
 * Says yes to the actor's parts, or to less than was asked. The request ends when nobody else is to be asked; what
 * has lost its ground meanwhile ends as superseded, and nothing is decided.
 */
export async function approve(ctx: Ctx, decision: Decision, offer: CounterOffer): Promise<ApprovalRow> {
  const decider = await lockDecider(ctx, memberOf(ctx).memberId);
  const found = await opened(ctx, decision);
  if ('ended' in found) return found.ended;
  await requireSeat(ctx, found, decider);
  const isLess = offer.percentBasisPoints !== undefined || offer.amount !== undefined;
  const standing = isLess ? await counter(ctx, found, offer) : found;
  const passed = await pass(ctx, standing, decider);
  const turned = isLess ? standing.row : await turnOver(ctx, standing, passed);
  const after = await route(ctx, turned, standing.kind, standing.case);
  const said = { note: decision.note ?? null, details: offerDetails(offer) };
  if (openPosition(after.steps) === undefined) {
    return (await grant(ctx, after, { ...said, entry: isLess ? 'countered' : 'approved' })).row;
  }
  return (await note(ctx, after.row, isLess ? 'countered' : 'passed', said)).row;
}

/** Says no; the reason is told to whoever asked. */
export async function reject(ctx: Ctx, decision: Decision & { note: string }): Promise<ApprovalRow> {
  const decider = await lockDecider(ctx, memberOf(ctx).memberId);
  const found = await opened(ctx, decision);
  if ('ended' in found) return found.ended;
  await requireSeat(ctx, found, decider);
  return (await end(ctx, found.row, 'rejected', { note: decision.note })).row;
}

/** Takes a request back: whoever asked, or an admin for somebody who cannot. */
export async function withdraw(ctx: Ctx, decision: Decision): Promise<ApprovalRow> {
  const found = await opened(ctx, decision);
  if ('ended' in found) return found.ended;
  await requireAsker(ctx, found);
  return (await end(ctx, found.row, 'withdrawn', { note: decision.note ?? null })).row;
}

/** A word in the log, by whoever asked, is asked or has a hand in it; the others are told. */
export async function say(ctx: Ctx, approval: Ref, text: string): Promise<ApprovalRow> {
  const found = await opened(ctx, { approval });
  if ('ended' in found) return found.ended;
  await requireHand(ctx, found);
  return (await note(ctx, found.row, 'said', { note: text })).row;
}

/** Lets pass whoever decides on a request now. Throws AppError that says why not, or who does. */
export async function requireTurn(ctx: Ctx, approval: Ref): Promise<void> {
  const decider = await lockDecider(ctx, memberOf(ctx).memberId);
  await requireSeat(ctx, await standing(ctx, approval), decider);
}

/** Lets pass whoever may take a request back. Throws AppError. */
export async function requireOwn(ctx: Ctx, approval: Ref): Promise<void> {
  await requireAsker(ctx, await standing(ctx, approval));
}

/** Lets pass whoever may say something about a request. Throws AppError. */
export async function requireParty(ctx: Ctx, approval: Ref): Promise<void> {
  await requireHand(ctx, await standing(ctx, approval));
}

/** A request that waits. Throws AppError `conflict` for one that does not. */
async function standing(ctx: Ctx, approval: Ref): Promise<Standing> {
  const found = await opened(ctx, { approval });
  if ('ended' in found) throw await answered(ctx, found.ended);
  return found;
}

async function requireAsker(ctx: Ctx, { row }: Standing): Promise<void> {
  const { memberId, roles } = memberOf(ctx);
  if (row.requesterId === memberId || roles.includes('admin')) return;
  const name = strong((await memberNames(ctx, [row.requesterId])).get(row.requesterId) ?? '?');
  throw new AppError('forbidden', t('only-requester', { number: numberOf(row), name }));
}

async function requireHand(ctx: Ctx, found: Standing): Promise<void> {
  const { memberId } = memberOf(ctx);
  const isParty = found.asking.excluded.has(memberId) || seatsOfMember(found, memberId).length > 0;
  if (!isParty) throw await notYours(ctx, found);
}

/** Locks the request. Throws AppError `conflict` for one that had its answer before, and says whose. */
async function opened(ctx: Ctx, { approval, terms }: Decision): Promise<Standing | Ended> {
  const found = await stand(ctx, approval.id);
  if (!found) throw new AppError('not_found', t('gone'));
  if ('ended' in found) {
    if (!found.justNow) throw await answered(ctx, found.ended);
    // The answer shows the request, also to somebody who was never asked.
    await requireApprovalSight(ctx, approval);
    return found;
  }
  if (terms !== undefined && terms !== found.row.termsVersion) {
    throw new AppError('conflict', t('older-card', { number: numberOf(found.row) }), toOpen(found.row));
  }
  return found;
}

/** "Already approved by Li Na at 14:02". */
async function answered(ctx: Ctx, row: ApprovalRow): Promise<AppError> {
  const { decidedById, decidedAt, status } = row;
  const name = (await memberNames(ctx, [decidedById])).get(decidedById ?? '');
  const values = {
    number: numberOf(row),
    status: statusTexts[status],
    at: instant(decidedAt ?? row.updatedAt),
  };
  const text = name === undefined ? t('already', values) : t('already-by', { ...values, name: strong(name) });
  return new AppError('conflict', text, toOpen(row));
}

function toOpen(row: ApprovalRow) {
  return {
    waysOut: [{ label: t('open'), action: 'approvals.show', input: { approval: numberOf(row) } }],
  };
}

/** Lets pass whoever is asked now. Throws AppError `forbidden` that says why not, or who is. */
async function requireSeat(ctx: Ctx, standing: Standing, { roles, isHere }: Decider): Promise<void> {
  const { memberId } = memberOf(ctx);
  const { row, asking } = standing;
  const number = numberOf(row);
  if (memberId === row.requesterId) throw new AppError('forbidden', t('not-own', { number }));
  if (asking.excluded.has(memberId)) {
    const isKnown = handsIn(row.requesterId, standing.case).includes(memberId);
    throw new AppError('forbidden', t(isKnown ? 'not-involved' : 'not-same-person', { number }));
  }
  const isAsked = seatsOfMember(standing, memberId).length > 0;
  if (!isAsked || !isHere || !mayDecide(roles)) throw await notYours(ctx, standing);
}

function seatsOfMember({ steps }: Standing, memberId: string): StepRow[] {
  return steps.filter(
    ({ state, seats }) => state === 'open' && seats.some((seat) => seat.memberId === memberId),
  );
}

async function notYours(ctx: Ctx, { row, steps }: Standing): Promise<AppError> {
  const ids = steps.flatMap(({ state, seats }) => (state === 'open' ? seats : []));
  const names = await memberNames(
    ctx,
    ids.map(({ memberId }) => memberId),
  );
  const number = numberOf(row);
  if (names.size === 0) return new AppError('forbidden', t('nobody-left', { number }));
  const people = listed([...names.values()].map((name) => strong(name)));
  return new AppError('forbidden', t('not-yours', { number, people }));
}

/**
 * Marks the actor's parts as agreed and answers all steps. Throws AppError `rule` where this would grant
 * more than anybody who agreed may. */
async function pass(ctx: Ctx, standing: Standing, { roles }: Decider): Promise<StepRow[]> {
  const { memberId } = memberOf(ctx);
  let { steps } = standing;
  for (const part of seatsOfMember(standing, memberId)) {
    const mayGrant =
      !isLastWord(steps, part.id) ||
      reaches(standing.policy, roles, standing.case.facts) ||
      (await anyReaches(ctx, standing.policy, standing.case.facts, passedBy(steps)));
    if (!mayGrant) {
      throw new AppError('rule', t('beyond-limit', { number: numberOf(standing.row) }));
    }
    const passed = await updateStep(ctx, part.id, {
      state: 'passed',
      passedById: memberId,
      passedAt: ctx.now,
    });
    steps = steps.map((step) => (step.id === part.id ? passed : step));
  }
  return steps;
}

const passedBy = (steps: readonly StepRow[]) => steps.flatMap(({ passedById }) => passedById ?? []);

async function counter(ctx: Ctx, { row, kind }: Standing, offer: CounterOffer): Promise<Standing> {
  if (!kind.counter) throw new AppError('rule', t('no-counter', { kind: kind.label }));
  const asked = await kind.counter(ctx, row.asked, offer);
  const now = await kind.read(ctx, asked, { lock: true });
  if (!now) throw new AppError('rule', t('nothing-to-decide'));
  const changed = await changeRecord(ctx, approvalRecord, row, {
    asked,
    terms: now.terms,
    facts: now.facts,
    termsVersion: row.termsVersion + 1,
    counteredById: memberOf(ctx).memberId,
  });
  return route(ctx, changed, kind, now);
}

function offerDetails({ percentBasisPoints, amount }: CounterOffer): Record<string, string | number> {
  return {
    ...(percentBasisPoints === undefined ? {} : { percentBasisPoints }),
    ...(amount === undefined
      ? {}
      : { amountMinor: amount.amountMinor.toString(), currency: amount.currency }),
  };
}
