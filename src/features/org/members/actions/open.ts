import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { f, type Ref } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { memberOf } from '../../../../runtime/context.ts';
import { openCard } from '../link-cards.ts';
import { t } from '../messages.ts';
import { pageLink } from '../model.ts';

export const open = defineAction({
  name: 'members.open',
  title: t('open-title'),
  summary: t('open-summary'),
  effect: 'write',
  input: z.strictObject({
    record: f.ref(['account', 'deal', 'approval'], t('record'), { placeholder: 'D-142' }).optional(),
  }),
  output: pageLink,
  // What its records can be found by is not for partners.
  roles: internalRoles,
  noUndo: t('open-no-undo'),
  // A link works once: asking again makes another one.
  repeatable: true,
  command: {
    verb: 'open',
    aliases: ['打开', '网页'],
    args: ['record'],
    group: 'daily',
    examples: { en: ['open', 'open D-142'], 'zh-CN': ['打开', '打开 D-142'] },
  },
  example: { as: 'rep', input: { record: 'D-1' } },

  async run(ctx, { record }) {
    const { memberId } = memberOf(ctx);
    const path = await ctx.codes.issueOpen(ctx.tx, { orgId: ctx.org.id, memberId, path: pageOf(record) });
    return { url: ctx.urlOf(path), record: record ? { key: record.key, label: record.label } : null };
  },
  present: openCard,
});

/** Pages of records are called like their kind, in the plural. */
function pageOf(record: Ref | undefined): string {
  return record ? `/tab/${record.kind}s/${record.key}` : '/tab/';
}
