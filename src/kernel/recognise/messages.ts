import { defineCatalog } from '../i18n.ts';

/** Why something typed cannot be read, and what to type instead. */
export const kernelMessages = defineCatalog('kernel', {
  en: {
    'not-money': '<c>{text}</c> is not an amount. Type it like <c>80k</c>, <c>EUR 80,000</c> or <c>8万</c>.',
    'money-letter-o':
      '<c>{text}</c> is not an amount (letter O?). Did you mean <c>{suggestion}</c> = {amount}?',
    'money-meant': '<c>{text}</c> is not an amount. Did you mean <c>{suggestion}</c> = {amount}?',
    'money-which': '<c>{text}</c> can be {first} or {second}. Which one?',
    'money-range': '<c>{text}</c> is from {first} to {second}. Which of the two is it?',
    'money-phone': '<c>{text}</c> looks like a phone number, not an amount.',
    'money-negative': 'An amount cannot be negative: <c>{text}</c>.',
    'money-too-large': '<c>{text}</c> is too large for an amount: the most is {most}.',
    'not-percent': '<c>{text}</c> is not a percentage. Type it like <c>15%</c>.',
    'not-discount': '<c>{text}</c> is not a discount. Type it like <c>15%</c> or <c>85折</c>.',
    'percent-range': 'A percentage lies between 0 and 100: <c>{text}</c>.',
    'percent-fine': '<c>{text}</c> is too fine: two decimals at most. Did you mean <c>{suggestion}</c>?',
    'not-number': '<c>{text}</c> is not a whole number.',
    'not-minutes': '<c>{text}</c> is not a duration. Type it like <c>20m</c> or <c>1h30</c>.',
    'not-day':
      '<c>{text}</c> is not a date. Type it like <c>fri</c>, <c>+3d</c>, <c>15nov</c> or <c>2026-11-15</c>.',
    'not-when':
      '<c>{text}</c> is not a time. Type it like <c>fri 10:00</c>, <c>+3d</c>, <c>15nov</c> or <c>2026-11-15 10:00</c>.',
    'not-span':
      '<c>{text}</c> is not a period. Type it like <c>q4</c>, <c>nov</c>, <c>last week</c> or <c>1nov..10nov</c>.',
    'span-backwards': '<c>{text}</c> ends before it begins. Did you mean <c>{suggestion}</c>?',
    'no-such-day': 'There is no such day: <c>{text}</c>.',
    'no-such-time': 'There is no such time: <c>{text}</c>.',
    'date-which': '<c>{text}</c> can be {first} or {second}. Which one?',
    'unit-which': '<c>{text}</c>: months or minutes? Type <c>{first}</c> or <c>{second}</c>.',
    'day-in-period': '<c>{text}</c> is no single day. Its last is <c>{suggestion}</c>.',
    'date-meant': '<c>{text}</c> is not a date. Did you mean <c>{suggestion}</c>?',
    'out-of-bounds': '<c>{text}</c> cannot be: {label} lies between {first} and {last}.',
    past: '<c>{text}</c> is past ({when}).',
    'past-use': '<c>{text}</c> was {when} – past. {suggested} instead?',
    'not-email': '<c>{text}</c> is not an e-mail address.',
    'email-meant': '<c>{text}</c> is not an e-mail address. Did you mean <c>{suggestion}</c>?',
    'not-phone':
      '<c>{text}</c> is not a phone number: 5 to 20 digits, with <c>+</c> and the country code if you like.',
    'not-option': '<c>{text}</c> is none of these: {options}.',
    'option-meant': '<c>{text}</c> is none of these: {options}. Did you mean <c>{suggestion}</c>?',
    'not-flag': '<c>{text}</c> is neither <c>yes</c> nor <c>no</c>.',
  },
  'zh-CN': {
    'not-money': '<c>{text}</c> 不是金额。请输入如 <c>8万</c>、<c>80k</c> 或 <c>EUR 80,000</c>。',
    'money-letter-o':
      '<c>{text}</c> 不是金额（是否把 0 打成了字母 O？）。是否想输入 <c>{suggestion}</c> = {amount}？',
    'money-meant': '<c>{text}</c> 不是金额。是否想输入 <c>{suggestion}</c> = {amount}？',
    'money-which': '<c>{text}</c> 可以是 {first} 或 {second}，请选择。',
    'money-range': '<c>{text}</c> 是 {first} 到 {second}，请选择其中一个。',
    'money-phone': '<c>{text}</c> 像是电话号码，不是金额。',
    'money-negative': '金额不能为负数：<c>{text}</c>。',
    'money-too-large': '<c>{text}</c> 超出金额上限 {most}。',
    'not-percent': '<c>{text}</c> 不是百分比。请输入如 <c>15%</c>。',
    'not-discount': '<c>{text}</c> 不是折扣。请输入如 <c>85折</c> 或 <c>15%</c>。',
    'percent-range': '百分比应在 0 到 100 之间：<c>{text}</c>。',
    'percent-fine': '<c>{text}</c> 过于精细，最多两位小数。是否想输入 <c>{suggestion}</c>？',
    'not-number': '<c>{text}</c> 不是整数。',
    'not-minutes': '<c>{text}</c> 不是时长。请输入如 <c>20分钟</c> 或 <c>1小时30分</c>。',
    'not-day':
      '<c>{text}</c> 不是日期。请输入如 <c>周五</c>、<c>3天后</c>、<c>11月15日</c> 或 <c>2026-11-15</c>。',
    'not-when':
      '<c>{text}</c> 不是时间。请输入如 <c>周五上午10点</c>、<c>3天后</c>、<c>11月15日</c> 或 <c>2026-11-15 10:00</c>。',
    'not-span':
      '<c>{text}</c> 不是时间段。请输入如 <c>第四季度</c>、<c>11月</c>、<c>上周</c> 或 <c>2026-11-01..2026-11-10</c>。',
    'span-backwards': '<c>{text}</c> 的结束早于开始。是否想输入 <c>{suggestion}</c>？',
    'no-such-day': '没有这一天：<c>{text}</c>。',
    'no-such-time': '没有这个时间：<c>{text}</c>。',
    'date-which': '<c>{text}</c> 可以是 {first} 或 {second}，请选择。',
    'unit-which': '<c>{text}</c> 是月还是分钟？请输入 <c>{first}</c> 或 <c>{second}</c>。',
    'day-in-period': '<c>{text}</c> 不是某一天，最后一天是 <c>{suggestion}</c>。',
    'date-meant': '<c>{text}</c> 不是日期。是否想输入 <c>{suggestion}</c>？',
    'out-of-bounds': '<c>{text}</c> 不合理：{label}应在 {first} 到 {last} 之间。',
    past: '<c>{text}</c> 已过（{when}）。',
    'past-use': '<c>{text}</c> 是 {when}，已过。改为 {suggested}？',
    'not-email': '<c>{text}</c> 不是邮箱地址。',
    'email-meant': '<c>{text}</c> 不是邮箱地址。是否想输入 <c>{suggestion}</c>？',
    'not-phone': '<c>{text}</c> 不是电话号码：应为 5 到 20 位数字，可带 <c>+</c> 和国家代码。',
    'not-option': '<c>{text}</c> 不在可选项中：{options}。',
    'option-meant': '<c>{text}</c> 不在可选项中：{options}。是否想输入 <c>{suggestion}</c>？',
    'not-flag': '<c>{text}</c> 既不是“是”也不是“否”。',
  },
});
