import type { Inline } from '../../../kernel/text.ts';
import type { AlertKind } from './kinds.ts';
import { t } from './messages.ts';

export const kindTexts = {
  'new-lead': t('kind-new-lead'),
  won: t('kind-won'),
  lost: t('kind-lost'),
  'moved-back': t('kind-moved-back'),
  pushed: t('kind-pushed'),
  stuck: t('kind-stuck'),
  unowned: t('kind-unowned'),
  overdue: t('kind-overdue'),
  'single-contact': t('kind-single-contact'),
  approval: t('kind-approval'),
  'quote-expiring': t('kind-quote-expiring'),
} satisfies Record<AlertKind, Inline>;

/** Other words people type for a kind, as `flat` writes them. */
export const kindWords: Readonly<Record<AlertKind, readonly string[]>> = {
  'new-lead': ['leads', 'newlead', 'new leads', '新线索', '线索'],
  won: ['wins', 'win', '赢单', '成单'],
  lost: ['losses', 'loss', '输单', '丢单'],
  'moved-back': ['back', 'movedback', 'moved back', '后退', '阶段后退', '退回'],
  pushed: ['slipped', 'postponed', '推迟', '延期'],
  stuck: ['停滞', '卡住', '滞留'],
  unowned: ['no-owner', 'ownerless', '无负责人', '无人负责'],
  overdue: ['late', '逾期', '跟进逾期'],
  'single-contact': ['single', 'one-contact', 'single-thread', '单一联系人', '联系人单一'],
  approval: ['approvals', '审批', '待审批', '审批超时'],
  'quote-expiring': [
    'quotes',
    'quote',
    'expiring',
    'quote expiring',
    '报价单',
    '报价',
    '报价到期',
    '报价单到期',
  ],
};
