import { f } from '../../../kernel/fields.ts';
import type { Inline } from '../../../kernel/text.ts';
import { t } from './messages.ts';
import type { ContactField, ContactRole } from './model.ts';

export const roleTexts = {
  decides: t('role-decides'),
  influences: t('role-influences'),
  uses: t('role-uses'),
  blocks: t('role-blocks'),
} satisfies Record<ContactRole, Inline>;

/** Influence as people say it, in both languages. */
export const roleField = () =>
  f.oneOf(t('role'), [
    {
      value: 'decides',
      label: roleTexts.decides,
      words: ['decider', 'decision-maker', 'decision maker', 'boss', '决策人', '决策者', '决策', '拍板人'],
    },
    {
      value: 'influences',
      label: roleTexts.influences,
      words: ['influencer', 'influence', '影响者', '影响人', '影响'],
    },
    { value: 'uses', label: roleTexts.uses, words: ['user', '使用者', '使用人', '用户'] },
    { value: 'blocks', label: roleTexts.blocks, words: ['blocker', 'opponent', '反对者', '反对', '阻碍者'] },
  ]);

export const fieldTexts = {
  name: t('name'),
  account: t('account'),
  title: t('title'),
  role: t('role'),
  email: t('email'),
  phone: t('phone'),
  left: t('left'),
  note: t('note'),
} satisfies Record<ContactField, Inline>;
