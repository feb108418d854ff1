import { defineCatalog } from '../../../kernel/i18n.ts';
import { en } from './messages.en.ts';
import { zhCN } from './messages.zh-CN.ts';

export const t = defineCatalog('value-class', { en, 'zh-CN': zhCN });
