import type { en } from './messages.en.ts';

export const zhCN: Record<keyof typeof en, string> = {
  product: '产品',
  'list-title': '产品',
  'list-summary': '我们销售的产品及标价',
  'new-title': '新建产品',
  'new-summary': '在价格表中添加产品',
  'set-title': '修改产品',
  'set-summary': '修改产品的名称、系列或标价',
  name: '名称',
  series: '系列',
  price: '标价',
  none: '暂无产品。输入 {line} 添加。',
  more: '只显示前 {count} 个。',
  count: '{count} 个产品',
  exists: '{name} 已经是产品。',
  'nothing-to-change': '请说明要修改什么，例如 {line}。',
  'nothing-changed': '{name} 已经是这样，没有改动。',
  'from-to': '{before} → {after}',
  empty: '空',
  archived: '已归档',
};
