import { defineCatalog } from '../../kernel/i18n.ts';

/** Words only Teams needs: what the engine cannot say because it was not asked, and what stands around inputs. */
export const teamsMessages = defineCatalog('teams', {
  en: {
    more: '+{count} more',
    refresh: 'Refresh',
    'title-form': 'CRM',
    required: '* must be filled in',
    'value-cut': 'This text is too long to be shown whole; only its beginning is here.',
    yes: 'Yes',
  },
  'zh-CN': {
    more: '还有 {count} 条',
    refresh: '刷新',
    'title-form': 'CRM',
    required: '* 必填',
    'value-cut': '文字太长，无法完整显示，这里只有开头部分。',
    yes: '是',
  },
});
