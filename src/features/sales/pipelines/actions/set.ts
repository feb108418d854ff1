import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { changedCard } from '../cards.ts';
import { changePipeline } from '../change.ts';
import { examples, parseStages, printStages } from '../line.ts';
import { t } from '../messages.ts';
import { stageChange } from '../model.ts';
import { requireAdmin } from '../rights.ts';

export const set = defineAction({
  name: 'stages.set',
  title: t('list-title'),
  summary: t('set-summary'),
  effect: 'write',
  input: z.strictObject({
    change: f
      .oneOf(t('change'), [
        { value: 'add', label: t('change-add') },
        { value: 'set', label: t('change-set') },
        { value: 'rename', label: t('change-rename') },
        { value: 'remove', label: t('change-remove') },
      ])
      .optional(),
    stage: f.text(t('stage'), { max: 60, placeholder: 'quote' }).optional(),
    name: f.text(t('new-name'), { max: 60 }).optional(),
    zh: f.text(t('chinese-name'), { max: 60 }).optional(),
    probability: f.percent(t('probability'), { placeholder: '40%' }).optional(),
    days: f.number(t('normal-days'), { min: 1, max: 365, placeholder: '10' }).optional(),
    after: f.ref('stage', t('after')).optional(),
    before: f.ref('stage', t('before')).optional(),
    to: f.ref('stage', t('to'), { hint: t('to-hint') }).optional(),
  }),
  output: stageChange,
  roles: internalRoles,
  repeatable: true,
  command: {
    verb: 'stages',
    aliases: ['销售阶段', 'stage'],
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
        '销售阶段 新增 演示 在后:跟踪 40% 10天',
        '销售阶段 删除 演示 to:跟踪',
      ],
    },
    parseRest: parseStages,
    printRest: printStages,
  },
  example: { as: 'admin', input: { change: 'set', stage: 'quote', probability: 7500, days: 10 } },
  forward: (_ctx, { change }) => (change === undefined ? { a: 'stages.list', i: {} } : undefined),
  mayOpen: (ctx) => requireAdmin(ctx),

  async run(ctx, { change, stage, ...values }) {
    await requireAdmin(ctx);
    if (change === undefined || stage === undefined) {
      const message = t('which-stage', examples);
      throw new AppError('invalid_input', message, { fields: [{ field: 'stage', message, missing: true }] });
    }
    return changePipeline(ctx, { change, stage, ...values });
  },
  present: changedCard,
});
