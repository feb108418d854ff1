import type { Inline } from '../../../kernel/text.ts';
import { t } from './messages.ts';
import type { QuoteStatus } from './model.ts';
import type { StoredStatus } from './rules.ts';
import type { QuoteChange } from './tables.ts';

export const storedStatusTexts = {
  draft: t('status-draft'),
  sent: t('status-sent'),
  accepted: t('status-accepted'),
  declined: t('status-declined'),
  superseded: t('status-superseded'),
  withdrawn: t('status-withdrawn'),
} satisfies Record<StoredStatus, Inline>;

export const statusTexts = {
  ...storedStatusTexts,
  expired: t('status-expired'),
} satisfies Record<QuoteStatus, Inline>;

export const changeTexts = {
  created: t('change-created'),
  lines: t('change-lines'),
  discount: t('change-discount'),
  total: t('change-total'),
  validity: t('change-validity'),
  tax: t('change-tax'),
} satisfies Record<QuoteChange, Inline>;
