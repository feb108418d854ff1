import type { Ctx } from '../../../runtime/context.ts';
import { t } from './messages.ts';
import { askPolicyCard, policyChangedCard } from './policy-cards.ts';
import { type Based, type Plan, put } from './policy-change.ts';
import { onVersion } from './policy-inputs.ts';
import { policyChange } from './policy-model.ts';

/**
 * What all actions that change the rules have in common: admins see what a change means before they make it, and make
 * it on the version they saw.
 */
export function changesPolicy<I extends Based>(
  action: string,
  planned: (ctx: Ctx, asked: I) => Promise<Plan>,
) {
  return {
    submit: t('btn-effect'),
    effect: 'write',
    output: policyChange,
    roles: ['admin'],
    hidden: ['base'],
    noUndo: t('policy-no-undo'),
    forward: (ctx: Ctx, asked: I) => onVersion(ctx, action, asked),
    confirm: async (ctx: Ctx, asked: I) => askPolicyCard((await planned(ctx, asked)).told),
    run: async (ctx: Ctx, asked: I) => put(ctx, await planned(ctx, asked)),
    present: policyChangedCard,
  } as const;
}
