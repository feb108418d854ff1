import { f } from '../../../kernel/fields.ts';
import type { Inline } from '../../../kernel/text.ts';
import { t } from './messages.ts';
import type { ActivityKind } from './model.ts';

export const kindTexts = {
  visit: t('kind-visit'),
  call: t('kind-call'),
  email: t('kind-email'),
  demo: t('kind-demo'),
  meeting: t('kind-meeting'),
  wechat: t('kind-wechat'),
  note: t('kind-note'),
} satisfies Record<ActivityKind, Inline>;

/** Kinds of activity as people say them, in both languages. */
export const kindField = () =>
  f.oneOf(t('kind'), [
    { value: 'visit', label: kindTexts.visit, words: ['visited', '拜访', '上门'] },
    { value: 'call', label: kindTexts.call, words: ['phone', 'called', '电话', '打电话', '通话'] },
    { value: 'email', label: kindTexts.email, words: ['e-mail', 'mail', '邮件'] },
    { value: 'demo', label: kindTexts.demo, words: ['演示'] },
    { value: 'meeting', label: kindTexts.meeting, words: ['meet', '会议', '开会', '会面'] },
    { value: 'wechat', label: kindTexts.wechat, words: ['weixin', 'wx', '微信'] },
    { value: 'note', label: kindTexts.note, words: ['备注', '记录'] },
  ]);
