import { z } from 'zod';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { listCard } from '../cards.ts';
import { t } from '../messages.ts';
import { deliveryList } from '../model.ts';
import { countTrouble, deliveriesOf, pausedGates } from '../queries.ts';

const pageRows = 10;

/** What was sent when, to where, and what did not arrive. */
export const list = defineAction({
  name: 'deliveries.list',
  title: t('title'),
  summary: t('list-summary'),
  effect: 'read',
  input: z.strictObject({
    show: f
      .oneOf(t('show'), [
        { value: 'trouble', label: t('show-trouble'), words: ['problems', 'open', '异常'] },
        { value: 'all', label: t('show-all'), words: ['everything', '全部'] },
      ])
      .optional(),
    page: f.number(t('page'), { min: 1, max: 1000 }).optional(),
  }),
  output: deliveryList,
  roles: ['admin'],
  form: 'never',
  hidden: ['page'],
  command: {
    verb: 'deliveries',
    aliases: ['发送记录', 'outgoing', 'ledger'],
    args: ['show'],
    group: 'manager',
    examples: { en: ['deliveries', 'deliveries all'], 'zh-CN': ['发送记录', '发送记录 全部'] },
  },
  example: { as: 'admin', input: { show: 'all' } },

  async run(ctx, { show, page = 1 }) {
    const [counts, gates] = await Promise.all([countTrouble(ctx), pausedGates(ctx, 10)]);
    const isAll = show === 'all';
    const found = await deliveriesOf(ctx, { isAll, limit: pageRows + 1, offset: (page - 1) * pageRows });
    const rows = found.slice(0, pageRows);
    return { isAll, gates, rows, counts, page, hasMore: found.length > pageRows };
  },
  present: listCard,
});
