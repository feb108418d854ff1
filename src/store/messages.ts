import { defineCatalog } from '../kernel/i18n.ts';

export const storeMessages = defineCatalog('store', {
  en: {
    'changed-meanwhile': '{record} was changed by somebody else just now. Look at it again, then repeat.',
    gone: 'I cannot find that. It may have been moved or removed.',
  },
  'zh-CN': {
    'changed-meanwhile': '{record} 刚刚被其他人修改。请重新查看后再试。',
    gone: '找不到该记录，可能已被移动或删除。',
  },
});
