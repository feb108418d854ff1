import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { substituteCard, substitutesCard, substitutesEndedCard } from '../desk-cards.ts';
import { substituteList, substituteSet, substitutesEnded } from '../desk-model.ts';
import { t } from '../messages.ts';
import { endSubstitutes, setSubstitute, substitutesShown } from '../substitutes.ts';

const ofField = () => f.person(t('sub-of'), { placeholder: '@lina' }).optional();

/** Bare it lists who stands in for whom. */
export const substitute = defineAction({
  name: 'approvals.substitute',
  title: t('sub-title'),
  summary: t('sub-summary'),
  effect: 'write',
  input: z.strictObject({
    what: f
      .oneOf(t('what'), [
        { value: 'off', label: t('what-off'), words: ['stop', 'end', '关闭', '停止', '取消'] },
        { value: 'list', label: t('what-list'), words: ['列表', '清单', '查看'] },
      ])
      .optional(),
    substitute: f.person(t('sub-by'), { placeholder: '@chen' }).optional(),
    days: f.span(t('days'), { placeholder: '1dec..10dec' }).optional(),
    of: ofField(),
  }),
  output: substituteSet,
  roles: internalRoles,
  formFields: ['substitute', 'days', 'of'],
  repeatable: true,
  command: {
    verb: 'substitute',
    aliases: ['审批代理', 'substitutes'],
    args: ['what', 'substitute', 'days'],
    keys: { for: 'of', of: 'of', 代: 'of' },
    group: 'manager',
    examples: {
      en: ['substitute @chen 1dec..10dec', 'substitute', 'substitute off', 'substitute @tom today for:@lina'],
      'zh-CN': [
        '审批代理 @chen 12月1日..12月10日',
        '审批代理',
        '审批代理 关闭',
        '审批代理 @tom 今天 代:@lina',
      ],
    },
  },
  example: {
    as: 'manager',
    input: { substitute: '@chen-jing', days: { from: '2030-12-01', to: '2030-12-10' } },
  },

  forward(_ctx, { what, substitute: by, days, of }) {
    if (what === 'off') return { a: 'approvals.substitute-off', i: of ? { of: of.key } : {} };
    const isBare = by === undefined && days === undefined && of === undefined;
    return what === 'list' || isBare ? { a: 'approvals.substitutes', i: {} } : undefined;
  },

  async run(ctx, { substitute: by, days, of }) {
    const missing = [
      ...(by === undefined ? [{ field: 'substitute', message: t('sub-who') }] : []),
      ...(days === undefined ? [{ field: 'days', message: t('sub-when') }] : []),
    ];
    if (by && days) return setSubstitute(ctx, { substitute: by, days, of });
    throw new AppError('invalid_input', missing[0]?.message ?? '', {
      fields: missing.map((one) => ({ ...one, missing: true })),
    });
  },
  present: substituteCard,
});

export const substituteOff = defineAction({
  name: 'approvals.substitute-off',
  title: t('sub-off-title'),
  summary: t('sub-off-summary'),
  effect: 'write',
  input: z.strictObject({ of: ofField(), from: f.day(t('from')).optional() }),
  output: substitutesEnded,
  roles: internalRoles,
  form: 'never',
  repeatable: true,
  example: { as: 'manager', input: {} },
  run: (ctx, input) => endSubstitutes(ctx, input),
  present: substitutesEndedCard,
});

export const substitutes = defineAction({
  name: 'approvals.substitutes',
  title: t('subs-title'),
  summary: t('subs-summary'),
  effect: 'read',
  input: z.strictObject({}),
  output: substituteList,
  roles: internalRoles,
  form: 'never',
  example: { as: 'rep', input: {} },
  run: (ctx) => substitutesShown(ctx),
  present: substitutesCard,
});
