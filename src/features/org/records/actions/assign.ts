import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { actionFor, fieldWhere, notReached } from '../forward.ts';
import { t } from '../messages.ts';
import { forwarded } from '../model.ts';

export const assign = defineAction({
  name: 'records.assign',
  title: t('assign-title'),
  summary: t('assign-summary'),
  effect: 'write',
  input: z.strictObject({
    record: f.ref(['account', 'deal', 'lead', 'contact'], t('record'), { placeholder: 'L-311' }),
    to: f.person(t('to'), { placeholder: '@wang' }),
  }),
  output: forwarded,
  roles: sellingRoles,
  command: {
    verb: 'assign',
    aliases: ['分配'],
    args: ['record', 'to'],
    keys: { to: 'to', owner: 'to', 给: 'to', 负责人: 'to' },
    group: 'manager',
    examples: { en: ['assign L-1 @wang', 'assign acme me'], 'zh-CN': ['分配 L-5 @wang'] },
  },
  example: { as: 'manager', input: { record: 'L-1', to: 'me' } },
  forward(ctx, { record, to }) {
    const action = actionFor(ctx, 'assign', record);
    const person = fieldWhere(action, (meta) => meta.kind === 'person');
    return { a: action.name, i: { [record.kind]: record.key, [person]: to.key } };
  },
  run: notReached,
});
