import { z } from 'zod';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import type { Inline } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { t } from '../messages.ts';
import type { PolicyRules } from '../policy.ts';
import { changesPolicy } from '../policy-action.ts';
import { kindMeant, plan } from '../policy-change.ts';
import { tiersOf, withTiers } from '../policy-edit.ts';
import { baseField, kindField } from '../policy-inputs.ts';
import { currentPolicy } from '../queries.ts';

const input = z.strictObject({
  nobody: f.percent(t('nobody-up-to'), { placeholder: '5%' }).optional(),
  manager: f.percent(t('manager-up-to'), { placeholder: '20%' }).optional(),
  floor: f.percent(t('margin-floor'), { placeholder: '15%' }).optional(),
  escalate: f.minutes(t('escalate-after'), { placeholder: '4h', hint: t('hours-hint') }).optional(),
  expire: f.minutes(t('expire-after'), { placeholder: '40h', hint: t('hours-hint') }).optional(),
  kind: kindField().optional(),
  base: baseField().optional(),
});
type Input = z.output<typeof input>;

export const setPolicy = defineAction({
  name: 'approvals.set-policy',
  title: t('set-policy-title'),
  summary: t('set-policy-summary'),
  ...changesPolicy('approvals.set-policy', async (ctx, asked: Input) => plan(ctx, asked, changed(asked))),
  input,
  formFields: ['nobody', 'manager', 'floor', 'escalate', 'expire'],
  repeatable: true,
  command: {
    verb: 'set-policy',
    aliases: ['设置审批规则'],
    args: [],
    keys: {
      nobody: 'nobody',
      免审: 'nobody',
      manager: 'manager',
      主管: 'manager',
      销售主管: 'manager',
      floor: 'floor',
      毛利底线: 'floor',
      escalate: 'escalate',
      升级: 'escalate',
      expire: 'expire',
      过期: 'expire',
      kind: 'kind',
      类型: 'kind',
    },
    group: 'setup',
    examples: {
      en: ['set-policy nobody:5% manager:20% floor:15% escalate:4h', 'set-policy expire:40h'],
      'zh-CN': ['设置审批规则 免审:5% 主管:20% 毛利底线:15% 升级:4h', '设置审批规则 过期:40h'],
    },
  },
  example: { as: 'admin', input: { nobody: 300, manager: 1500 } },

  async prefill(ctx, raw) {
    const kind = kindMeant(ctx, typeof raw.kind === 'string' ? raw.kind : undefined);
    const { rules } = await currentPolicy(ctx, kind);
    const { nobodyUpTo, managerUpTo } = tiersOf(rules);
    return {
      nobody: nobodyUpTo ?? 0,
      manager: managerUpTo ?? 0,
      floor: rules.marginFloorBasisPoints ?? undefined,
      escalate: rules.escalateAfterHours * 60,
      expire: rules.expireAfterHours * 60,
    };
  },
});

/** Throws AppError `invalid_input` for nothing said and for bounds the wrong way round. */
function changed({ nobody, manager, floor, escalate, expire }: Input) {
  const isSaid = [nobody, manager, floor, escalate, expire].some((value) => value !== undefined);
  if (!isSaid) throw refused('nobody', t('say-what'), true);
  return (rules: PolicyRules): PolicyRules => {
    const after = withTiers(rules, {
      ...(nobody === undefined ? {} : { nobodyUpTo: nobody }),
      ...(manager === undefined ? {} : { managerUpTo: manager }),
    });
    const { nobodyUpTo, managerUpTo } = tiersOf(after);
    if (nobodyUpTo !== null && managerUpTo !== null && managerUpTo <= nobodyUpTo) {
      throw refused('manager', t('manager-above-nobody'));
    }
    return {
      ...after,
      ...(floor === undefined ? {} : { marginFloorBasisPoints: floor }),
      ...(escalate === undefined ? {} : { escalateAfterHours: hours('escalate', escalate) }),
      ...(expire === undefined ? {} : { expireAfterHours: hours('expire', expire) }),
    };
  };
}

function hours(field: 'escalate' | 'expire', minutes: number): number {
  if (minutes % 60 !== 0) throw refused(field, t('whole-hours'));
  return minutes / 60;
}

function refused(field: string, message: Inline, missing = false): AppError {
  return new AppError('invalid_input', message, {
    fields: [{ field, message, ...(missing ? { missing } : {}) }],
  });
}
