import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { stagesOf, viewOf } from '../api.ts';
import { listCard } from '../cards.ts';
import { t } from '../messages.ts';
import { stageList } from '../model.ts';

/** What `stages` alone shows. */
export const list = defineAction({
  name: 'stages.list',
  title: t('list-title'),
  summary: t('list-summary'),
  effect: 'read',
  input: z.strictObject({}),
  output: stageList,
  roles: internalRoles,
  example: { as: 'rep', input: {} },
  run: async (ctx) => ({ stages: (await stagesOf(ctx)).map(viewOf) }),
  present: listCard,
});
