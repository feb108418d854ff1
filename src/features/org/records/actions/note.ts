import { z } from 'zod';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { actionFor, fieldWhere, notReached } from '../forward.ts';
import { t } from '../messages.ts';
import { forwarded } from '../model.ts';

export const note = defineAction({
  name: 'records.note',
  title: t('note-title'),
  summary: t('note-summary'),
  effect: 'write',
  input: z.strictObject({
    record: f.ref(['account', 'deal', 'lead', 'contact'], t('record'), { placeholder: 'D-142' }),
    text: f.note(t('note')),
  }),
  output: forwarded,
  roles: ['rep', 'manager', 'finance', 'admin'],
  command: {
    verb: 'note',
    aliases: ['记备注', '备注'],
    args: ['record'],
    rest: 'text',
    group: 'daily',
    examples: {
      en: ['note D-1 budget moves to next year', 'note acme they also ask for seals'],
      'zh-CN': ['记备注 D-5 预算推迟到明年'],
    },
  },
  example: { as: 'rep', input: { record: 'D-1', text: 'budget moves to next year' } },
  forward(ctx, { record, text }) {
    const action = actionFor(ctx, 'note', record);
    const subject = fieldWhere(
      action,
      ({ kind, lookups }) => kind === 'ref' && lookups?.includes(record.kind) === true,
    );
    const sort = fieldWhere(action, ({ options }) => options?.some(({ value }) => value === 'note') === true);
    const words = fieldWhere(action, ({ kind }) => kind === 'note');
    return { a: action.name, i: { [sort]: 'note', [subject]: record.key, [words]: text } };
  },
  run: notReached,
});
