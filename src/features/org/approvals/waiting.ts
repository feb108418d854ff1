import type { z } from 'zod';
import type { Inline } from '../../../kernel/text.ts';
import type { ApprovalSubject } from '../../../runtime/approval-kind.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { memberNames } from '../members/api.ts';
import { approvalView, type Seat } from './model.ts';
import { requireKind, turns } from './process.ts';
import { numberOf, stepsOf, waitingFor } from './queries.ts';
import type { ApprovalRow } from './record.ts';
import { approvalViews } from './view.ts';
import { pendingRequests, type WaitingFilter } from './waiting-queries.ts';

interface Person {
  memberId: string;
  name: string;
}

/** A request that waits, as it is told of among other things. */
export interface WaitingRequest {
  id: string;
  number: string;
  /** "Discount". */
  label: Inline;
  /** With amounts: for those who may see the subject. */
  headline: Inline;
  subject: ApprovalSubject;
  /** Whose the subject is; of nobody's, whoever asked. */
  ownerId: string;
  requester: Person;
  requestedAt: Date;
  answerBy: Date;
  /** What it is about, where that is an amount. */
  amount: { amountMinor: bigint; currency: string } | undefined;
  /** Those asked now; none: nobody can decide. */
  asked: Person[];
}

export function ownerOf({
  subjectOwnerId,
  requesterId,
}: Pick<ApprovalRow, 'subjectOwnerId' | 'requesterId'>): string {
  return subjectOwnerId ?? requesterId;
}

export function headlineOf(ctx: Ctx, { kind, subject, terms }: ApprovalRow): Inline {
  return requireKind(ctx, kind).headline(subject, terms);
}

/** Adds to requests that wait what people read of them. */
export async function waitingOf(ctx: Ctx, rows: readonly ApprovalRow[]): Promise<WaitingRequest[]> {
  const steps = await stepsOf(
    ctx,
    rows.map(({ id }) => id),
  );
  const seatsOf = new Map<string, Seat[]>();
  for (const { approvalId, seats } of turns(steps).open) {
    seatsOf.set(approvalId, [...(seatsOf.get(approvalId) ?? []), ...seats]);
  }
  const seated = [...seatsOf.values()].flat().map(({ memberId }) => memberId);
  const names = await memberNames(ctx, [...seated, ...rows.map(({ requesterId }) => requesterId)]);
  const person = (memberId: string): Person => ({ memberId, name: names.get(memberId) ?? '?' });
  return rows.map((row) => {
    const { id, kind, subject, requesterId, requestedAt, answerBy, facts } = row;
    const asked = new Set((seatsOf.get(id) ?? []).map(({ memberId }) => memberId));
    return {
      id,
      number: numberOf(row),
      label: requireKind(ctx, kind).label,
      headline: headlineOf(ctx, row),
      subject,
      ownerId: ownerOf(row),
      requester: person(requesterId),
      requestedAt,
      answerBy,
      amount: facts.amount && { ...facts.amount, amountMinor: BigInt(facts.amount.amountMinor) },
      asked: [...asked].map(person),
    };
  });
}

/** Requests without the answer that was promised by now, oldest first: all of them, or one. Rights are the caller's. */
export async function unansweredRequests(
  ctx: Ctx,
  { id, limit }: { id?: string | undefined; limit: number },
): Promise<WaitingRequest[]> {
  const filter: WaitingFilter = { id, answerBefore: ctx.now };
  return waitingOf(ctx, await pendingRequests(ctx, filter, limit));
}

/** A request in the list of somebody who decides on it. */
export const waitingView = approvalView.pick({
  number: true,
  headline: true,
  requester: true,
  note: true,
  requestedAt: true,
  answerBy: true,
  terms: true,
});
export type WaitingView = z.infer<typeof waitingView>;

/** What somebody is asked to decide, oldest first. */
export async function waitingApprovals(ctx: Ctx, memberId: string, limit: number): Promise<WaitingView[]> {
  const views = await approvalViews(ctx, await waitingFor(ctx, memberId, limit));
  return views.map(({ number, headline, requester, note, requestedAt, answerBy, terms }) => ({
    number,
    headline,
    requester,
    note,
    requestedAt,
    answerBy,
    terms,
  }));
}
