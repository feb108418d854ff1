import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { recordLookups } from '../api.ts';
import { actionFor, notReached } from '../forward.ts';
import { t } from '../messages.ts';
import { forwarded } from '../model.ts';

export const archive = defineAction({
  name: 'records.archive',
  title: t('archive-title'),
  summary: t('archive-summary'),
  effect: 'write',
  input: z.strictObject({ record: f.ref(recordLookups, t('record'), { placeholder: 'D-142' }) }),
  output: forwarded,
  roles: sellingRoles,
  command: {
    verb: 'archive',
    aliases: ['归档', 'delete', 'remove'],
    args: ['record'],
    group: 'deals',
    examples: { en: ['archive L-1'], 'zh-CN': ['归档 L-5'] },
  },
  example: { as: 'manager', input: { record: 'L-1' } },
  forward: (ctx, { record }) => ({
    a: actionFor(ctx, 'archive', record).name,
    i: { [record.kind]: record.key },
  }),
  run: notReached,
});
