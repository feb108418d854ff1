import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { settingsCard } from '../cards.ts';
import { t } from '../messages.ts';
import { settingsView } from '../model.ts';
import { settingsOf } from '../settings-of.ts';

export const show = defineAction({
  name: 'settings.show',
  title: t('title'),
  summary: t('show-summary'),
  effect: 'read',
  input: z.strictObject({}),
  output: settingsView,
  roles: internalRoles,
  example: { as: 'rep', input: {} },
  run: async (ctx) => settingsOf(ctx.org),
  present: settingsCard,
});
