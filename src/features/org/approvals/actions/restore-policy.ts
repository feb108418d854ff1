import { z } from 'zod';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import type { Ctx } from '../../../../runtime/context.ts';
import { t } from '../messages.ts';
import { changesPolicy } from '../policy-action.ts';
import { kindMeant, type Plan, plan } from '../policy-change.ts';
import { baseField, kindField } from '../policy-inputs.ts';
import { currentPolicy, policyAt } from '../queries.ts';

const input = z.strictObject({
  version: f.number(t('version'), { placeholder: '3', max: 1_000_000 }),
  kind: kindField().optional(),
  base: baseField().optional(),
});
type Input = z.output<typeof input>;

/** The rules of an earlier version become the newest; nothing between is lost. */
export const restorePolicy = defineAction({
  name: 'approvals.restore-policy',
  title: t('restore-policy-title'),
  summary: t('restore-policy-summary'),
  ...changesPolicy('approvals.restore-policy', restored),
  input,
  formFields: ['version'],
  repeatable: true,
  command: {
    verb: 'policy-restore',
    aliases: ['恢复审批规则'],
    args: ['version'],
    keys: { kind: 'kind', 类型: 'kind' },
    group: 'setup',
    examples: { en: ['policy-restore 3'], 'zh-CN': ['恢复审批规则 3'] },
  },
  example: { as: 'admin', input: { version: 0 } },
});

async function restored(ctx: Ctx, asked: Input): Promise<Plan> {
  const kind = kindMeant(ctx, asked.kind);
  const found = await policyAt(ctx, kind, asked.version);
  if (found) return plan(ctx, asked, () => found.rules);
  const { version } = await currentPolicy(ctx, kind);
  const message = t('no-such-version', { version: asked.version, newest: version });
  throw new AppError('invalid_input', message, { fields: [{ field: 'version', message }] });
}
