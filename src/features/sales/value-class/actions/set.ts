import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { askCard, setCard } from '../cards.ts';
import { liveRule, thresholdFields } from '../inputs.ts';
import { parseClasses, printClasses } from '../line.ts';
import { t } from '../messages.ts';
import { classesSet } from '../model.ts';
import { mostUndoable, totalOf, viewOf } from '../rules.ts';
import { planOf, setRule, wantedRule } from '../set-rule.ts';

/** Without thresholds it shows the classes: `classes`. */
export const set = defineAction({
  name: 'value-class.set',
  title: t('set-title'),
  summary: t('set-summary'),
  effect: 'write',
  input: z.strictObject({
    ...thresholdFields(),
    what: f
      .oneOf(t('what'), [
        { value: 'apply', label: t('apply') },
        { value: 'off', label: t('off') },
      ])
      .optional(),
  }),
  output: classesSet,
  roles: internalRoles,
  repeatable: true,
  hidden: ['what'],
  command: {
    verb: 'classes',
    aliases: ['客户分级', '客户等级', 'value-classes'],
    args: [],
    group: 'manager',
    examples: {
      en: ['classes A>500k B>100k', 'classes', 'classes apply', 'classes off'],
      'zh-CN': ['客户分级 A>50万 B>10万', '客户分级', '客户分级 应用', '客户分级 停止'],
    },
    parseRest: parseClasses,
    printRest: printClasses,
  },
  example: {
    as: 'manager',
    input: {
      aFrom: { amountMinor: '50000000', currency: 'CNY' },
      bFrom: { amountMinor: '10000000', currency: 'CNY' },
    },
  },
  prefill: async (ctx) => {
    const live = await liveRule(ctx);
    return live ? { ...viewOf(live) } : {};
  },

  async forward(ctx, { what, aFrom, bFrom }) {
    if (what === 'off') return { a: 'value-class.stop', i: {} };
    const live = await liveRule(ctx);
    if (aFrom === undefined && bFrom === undefined && !(what === 'apply' && live)) {
      return { a: 'value-class.show', i: {} };
    }
    const { rule, moved } = await wantedRule(ctx, { aFrom, bFrom });
    return totalOf(moved) > mostUndoable ? { a: 'value-class.set-many', i: { ...viewOf(rule) } } : undefined;
  },

  async confirm(ctx, asked) {
    const { plan } = await planOf(ctx, asked);
    return askCard(plan);
  },

  run: (ctx, asked) => setRule(ctx, asked, { queued: false }),
  present: setCard,
});
