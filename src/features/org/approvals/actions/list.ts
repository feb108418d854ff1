import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { memberOf } from '../../../../runtime/context.ts';
import { listCard } from '../list-card.ts';
import { t } from '../messages.ts';
import { approvalList } from '../model.ts';
import { askedBy, waitingFor } from '../queries.ts';
import { approvalViews } from '../view.ts';

/** Rows of each part. */
const shown = 10;

export const list = defineAction({
  name: 'approvals.list',
  title: t('list-title'),
  summary: t('list-summary'),
  effect: 'read',
  input: z.strictObject({}),
  output: approvalList,
  roles: internalRoles,
  command: {
    verb: 'approvals',
    aliases: ['审批'],
    args: [],
    group: 'manager',
    examples: { en: ['approvals'], 'zh-CN': ['审批'] },
    top: 9,
  },
  example: { as: 'manager', input: {} },
  async run(ctx) {
    const { memberId } = memberOf(ctx);
    const waiting = await waitingFor(ctx, memberId, shown + 1);
    const asked = await askedBy(ctx, memberId, 'all', shown);
    return {
      waiting: await approvalViews(ctx, waiting.slice(0, shown)),
      asked: await approvalViews(ctx, asked),
      hasMore: waiting.length > shown,
    };
  },
  present: listCard,
});
