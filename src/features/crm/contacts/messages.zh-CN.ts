import type { en } from './messages.en.ts';

export const zhCN: Record<keyof typeof en, string> = {
  contact: '联系人',
};
