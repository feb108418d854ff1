import type { en } from './messages.en.ts';

export const zhCN: Record<keyof typeof en, string> = {
  deal: '商机',
  'no-stages': '尚未设置销售阶段。管理员可用 {line} 添加。',
};
