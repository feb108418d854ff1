import { addWorkingMinutes } from '../../../kernel/dates.ts';
import { AppError } from '../../../kernel/errors.ts';
import { command, instant } from '../../../kernel/text.ts';
import type { ApprovalFacts, Asked } from '../../../runtime/approval-kind.ts';
import { type Ctx, memberOf } from '../../../runtime/context.ts';
import { createRecord } from '../../../store/records.ts';
import { t } from './messages.ts';
import type { Part } from './model.ts';
import { type Measured, type PolicyRules, type PolicyStep, stepsFor } from './policy.ts';
import { askingOf, note, requireKind, route } from './process.ts';
import { currentPolicy, numberOf, pendingOf, unitsOver } from './queries.ts';
import { type ApprovalRow, approvalRecord } from './record.ts';
import { type Asking, anyReaches, seatsFor } from './routing.ts';

/** Promised to whoever asks, in business hours. */
const answerHours = 4;

export interface Request {
  kind: string;
  subjectId: string;
  asked: Asked;
  note: string | null;
}

/** `granted`: nobody needs to decide, it is so already. */
export type Requested = { state: 'granted' } | { state: 'pending' | 'already'; row: ApprovalRow };

/**
 * Asks leave. While a request about the same subject is open, that one is answered (`already`) and no second made.
 * Throws AppError `rule` when nobody could decide, naming what to set up.
 */
export async function requestApproval(ctx: Ctx, request: Request): Promise<Requested> {
  const { kind: kindName, subjectId, asked } = request;
  const kind = requireKind(ctx, kindName);
  const { memberId: requesterId } = memberOf(ctx);
  // Before anything is locked: whoever decides on it holds it and wants what we would lock.
  const open = await pendingOf(ctx, kindName, subjectId);
  if (open) return { state: 'already', row: open };
  const now = await kind.read(ctx, asked, { lock: true });
  if (!now) throw new AppError('rule', t('nothing-to-decide'));
  const meanwhile = await pendingOf(ctx, kindName, subjectId);
  if (meanwhile) return { state: 'already', row: meanwhile };
  const { rules: policy, version } = await currentPolicy(ctx, kindName);
  const measured = { ...now.facts, unitIds: await unitsOver(ctx, requesterId) };
  if (stepsFor(policy, measured).length === 0) {
    await kind.grant(ctx, asked, null);
    return { state: 'granted' };
  }
  const asking = await askingOf(ctx, requesterId, now, ctx.now);
  await requireDeciders(ctx, policy, measured, asking);
  const row = await createRecord(ctx, approvalRecord, {
    kind: kindName,
    subject: now.subject,
    subjectId,
    subjectOwnerId: now.ownerId,
    requesterId,
    asked,
    terms: now.terms,
    facts: now.facts,
    policyVersion: version,
    involvedIds: [...asking.excluded].sort(),
    note: request.note,
    requestedAt: ctx.now,
    answerBy: addWorkingMinutes(ctx.now, answerHours * 60, ctx.org),
    expiresAt: addWorkingMinutes(ctx.now, policy.expireAfterHours * 60, ctx.org),
  });
  const standing = await route(ctx, row, kind, now);
  const { percentBasisPoints = null } = now.facts;
  await note(ctx, standing.row, 'asked', { note: request.note, details: { percentBasisPoints } });
  return { state: 'pending', row: standing.row };
}

/** Whether by the rules in force nobody has to decide on a case of the actor with these facts. */
export async function needsNobody(ctx: Ctx, kind: string, facts: ApprovalFacts): Promise<boolean> {
  const { rules } = await currentPolicy(ctx, kind);
  const unitIds = await unitsOver(ctx, memberOf(ctx).memberId);
  return stepsFor(rules, { ...facts, unitIds }).length === 0;
}

/** Throws AppError `rule` for a way nobody could go to its end, naming the role or the limit in its way. */
async function requireDeciders(
  ctx: Ctx,
  policy: PolicyRules,
  facts: Measured,
  asking: Asking,
): Promise<void> {
  const people: string[] = [];
  for (const step of stepsFor(policy, facts)) people.push(...(await decidersOf(ctx, step, asking)));
  if (await anyReaches(ctx, policy, facts, people)) return;
  throw new AppError('rule', t('nobody-reaches', { line: command('policy') }));
}

/** Whoever would be asked in a step. Throws AppError `rule` where nobody could do it, naming the role that is missing. */
async function decidersOf(ctx: Ctx, { need, parts }: PolicyStep, asking: Asking): Promise<string[]> {
  const people: string[] = [];
  const empty: Part[] = [];
  for (const part of parts) {
    const seats = await seatsFor(ctx, part, asking);
    if (seats.length === 0) empty.push(part);
    people.push(...seats.map(({ memberId }) => memberId));
  }
  const [missing] = empty;
  if (!missing || (need === 'any' && empty.length < parts.length)) return people;
  const role = missing.who === 'role' ? missing.role : 'manager';
  throw new AppError('rule', t('nobody-decides', { role, line: command(`role @… ${role}`) }));
}

/** Refuses a second request while one is open. */
export function alreadyOpen(row: ApprovalRow): AppError {
  return new AppError(
    'conflict',
    t('already-open', { number: numberOf(row), at: instant(row.requestedAt) }),
    {
      waysOut: [{ label: t('open'), action: 'approvals.show', input: { approval: numberOf(row) } }],
    },
  );
}
