import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { memberOf } from '../../../../runtime/context.ts';
import { listCard } from '../cards.ts';
import { t } from '../messages.ts';
import { leadList, leadStates } from '../model.ts';
import { leadsOf } from '../queries.ts';
import { stateTexts } from '../words.ts';

const rows = 10;

export const list = defineAction({
  name: 'leads.list',
  title: t('list-title'),
  summary: t('list-summary'),
  effect: 'read',
  input: z.strictObject({
    owner: f.person(t('owner')).optional(),
    state: f
      .oneOf(
        t('state'),
        leadStates.map((value) => ({ value, label: stateTexts[value] })),
      )
      .optional(),
    unowned: f.flag(t('unowned')).optional(),
  }),
  output: leadList,
  roles: internalRoles,
  command: {
    verb: 'leads',
    aliases: ['线索', '我的线索', 'my-leads'],
    args: ['owner', 'state'],
    keys: {
      owner: 'owner',
      负责人: 'owner',
      state: 'state',
      状态: 'state',
      unowned: 'unowned',
      无负责人: 'unowned',
    },
    group: 'daily',
    examples: {
      en: ['leads', 'leads @wang', 'leads nurture'],
      'zh-CN': ['线索', '线索 @wang', '线索 培育中'],
    },
  },
  example: { as: 'rep', input: {} },

  async run(ctx, { owner, state = 'new', unowned = false }) {
    const me = memberOf(ctx);
    const whose = owner
      ? { memberId: owner.id, name: owner.label }
      : { memberId: me.memberId, name: me.name };
    const found = await leadsOf(ctx, unowned ? null : whose.memberId, state, rows + 1);
    return {
      owner: unowned ? null : whose,
      state,
      leads: found.slice(0, rows),
      hasMore: found.length > rows,
    };
  },
  present: listCard,
});
