import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { changeRecord } from '../../../../store/records.ts';
import { stoppedCard } from '../cards.ts';
import { kindField, placeFields } from '../inputs.ts';
import { t } from '../messages.ts';
import { alertsChange } from '../model.ts';
import { liveRules } from '../queries.ts';
import { alertRuleRecord } from '../record.ts';
import { listenerIn, placeOf, viewOfPlace } from '../views.ts';

/** Without kinds all of them. */
export const stop = defineAction({
  name: 'alerts.stop',
  title: t('stop-title'),
  summary: t('stop-summary'),
  effect: 'write',
  input: z.strictObject({ ...placeFields(), kinds: kindField().optional() }),
  output: alertsChange,
  roles: internalRoles,
  form: 'never',
  example: { as: 'manager', input: { channel: '#sales-west', kinds: ['stuck'] } },

  async run(ctx, { kinds, ...input }) {
    const place = await placeOf(ctx, input, {});
    const listener = listenerIn(ctx, place);
    const rules = listener ? await liveRules(ctx, listener) : [];
    const stopped = rules.filter(({ kind }) => kinds === undefined || kinds.includes(kind));
    for (const rule of stopped) await changeRecord(ctx, alertRuleRecord, rule, { archivedAt: ctx.now });
    return { ...(await viewOfPlace(ctx, place)), changed: stopped.map(({ kind }) => kind) };
  },
  present: stoppedCard,
});
