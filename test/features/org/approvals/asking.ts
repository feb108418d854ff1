import { and, asc, eq } from 'drizzle-orm';
import { type PolicyRules, usualPolicy } from '../../../../src/features/org/approvals/policy.ts';
import { currentPolicy, insertPolicy } from '../../../../src/features/org/approvals/queries.ts';
import type { ApprovalRow, LogRow, StepRow } from '../../../../src/features/org/approvals/record.ts';
import {
  approvalLog,
  approvalSteps,
  approvalSubstitutes,
  approvals,
} from '../../../../src/features/org/approvals/tables.ts';
import { watchApprovals } from '../../../../src/features/org/approvals/watch.ts';
import type { Role } from '../../../../src/kernel/context.ts';
import type { Ctx } from '../../../../src/runtime/context.ts';
import { operate } from '../../../../src/runtime/execute.ts';
import type { Job } from '../../../../src/runtime/job.ts';
import { outbox } from '../../../../src/store/tables/outbox.ts';
import { members } from '../../../../src/store/tables/people.ts';
import type { Person, TestApp } from '../../../support/app.ts';

function jobCalled(app: TestApp, name: string): Job {
  const found = app.registry.job(name);
  if (!found) throw new Error(`no job ${name}`);
  return found;
}

/** What is asked of the database beside what people see. */
export function asking(app: TestApp) {
  const job = <T>(run: (ctx: Ctx) => Promise<T>) =>
    operate(app.engine, { orgId: app.orgId, handler: 'test' }, run);
  const called = (number: string) =>
    and(eq(approvals.orgId, app.orgId), eq(approvals.number, Number(number.slice(2))));
  return {
    job,
    /** Asks leave to waive part of a deal; gives the number of the request. */
    async ask(person: Person, deal: string, percent: number): Promise<string> {
      const output = (await person.call('waivers.request', { deal, percent })) as { approval: string | null };
      if (output.approval === null) throw new Error('nobody has to decide');
      return output.approval;
    },
    setPolicy: (rules: Partial<PolicyRules>) =>
      job(async (ctx) => {
        const { version } = await currentPolicy(ctx, 'waiver');
        const policy = { ...usualPolicy, ...rules };
        await insertPolicy(ctx, { kind: 'waiver', policyVersion: version + 1, rules: policy, setById: null });
      }),
    giveRoles: async (person: Person, roles: Role[]) => {
      const id = await person.memberId();
      await app.inOrg((tx) => tx.update(members).set({ roles }).where(eq(members.id, id)));
    },
    standIn: async (person: Person, substitute: Person, on: string) => {
      const [memberId, substituteId] = [await person.memberId(), await substitute.memberId()];
      await job((ctx) =>
        ctx.tx.insert(approvalSubstitutes).values({
          orgId: app.orgId,
          id: ctx.newId(),
          memberId,
          substituteId,
          fromOn: on,
          untilOn: on,
          createdAt: ctx.now,
          updatedAt: ctx.now,
        }),
      );
    },
    /** The job of the app, whichever that is. */
    watch: () => job((ctx) => jobCalled(app, watchApprovals.name).run(ctx, {})),
    async row(number: string): Promise<ApprovalRow> {
      const [row] = await app.inOrg((tx) => tx.select().from(approvals).where(called(number)));
      if (!row) throw new Error(`no ${number}`);
      return row;
    },
    async steps(number: string): Promise<StepRow[]> {
      const { id } = await this.row(number);
      return app.inOrg((tx) =>
        tx
          .select()
          .from(approvalSteps)
          .where(eq(approvalSteps.approvalId, id))
          .orderBy(asc(approvalSteps.position)),
      );
    },
    async log(number: string): Promise<LogRow[]> {
      const { id } = await this.row(number);
      return app.inOrg((tx) =>
        tx.select().from(approvalLog).where(eq(approvalLog.approvalId, id)).orderBy(asc(approvalLog.id)),
      );
    },
    /** Messages of a notification that were queued since the app was made, whether or not they have gone out. */
    queued: (notification: string) =>
      app.inOrg((tx) =>
        tx
          .select()
          .from(outbox)
          .where(and(eq(outbox.orgId, app.orgId), eq(outbox.name, notification))),
      ),
  };
}
