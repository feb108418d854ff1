import type { en } from './messages.en.ts';

export const zhCN: Record<keyof typeof en, string> = {
  product: '产品',
};
