import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { formatNumber } from '../../../kernel/ids.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { members } from '../../../store/tables/people.ts';
import { accounts } from '../../crm/accounts/tables.ts';
import { deals } from '../deals/tables.ts';
import { leads } from '../leads/tables.ts';
import type { StepView, SubjectView } from './model.ts';
import type { NextStepRow } from './record.ts';
import { nextSteps } from './tables.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

/** The open step of a record, to be changed. */
export async function openRow(ctx: Reading, subjectId: string): Promise<NextStepRow | undefined> {
  const rows = await ctx.tx
    .select()
    .from(nextSteps)
    .where(and(isOpen(ctx), eq(nextSteps.subjectId, subjectId)));
  return rows[0];
}

/** The open step of a record, to be shown. */
export async function openStep(ctx: Reading, subjectId: string): Promise<StepView | undefined> {
  const rows = await selectSteps(ctx).where(and(isOpen(ctx), eq(nextSteps.subjectId, subjectId)));
  const row = rows[0];
  return row && toView(row);
}

export function isOpen(ctx: Reading): SQL | undefined {
  return and(eq(nextSteps.orgId, ctx.org.id), eq(nextSteps.status, 'open'), isNull(nextSteps.archivedAt));
}

/** Steps with the names of their subject and owner: one query, whatever the subjects are. */
export function selectSteps(ctx: Reading) {
  const subject = (kind: SubjectView['kind'], table: typeof leads | typeof deals | typeof accounts) =>
    and(eq(nextSteps.subjectKind, kind), eq(table.orgId, nextSteps.orgId), eq(table.id, nextSteps.subjectId));
  return ctx.tx
    .select({
      step: nextSteps,
      owner: members.name,
      number: sql<number>`coalesce(${leads.number}, ${deals.number}, ${accounts.number})`,
      name: sql<string>`coalesce(${leads.company}, ${deals.name}, ${accounts.name})`,
    })
    .from(nextSteps)
    .leftJoin(members, and(eq(members.orgId, nextSteps.orgId), eq(members.id, nextSteps.ownerId)))
    .leftJoin(leads, subject('lead', leads))
    .leftJoin(deals, subject('deal', deals))
    .leftJoin(accounts, subject('account', accounts))
    .$dynamic();
}

interface StepRow {
  step: NextStepRow;
  owner: string | null;
  number: number;
  name: string;
}

export function toView({ step, owner, number, name }: StepRow): StepView {
  return {
    subject: { kind: step.subjectKind, number: formatNumber(step.subjectKind, number), name },
    text: step.text,
    dueOn: step.dueOn,
    dueAt: step.dueAt?.toISOString() ?? null,
    status: step.status,
    owner: { memberId: step.ownerId, name: owner ?? '?' },
  };
}
