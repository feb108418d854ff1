import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { shownCard } from '../cards.ts';
import { approvalField } from '../inputs.ts';
import { t } from '../messages.ts';
import { approvalView } from '../model.ts';
import { requireApprovalSight } from '../rights.ts';
import { approvalViewOf } from '../view.ts';

export const show = defineAction({
  name: 'approvals.show',
  title: t('show-title'),
  summary: t('show-summary'),
  effect: 'read',
  input: z.strictObject({ approval: approvalField() }),
  output: approvalView,
  roles: internalRoles,
  example: { as: 'rep', input: { approval: 'A-1' } },
  async run(ctx, { approval }) {
    const row = await requireApprovalSight(ctx, approval);
    return approvalViewOf(ctx, row.id, { blocks: true });
  },
  present: shownCard,
});
