import type { en } from './messages.en.ts';

export const zhCN: Record<keyof typeof en, string> = {
  activity: '跟进记录',
};
