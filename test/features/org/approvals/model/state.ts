import { and, desc, eq, sql } from 'drizzle-orm';
import { approvalSteps, approvals } from '../../../../../src/features/org/approvals/tables.ts';
import { deals } from '../../../../../src/features/sales/deals/tables.ts';
import { rowsOf } from '../../../../../src/store/tx.ts';
import type { TestApp } from '../../../../support/app.ts';
import { keyOf, type Request } from './oracle.ts';

export interface State {
  row: typeof approvals.$inferSelect;
  steps: (typeof approvalSteps.$inferSelect)[];
  request: Request;
  transitions: number;
  pendingCount: number;
  /** Lines of this request in the deal's note. */
  grants: string[];
}

/** What has to be equal, in an order of its own. Who agreed matters only while somebody may still be asked. */
export function describe({ status, percent, termsVersion, decidedBy, passed }: Request): string {
  const isOpen = status === 'pending';
  return JSON.stringify({
    status,
    percent,
    termsVersion,
    decidedBy,
    passed: isOpen ? [...passed].sort() : [],
  });
}

/** A request as the database has it: the one named, else the latest about a deal. */
export async function readState(
  app: TestApp,
  dealId: string,
  own: string | undefined,
): Promise<State | undefined> {
  const found = await app.inOrg(async (tx) => {
    const [row] = await tx
      .select()
      .from(approvals)
      .where(
        and(eq(approvals.orgId, app.orgId), own ? eq(approvals.id, own) : eq(approvals.subjectId, dealId)),
      )
      .orderBy(desc(approvals.number))
      .limit(1);
    if (!row) return undefined;
    const [steps, counts, [deal]] = await Promise.all([
      tx
        .select()
        .from(approvalSteps)
        .where(and(eq(approvalSteps.orgId, app.orgId), eq(approvalSteps.approvalId, row.id))),
      rowsOf<{ transitions: number; pending: number }>(
        tx,
        sql`select
          (select count(*)::int from record_changes where org_id = ${app.orgId} and record_id = ${row.id}
            and op = 'update' and after ? 'status') as transitions,
          (select count(*)::int from approvals where org_id = ${app.orgId} and subject_id = ${dealId}
            and status = 'pending') as pending`,
      ),
      tx
        .select({ note: deals.note })
        .from(deals)
        .where(and(eq(deals.orgId, app.orgId), eq(deals.id, dealId))),
    ]);
    return {
      row,
      steps: steps.filter(({ state }) => state !== 'dropped'),
      counts: counts[0],
      note: deal?.note ?? '',
    };
  });
  if (!found) return undefined;
  const { row, steps, counts, note } = found;
  const request: Request = {
    status: row.status,
    requesterId: row.requesterId,
    percent: Number(row.terms.percentBasisPoints),
    amountMinor: String(row.terms.amountMinor),
    termsVersion: row.termsVersion,
    expiresAt: row.expiresAt,
    decidedBy: row.decidedById,
    passed: new Map(
      steps.flatMap((step) => (step.state === 'passed' ? [[keyOf(step.part), step.passedById ?? '']] : [])),
    ),
    calledIn: new Map(
      steps.map((step) => [
        keyOf(step.part),
        step.seats.filter(({ why }) => why === 'escalated').map(({ memberId }) => memberId),
      ]),
    ),
  };
  return {
    row,
    steps,
    request,
    transitions: counts?.transitions ?? -1,
    pendingCount: counts?.pending ?? -1,
    grants: note.split('\n').filter((line) => line.startsWith(`A-${row.number} `)),
  };
}
