import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { recordLookups } from '../api.ts';
import { actionFor, notReached } from '../forward.ts';
import { t } from '../messages.ts';
import { forwarded } from '../model.ts';

export const show = defineAction({
  name: 'records.show',
  title: t('show-title'),
  summary: t('show-summary'),
  effect: 'read',
  input: z.strictObject({ record: f.ref(recordLookups, t('record'), { placeholder: 'D-142' }) }),
  output: forwarded,
  roles: internalRoles,
  command: {
    verb: 'show',
    aliases: ['查看', '查'],
    args: ['record'],
    group: 'daily',
    examples: { en: ['show acme', 'show D-1'], 'zh-CN': ['查看 远景', '查看 D-5'] },
    top: 2,
  },
  example: { as: 'rep', input: { record: 'L-1' } },
  forward: (ctx, { record }) => ({
    a: actionFor(ctx, 'show', record).name,
    i: { [record.kind]: record.key },
  }),
  run: notReached,
});
