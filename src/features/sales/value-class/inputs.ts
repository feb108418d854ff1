import { AppError } from '../../../kernel/errors.ts';
import { f } from '../../../kernel/fields.ts';
import type { Money } from '../../../kernel/money.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { t } from './messages.ts';
import { ruleRow } from './queries.ts';
import type { ValueClassRuleRow } from './record.ts';
import type { Thresholds } from './rules.ts';

export const thresholdFields = () => ({
  aFrom: f.money(t('a-from'), { placeholder: '500k' }).optional(),
  bFrom: f.money(t('b-from'), { placeholder: '100k' }).optional(),
});

export interface Asked {
  aFrom?: Money | undefined;
  bFrom?: Money | undefined;
}

/** The rule as it is, unless it is switched off. */
export async function liveRule(ctx: Ctx): Promise<ValueClassRuleRow | undefined> {
  const row = await ruleRow(ctx);
  return row?.archivedAt === null ? row : undefined;
}

/**
 * The thresholds that were asked for; one that was not said stays what it is. Throws AppError `invalid_input` for
 * what is missing, for another currency than the organization's and for A not above B.
 */
export function thresholdsOf(ctx: Ctx, asked: Asked, live: Thresholds | undefined): Thresholds {
  const { currency } = ctx.org;
  const known = live?.currency === currency ? live : undefined;
  for (const field of ['aFrom', 'bFrom'] as const) {
    const money = asked[field];
    if (money && money.currency !== currency) throw refused(field, t('other-currency', { currency }));
  }
  const aFromMinor = asked.aFrom?.amountMinor ?? known?.aFromMinor;
  const bFromMinor = asked.bFrom?.amountMinor ?? known?.bFromMinor;
  if (aFromMinor === undefined) throw refused('aFrom', t('a-missing'), true);
  if (bFromMinor === undefined) throw refused('bFrom', t('b-missing'), true);
  if (aFromMinor <= bFromMinor) throw refused('aFrom', t('a-above-b'));
  return { aFromMinor, bFromMinor, currency };
}

function refused(field: string, message: ReturnType<typeof t>, missing = false): AppError {
  return new AppError('invalid_input', message, {
    fields: [{ field, message, ...(missing ? { missing } : {}) }],
  });
}
