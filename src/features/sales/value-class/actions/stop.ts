import { z } from 'zod';
import { defineAction } from '../../../../runtime/action.ts';
import { changeRecord } from '../../../../store/records.ts';
import { stoppedCard } from '../cards.ts';
import { t } from '../messages.ts';
import { classesStopped } from '../model.ts';
import { ruleRow } from '../queries.ts';
import { valueClassRuleRecord } from '../record.ts';
import { viewOf } from '../rules.ts';

/** The classes stay what they are. */
export const stop = defineAction({
  name: 'value-class.stop',
  title: t('stop-title'),
  summary: t('stop-summary'),
  effect: 'write',
  input: z.strictObject({}),
  output: classesStopped,
  roles: ['manager', 'admin'],
  form: 'never',
  example: { as: 'manager', input: {} },

  async run(ctx) {
    const rule = await ruleRow(ctx, { lock: true });
    if (!rule || rule.archivedAt !== null) return { before: null };
    await changeRecord(ctx, valueClassRuleRecord, rule, { archivedAt: ctx.now });
    return { before: viewOf(rule) };
  },
  present: stoppedCard,
});
