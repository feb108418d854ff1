import type { en } from './messages.en.ts';

export const zhCN: Record<keyof typeof en, string> = {
  stage: '销售阶段',
  'stage-name': '{nameZh}{name, select, other {}}',
};
