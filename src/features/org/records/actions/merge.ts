import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { actionFor, fieldWhere, nameOf, notReached } from '../forward.ts';
import { t } from '../messages.ts';
import { forwarded } from '../model.ts';

/** Deals and leads are found too, so that the answer says why they cannot be merged. */
const mergeable = ['account', 'contact', 'deal', 'lead'] as const;

export const merge = defineAction({
  name: 'records.merge',
  title: t('merge-title'),
  summary: t('merge-summary'),
  effect: 'write',
  input: z.strictObject({
    record: f.ref(mergeable, t('merge-gone'), { placeholder: 'C-91' }),
    into: f.ref(mergeable, t('merge-kept'), { placeholder: 'C-88' }),
  }),
  output: forwarded,
  roles: sellingRoles,
  command: {
    verb: 'merge',
    aliases: ['合并'],
    args: ['record', 'into'],
    keys: { into: 'into', 到: 'into' },
    group: 'manager',
    examples: { en: ['merge C-10 into C-1', 'merge C-10 into C-1 ?'], 'zh-CN': ['合并 C-9 到 C-2'] },
  },
  example: { as: 'manager', input: { record: 'C-10', into: 'C-1' } },
  forward(ctx, { record, into }) {
    const action = actionFor(ctx, 'merge', record);
    if (record.kind !== into.kind) {
      throw new AppError('rule', t('merge-unlike', { record: nameOf(record), into: nameOf(into) }));
    }
    const kept = fieldWhere(action, (meta, name) => meta.kind === 'ref' && name !== record.kind);
    return { a: action.name, i: { [record.kind]: record.key, [kept]: into.key } };
  },
  run: notReached,
});
