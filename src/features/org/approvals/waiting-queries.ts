import { and, asc, eq, gt, inArray, lt, or, sql } from 'drizzle-orm';
import type { Ctx } from '../../../runtime/context.ts';
import type { DigestScope } from '../../../runtime/digest.ts';
import type { ApprovalRow } from './record.ts';
import { approvals } from './tables.ts';

export interface WaitingFilter {
  /** About something of theirs, or asked by them. */
  owners?: DigestScope['owners'] | undefined;
  requesterId?: string | undefined;
  id?: string | undefined;
  requestedBefore?: Date | undefined;
  /** An answer was promised before. */
  answerBefore?: Date | undefined;
}

/** Requests that wait for an answer and have not run out of time, oldest first. Never reads those that have one. */
export async function pendingRequests(
  ctx: Pick<Ctx, 'org' | 'tx' | 'now'>,
  { owners = { all: true }, requesterId, id, requestedBefore, answerBefore }: WaitingFilter,
  limit: number,
): Promise<ApprovalRow[]> {
  if ('memberIds' in owners && owners.memberIds.length === 0) return [];
  const theirs =
    'all' in owners
      ? undefined
      : or(
          inArray(approvals.subjectOwnerId, [...owners.memberIds]),
          inArray(approvals.requesterId, [...owners.memberIds]),
        );
  return ctx.tx
    .select()
    .from(approvals)
    .where(
      and(
        eq(approvals.orgId, ctx.org.id),
        // Repeats the predicate of the index on pending requests.
        sql`${approvals.status} = 'pending'`,
        gt(approvals.expiresAt, ctx.now),
        theirs,
        requesterId === undefined ? undefined : eq(approvals.requesterId, requesterId),
        id === undefined ? undefined : eq(approvals.id, id),
        requestedBefore && lt(approvals.requestedAt, requestedBefore),
        answerBefore && lt(approvals.answerBy, answerBefore),
      ),
    )
    .orderBy(asc(approvals.requestedAt), asc(approvals.id))
    .limit(limit);
}
