import type { Inline } from '../../../kernel/text.ts';
import { t } from './messages.ts';
import type { ChangedField, DealStatus } from './model.ts';
import { isReasonCode, type ReasonCode } from './rules.ts';

export const statusTexts = {
  open: t('status-open'),
  won: t('status-won'),
  lost: t('status-lost'),
} satisfies Record<DealStatus, Inline>;

export const reasonTexts = {
  price: t('reason-price'),
  product: t('reason-product'),
  service: t('reason-service'),
  delivery: t('reason-delivery'),
  relationship: t('reason-relationship'),
  brand: t('reason-brand'),
  competitor: t('reason-competitor'),
  'no-budget': t('reason-no-budget'),
  'no-need': t('reason-no-need'),
  'no-decision': t('reason-no-decision'),
  timing: t('reason-timing'),
} satisfies Record<ReasonCode, Inline>;

/** A coded reason in the reader's language; one in free words as it was written. */
export function reasonText(reason: string): Inline {
  return isReasonCode(reason) ? reasonTexts[reason] : reason;
}

export const fieldTexts = {
  name: t('name'),
  amount: t('amount'),
  close: t('close'),
  account: t('account'),
  product: t('product'),
  rival: t('rival'),
  note: t('note'),
} satisfies Record<ChangedField, Inline>;
