import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { alertsCard, listCard } from '../cards.ts';
import { placeFields } from '../inputs.ts';
import { t } from '../messages.ts';
import { alertsList } from '../model.ts';
import { allViews, placeOf, viewOfPlace } from '../views.ts';

/** What one place gets, or without one every channel and the reader. */
export const list = defineAction({
  name: 'alerts.list',
  title: t('list-title'),
  summary: t('list-summary'),
  effect: 'read',
  input: z.strictObject(placeFields()),
  output: alertsList,
  roles: internalRoles,
  form: 'never',
  example: { as: 'manager', input: {} },

  async run(ctx, input) {
    if (input.channel === undefined && input.me !== true) return allViews(ctx);
    const place = await placeOf(ctx, input, { look: true });
    return { listeners: [await viewOfPlace(ctx, place)], hasMore: false };
  },
  present: (output, at) => {
    const [only, ...more] = output.listeners;
    return only && more.length === 0 ? alertsCard(only, at) : listCard(output, at);
  },
});
