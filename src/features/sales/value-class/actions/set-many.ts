import { z } from 'zod';
import { defineAction } from '../../../../runtime/action.ts';
import { askCard, setCard } from '../cards.ts';
import { thresholdFields } from '../inputs.ts';
import { t } from '../messages.ts';
import { classesSet } from '../model.ts';
import { mostUndoable } from '../rules.ts';
import { planOf, setRule } from '../set-rule.ts';

/** What `classes A>500k B>100k` becomes where more customers change than Undo can take back. */
export const setMany = defineAction({
  name: 'value-class.set-many',
  title: t('set-title'),
  summary: t('set-many-summary'),
  effect: 'write',
  input: z.strictObject(thresholdFields()),
  output: classesSet,
  roles: ['manager', 'admin'],
  noUndo: t('too-many-to-undo', { most: mostUndoable }),
  example: {
    as: 'manager',
    input: {
      aFrom: { amountMinor: '50000000', currency: 'CNY' },
      bFrom: { amountMinor: '10000000', currency: 'CNY' },
    },
  },

  async confirm(ctx, asked) {
    const { plan } = await planOf(ctx, asked);
    return askCard({ ...plan, isQueued: true });
  },

  run: (ctx, asked) => setRule(ctx, asked, { queued: true }),
  present: setCard,
});
