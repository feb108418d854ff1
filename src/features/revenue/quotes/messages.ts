import { defineCatalog } from '../../../kernel/i18n.ts';
import { en } from './messages.en.ts';
import { zhCN } from './messages.zh-CN.ts';

export const t = defineCatalog('quotes', { en, 'zh-CN': zhCN });
