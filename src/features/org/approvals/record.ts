import { eq } from 'drizzle-orm';
import type { ApprovalSubject } from '../../../runtime/approval-kind.ts';
import { defineRecord } from '../../../store/records.ts';
import { t } from './messages.ts';
import {
  approvalDesks,
  type approvalLog,
  type approvalPolicies,
  type approvalSteps,
  approvalSubstitutes,
  approvals,
} from './tables.ts';
import { statusTexts } from './words.ts';

const nameOf = ({ number, name }: ApprovalSubject) => `${number} ${name}`;

export const approvalRecord = defineRecord({
  kind: 'approval',
  numbered: 'approval',
  table: approvals,
  label: ({ subject }) => nameOf(subject as ApprovalSubject),
  state: 'status',
  open: eq(approvals.status, 'pending'),
  irreversible: true,
  fieldLabels: { status: t('status'), decidedNote: t('note'), note: t('note') },
  valueLabels: { status: statusTexts },
});

export const deskRecord = defineRecord({
  kind: 'approval-desk',
  table: approvalDesks,
  label: () => 'desk',
  fieldLabels: { archivedAt: t('desk-off') },
});

export const substituteRecord = defineRecord({
  kind: 'approval-substitute',
  table: approvalSubstitutes,
  label: (row) => `${row.fromOn}..${row.untilOn}`,
  fieldLabels: { fromOn: t('from'), untilOn: t('until'), archivedAt: t('ended') },
});

export type ApprovalRow = typeof approvals.$inferSelect;
export type StepRow = typeof approvalSteps.$inferSelect;
export type LogRow = typeof approvalLog.$inferSelect;
export type PolicyRow = typeof approvalPolicies.$inferSelect;
export type DeskRow = typeof approvalDesks.$inferSelect;
export type SubstituteRow = typeof approvalSubstitutes.$inferSelect;
