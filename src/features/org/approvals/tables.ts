import { sql } from 'drizzle-orm';
import { date, index, integer, jsonb, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { ApprovalFacts, ApprovalSubject, Asked, Terms } from '../../../runtime/approval-kind.ts';
import { orgTable } from '../../../store/org-table.ts';
import { numberColumn, recordColumns } from '../../../store/records.ts';
import type { ApprovalStatus, Need, Part, Seat, StepState } from './model.ts';
import type { PolicyRules } from './policy.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** One request and what became of it. Of one subject and kind at most one is pending. */
export const approvals = orgTable(
  'approvals',
  {
    ...numberColumn(),
    kind: text('kind').notNull(),
    /** As it was called when it was asked. */
    subject: jsonb('subject').$type<ApprovalSubject>().notNull(),
    subjectId: uuid('subject_id').notNull(),
    /** Whoever asked; never among those who decide. */
    requesterId: uuid('requester_id').notNull(),
    /** What the kind needs to read the case again. */
    asked: jsonb('asked').$type<Asked>().notNull(),
    /** What the answer rests on; compared in the deciding transaction. */
    terms: jsonb('terms').$type<Terms>().notNull(),
    /** From 1; a counter-offer makes the next, and so does the turn of the next step. Buttons carry it. */
    termsVersion: integer('terms_version').notNull().default(1),
    facts: jsonb('facts').$type<ApprovalFacts>().notNull(),
    policyVersion: integer('policy_version').notNull(),
    /** Who answers for the subject, as of the last look. */
    subjectOwnerId: uuid('subject_owner_id'),
    /** Those who may not decide, as of the last look. */
    involvedIds: uuid('involved_ids').array().notNull(),
    status: text('status').$type<ApprovalStatus>().notNull().default('pending'),
    note: text('note'),
    requestedAt: instant('requested_at').notNull(),
    /** When the answer was promised; escalation does not move it. */
    answerBy: instant('answer_by').notNull(),
    expiresAt: instant('expires_at').notNull(),
    /** Somebody who decides offered less and the next step goes on with that. */
    counteredById: uuid('countered_by_id'),
    decidedById: uuid('decided_by_id'),
    decidedAt: instant('decided_at'),
    /** Platform of the decision. */
    decidedVia: text('decided_via'),
    decidedNote: text('decided_note'),
    ...recordColumns(),
  },
  (table) => [
    uniqueIndex('approvals_number').on(table.orgId, table.number),
    uniqueIndex('approvals_one_pending')
      .on(table.orgId, table.kind, table.subjectId)
      .where(sql`status = 'pending'`),
    index('approvals_pending').on(table.orgId, table.requestedAt).where(sql`status = 'pending'`),
    index('approvals_subject').on(table.orgId, table.subjectId, table.requestedAt),
    index('approvals_requester').on(table.orgId, table.requesterId, table.requestedAt),
  ],
);

/** One part of the way to a yes; parts of the same position are open at the same time. */
export const approvalSteps = orgTable(
  'approval_steps',
  {
    approvalId: uuid('approval_id').notNull(),
    /** From 1. */
    position: integer('position').notNull(),
    part: jsonb('part').$type<Part>().notNull(),
    /** Of the parts of one position. */
    need: text('need').$type<Need>().notNull(),
    state: text('state').$type<StepState>().notNull(),
    /** In the order they were asked. */
    seats: jsonb('seats').$type<Seat[]>().notNull(),
    openedAt: instant('opened_at'),
    escalateAt: instant('escalate_at'),
    escalatedAt: instant('escalated_at'),
    passedById: uuid('passed_by_id'),
    passedAt: instant('passed_at'),
    ...recordColumns(),
  },
  (table) => [index('approval_steps_approval').on(table.orgId, table.approvalId, table.position)],
);

/** What was said and done about a request, in order: the log of its thread. */
export const approvalLog = orgTable(
  'approval_log',
  {
    approvalId: uuid('approval_id').notNull(),
    at: instant('at').notNull(),
    entry: text('entry').notNull(),
    memberId: uuid('member_id'),
    memberName: text('member_name'),
    via: text('via').notNull(),
    note: text('note'),
    details: jsonb('details').$type<Terms>().notNull(),
  },
  (table) => [index('approval_log_approval').on(table.orgId, table.approvalId, table.at)],
  { insertOnly: true },
);

/** Versions of an organization's policies; the newest of a kind counts. */
export const approvalPolicies = orgTable(
  'approval_policies',
  {
    kind: text('kind').notNull(),
    policyVersion: integer('policy_version').notNull(),
    rules: jsonb('rules').$type<PolicyRules>().notNull(),
    setById: uuid('set_by_id'),
    setAt: instant('set_at').notNull(),
  },
  (table) => [uniqueIndex('approval_policies_version').on(table.orgId, table.kind, table.policyVersion)],
  { insertOnly: true },
);

/** Channels where requests are shown as well; null kind: of every kind. */
export const approvalDesks = orgTable(
  'approval_desks',
  {
    channelId: uuid('channel_id').notNull(),
    kind: text('kind'),
    /** Whose sight decides what it gets; null: everything. */
    setById: uuid('set_by_id'),
    /** Only requests of this team or region. */
    unitId: uuid('unit_id'),
    ...recordColumns(),
  },
  (table) => [uniqueIndex('approval_desks_channel').on(table.orgId, table.channelId)],
);

/** Who decides for somebody on these days, both included; local days of the organization. */
export const approvalSubstitutes = orgTable(
  'approval_substitutes',
  {
    memberId: uuid('member_id').notNull(),
    substituteId: uuid('substitute_id').notNull(),
    fromOn: date('from_on').notNull(),
    untilOn: date('until_on').notNull(),
    ...recordColumns(),
  },
  (table) => [index('approval_substitutes_member').on(table.orgId, table.memberId, table.untilOn)],
);
