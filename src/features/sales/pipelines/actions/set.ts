import { z } from 'zod';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { changedCard } from '../cards.ts';
import { changePipeline } from '../change.ts';
import { parseStages, printStages } from '../line.ts';
import { t } from '../messages.ts';
import { stageChange } from '../model.ts';

export const set = defineAction({
  name: 'stages.set',
  title: t('set-title'),
  summary: t('set-summary'),
  effect: 'write',
  input: z.strictObject({
    change: f.oneOf(t('change'), [
      { value: 'add', label: t('change-add') },
      { value: 'set', label: t('change-set') },
      { value: 'rename', label: t('change-rename') },
      { value: 'remove', label: t('change-remove') },
    ]),
    stage: f.text(t('stage'), { max: 60, placeholder: 'quote' }),
    name: f.text(t('new-name'), { max: 60 }).optional(),
    zh: f.text(t('chinese-name'), { max: 60 }).optional(),
    probability: f.percent(t('probability'), { placeholder: '40%' }).optional(),
    days: f.number(t('normal-days'), { min: 1, max: 365, placeholder: '10' }).optional(),
    after: f.ref('stage', t('after')).optional(),
    before: f.ref('stage', t('before')).optional(),
    to: f.ref('stage', t('to'), { hint: t('to-hint') }).optional(),
  }),
  output: stageChange,
  roles: ['admin'],
  command: {
    verb: 'stage',
    aliases: ['设置阶段'],
    args: [],
    group: 'setup',
    examples: {
      en: ['stage set quote 75% 10d', 'stage add demo after:tracking 40% 10d'],
      'zh-CN': ['设置阶段 修改 报价 75% 10天'],
    },
    parseRest: parseStages,
    printRest: printStages,
  },
  example: { as: 'admin', input: { change: 'set', stage: 'quote', probability: 7500, days: 10 } },
  run: changePipeline,
  present: changedCard,
});
