import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { listCard } from '../cards.ts';
import { t } from '../messages.ts';
import { digestList } from '../model.ts';
import { knownDigests, viewsOf } from '../views.ts';

/** What `digest` alone shows. */
export const list = defineAction({
  name: 'digests.list',
  title: t('list-title'),
  summary: t('list-summary'),
  effect: 'read',
  input: z.strictObject({}),
  output: digestList,
  roles: internalRoles,
  form: 'never',
  example: { as: 'rep', input: {} },

  async run(ctx) {
    const { rows, hasMore } = await knownDigests(ctx);
    return { digests: await viewsOf(ctx, rows), hasMore };
  },
  present: listCard,
});
