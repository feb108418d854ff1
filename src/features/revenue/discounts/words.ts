import { type Inline, money, percent } from '../../../kernel/text.ts';
import { t } from './messages.ts';
import { zheOf } from './rules.ts';

/** "15 % off (85折)". */
export function offText(basisPoints: number): Inline {
  return t('off', { percent: percent(basisPoints), zhe: zheOf(basisPoints) });
}

/** Placeholders of a price before and after. */
export function pricesText(priced: { baseMinor: bigint; resultMinor: bigint; currency: string }) {
  const { currency } = priced;
  return {
    base: money({ amountMinor: priced.baseMinor, currency }),
    result: money({ amountMinor: priced.resultMinor, currency }),
  };
}
