import type { en } from './messages.en.ts';

export const zhCN: Record<keyof typeof en, string> = {
  member: '成员',
  unit: '团队或分公司',
  region: '分公司',
  team: '团队',
  'no-chat': '尚无聊天账号',
  'see-not-change': '你可以查看 {label},但不能{doing}。可由 {people} 操作。',
  'not-see': '你无权查看 {label} 的全部内容。可由 {people} 查看。',
  'doing-change': '修改',
  'is-owner': '{name}(负责人)',
  'an-admin': '管理员',
  'mention-unknown': '{name} 还不在 CRM 中。请 {name} 先在这里输入一条命令,然后再重复此操作。',
};
