import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { f, type Ref } from '../../../../kernel/fields.ts';
import type { Token } from '../../../../kernel/recognise/recogniser.ts';
import { defineAction } from '../../../../runtime/action.ts';
import type { Ctx } from '../../../../runtime/context.ts';
import { readRecord } from '../../../../store/records.ts';
import { recordLookups } from '../api.ts';
import { readChanges, textFrom } from '../change.ts';
import { actionFor, notReached } from '../forward.ts';
import { t } from '../messages.ts';
import { forwarded } from '../model.ts';

export const set = defineAction({
  name: 'records.set',
  title: t('set-title'),
  summary: t('set-summary'),
  effect: 'write',
  input: z.strictObject({
    record: f.ref(recordLookups, t('record'), { placeholder: 'D-142' }),
    changes: f
      .text(t('changes'), { max: 2000, placeholder: 'amount 95k close:15nov', hint: t('changes-hint') })
      .optional(),
  }),
  output: forwarded,
  roles: sellingRoles,
  command: {
    verb: 'set',
    aliases: ['修改', 'change', 'update'],
    args: ['record', 'changes'],
    group: 'daily',
    examples: {
      en: ['set D-1 amount 95k close:15dec', 'set acme class A', 'set K-3 phone +442079460999'],
      'zh-CN': ['修改 D-5 金额 95万 成交日期:12月15日', '修改 远景 等级 A'],
    },
    parseRest: (tokens) => readSet(tokens),
    printRest: ({ record, changes }) => printSet(record, changes),
  },
  example: { as: 'rep', input: { record: 'L-1', changes: 'source referral' } },
  /** Without changes the form of that kind opens with what is stored. */
  async forward(ctx, { record, changes }) {
    const action = actionFor(ctx, 'set', record);
    const named = { [record.kind]: record.key };
    if (changes === undefined) return { a: action.name, i: named, form: true };
    const currency = await currencyOf(ctx, record);
    return { a: action.name, i: { ...named, ...readChanges(ctx, action, record, changes, currency) } };
  },
  run: notReached,
});

/** A bare number is in the currency the record has, else in the organization's. */
async function currencyOf(ctx: Ctx, { kind, id }: Ref): Promise<string> {
  const recordKind = ctx.catalog.recordKind(kind);
  const row = recordKind && ((await readRecord(ctx, recordKind, id)) as Record<string, unknown> | undefined);
  return typeof row?.currency === 'string' ? row.currency : ctx.org.currency;
}

/** The first word is the record, everything after it what changes; the kind decides later what the words mean. */
function readSet(tokens: readonly Token[]): Record<string, unknown> {
  const [first, ...rest] = tokens;
  if (!first || first.key !== undefined) return {};
  return { record: first.text, ...(rest.length > 0 ? { changes: textFrom(rest) } : {}) };
}

function printSet(record: unknown, changes: unknown): string {
  const key = typeof record === 'object' && record !== null && 'key' in record ? record.key : (record ?? '');
  const name = String(key);
  const quoted = /^[\p{L}\p{N}_-]+$/u.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
  return changes === undefined ? quoted : `${quoted} ${String(changes)}`;
}
