import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { stagesOf, viewOf } from '../api.ts';
import { listCard } from '../cards.ts';
import { parseStages, printStages } from '../line.ts';
import { t } from '../messages.ts';
import { stageList } from '../model.ts';

const passedOn = () => f.text(t('stage')).optional();

/** Also takes `stages add …`: whatever changes the pipeline is handed to stages.set. */
export const list = defineAction({
  name: 'stages.list',
  title: t('list-title'),
  summary: t('list-summary'),
  effect: 'read',
  input: z.strictObject({
    change: passedOn(),
    stage: passedOn(),
    name: passedOn(),
    zh: passedOn(),
    probability: passedOn(),
    days: passedOn(),
    after: passedOn(),
    before: passedOn(),
    to: passedOn(),
  }),
  output: stageList,
  roles: internalRoles,
  form: 'never',
  command: {
    verb: 'stages',
    aliases: ['销售阶段'],
    args: [],
    group: 'setup',
    examples: {
      en: [
        'stages',
        'stages set quote 75% 10d',
        'stages add demo after:tracking 40% 10d',
        'stages rename demo presentation',
        'stages remove demo to:tracking',
      ],
      'zh-CN': [
        '销售阶段',
        '销售阶段 修改 报价 75% 10天',
        '销售阶段 新增 演示 after:跟踪 40% 10天',
        '销售阶段 删除 演示 to:跟踪',
      ],
    },
    parseRest: parseStages,
    printRest: printStages,
  },
  example: { as: 'rep', input: {} },
  forward: (_ctx, input) => (input.change === undefined ? undefined : { a: 'stages.set', i: { ...input } }),
  run: async (ctx) => ({ stages: (await stagesOf(ctx)).map(viewOf) }),
  present: listCard,
});
