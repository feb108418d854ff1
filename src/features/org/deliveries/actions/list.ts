import { z } from 'zod';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { listCard } from '../cards.ts';
import { handledOf } from '../handled.ts';
import { t } from '../messages.ts';
import { deliveryList } from '../model.ts';
import { countTrouble, deliveriesOf, pausedGates } from '../queries.ts';

const pageRows = 10;
/** What was done about deliveries is shown for so long. */
const handledDays = 35;

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
        { value: 'handled', label: t('show-handled'), words: ['history', 'done', '处理记录', '历史'] },
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
    examples: {
      en: ['deliveries', 'deliveries all', 'deliveries handled'],
      'zh-CN': ['发送记录', '发送记录 全部', '发送记录 处理记录'],
    },
  },
  example: { as: 'admin', input: { show: 'all' } },

  async run(ctx, { show = 'trouble', page = 1 }) {
    const [counts, gates] = await Promise.all([countTrouble(ctx), pausedGates(ctx, 10)]);
    const at = { limit: pageRows + 1, offset: (page - 1) * pageRows };
    const isHandled = show === 'handled';
    const found = isHandled ? [] : await deliveriesOf(ctx, { isAll: show === 'all', ...at });
    const handled = isHandled ? await handledOf(ctx, { days: handledDays, ...at }) : [];
    return {
      show,
      gates,
      rows: found.slice(0, pageRows),
      handled: handled.slice(0, pageRows),
      counts,
      page,
      hasMore: Math.max(found.length, handled.length) > pageRows,
    };
  },
  present: listCard,
});
