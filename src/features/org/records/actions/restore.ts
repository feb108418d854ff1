import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { recordLookups } from '../api.ts';
import { actionFor, notReached } from '../forward.ts';
import { t } from '../messages.ts';
import { forwarded } from '../model.ts';

export const restore = defineAction({
  name: 'records.restore',
  title: t('restore-title'),
  summary: t('restore-summary'),
  effect: 'write',
  input: z.strictObject({ record: f.ref(recordLookups, t('record'), { placeholder: 'D-142' }) }),
  output: forwarded,
  roles: sellingRoles,
  command: {
    verb: 'restore',
    aliases: ['恢复', 'unarchive'],
    args: ['record'],
    group: 'deals',
    examples: { en: ['restore L-9'], 'zh-CN': ['恢复 L-9'] },
  },
  example: { as: 'manager', input: { record: 'L-9' } },
  forward: (ctx, { record }) => ({
    a: actionFor(ctx, 'restore', record).name,
    i: { [record.kind]: record.key },
  }),
  run: notReached,
});
