import { f } from '../../../kernel/fields.ts';
import { t } from './messages.ts';

/** What the rows of a table of targets are. */
export const levelField = () =>
  f.oneOf(t('by'), [
    { value: 'person', label: t('by-person'), words: ['rep', 'owner', '成员', '负责人', '销售'] },
    { value: 'group', label: t('by-group'), words: ['team', '团队', '组'] },
    { value: 'region', label: t('by-region'), words: ['branch', '大区', '分公司'] },
  ]);
