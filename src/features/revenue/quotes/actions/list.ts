import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { f } from '../../../../kernel/fields.ts';
import { record } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { type Ctx, memberOf } from '../../../../runtime/context.ts';
import { memberNames, requireSight, visibleOwners } from '../../../org/members/api.ts';
import { listCard } from '../list-card.ts';
import { t } from '../messages.ts';
import { quoteList, quoteStatuses } from '../model.ts';
import { listQuotes, readDealFacts } from '../queries.ts';
import { dealNumber } from '../rights.ts';
import { todayOf } from '../terms.ts';
import { rowView } from '../views.ts';
import { statusTexts } from '../words.ts';

const rows = 10;

export const list = defineAction({
  name: 'quotes.list',
  title: t('list-title'),
  summary: t('list-summary'),
  effect: 'read',
  input: z.strictObject({
    deal: f.ref('deal', t('deal'), { placeholder: 'D-142' }).optional(),
    owner: f.person(t('owner'), { placeholder: 'me' }).optional(),
    status: f
      .oneOf(
        t('status'),
        quoteStatuses.map((value) => ({ value, label: statusTexts[value] })),
      )
      .optional(),
    page: f.number(t('row'), { min: 1, max: 1000 }).optional(),
  }),
  output: quoteList,
  roles: internalRoles,
  form: 'never',
  hidden: ['page'],
  command: {
    verb: 'quotes',
    aliases: ['报价单', '我的报价', '报价列表'],
    args: ['deal', 'owner', 'status'],
    keys: { deal: 'deal', 商机: 'deal', owner: 'owner', 负责人: 'owner', status: 'status', 状态: 'status' },
    group: 'deals',
    examples: { en: ['quotes', 'quotes D-142', 'quotes sent'], 'zh-CN': ['报价单', '报价单 D-142'] },
  },
  example: { as: 'rep', input: { deal: 'D-1' } },

  async run(ctx, { deal, owner, status, page = 1 }) {
    const today = todayOf(ctx);
    const ownerId = owner?.id ?? (deal ? undefined : memberOf(ctx).memberId);
    const facts = deal && (await readDealFacts(ctx, deal.id));
    // Which of somebody's quotes are accepted is for those to know who see them.
    if (status !== undefined) {
      const of = facts
        ? { ownerId: facts.ownerId, label: record(dealNumber(facts), facts.name) }
        : { ownerId: ownerId ?? null, label: t('list-title') };
      await requireSight(ctx, { kind: 'deal', ...of });
    }
    const filter = { dealId: deal?.id, ownerId, status };
    const found = await listQuotes(ctx, filter, today, { limit: rows + 1, offset: (page - 1) * rows });
    const owners = await visibleOwners(ctx);
    return {
      deal: facts ? { number: dealNumber(facts), name: facts.name } : null,
      owner: ownerId === undefined ? null : await personNamed(ctx, ownerId),
      status: status ?? null,
      quotes: found.slice(0, rows).map((one) => rowView(ctx, one, owners)),
      page,
      hasMore: found.length > rows,
    };
  },
  present: listCard,
});

async function personNamed(ctx: Ctx, memberId: string) {
  return { memberId, name: (await memberNames(ctx, [memberId])).get(memberId) ?? '?' };
}
