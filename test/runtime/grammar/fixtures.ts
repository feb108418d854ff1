import { z } from 'zod';
import { f } from '../../../src/kernel/fields.ts';
import { defineCatalog } from '../../../src/kernel/i18n.ts';
import type { ReadContext } from '../../../src/kernel/recognise/recogniser.ts';
import { type Action, type CommandSpec, defineAction } from '../../../src/runtime/action.ts';
import type { Feature } from '../../../src/runtime/feature.ts';
import { createRegistry } from '../../../src/runtime/registry.ts';

/** Wednesday, 4 November 2026, 10:00 in Shanghai. */
export const now = new Date('2026-11-04T02:00:00Z');

export const english: ReadContext = {
  now,
  timeZone: 'Asia/Shanghai',
  locale: 'en',
  currency: 'CNY',
  workdayEndsAt: '18:00',
};
export const chinese: ReadContext = { ...english, locale: 'zh-CN' };

export const labels = defineCatalog('fixture', {
  en: { visit: 'Visit', call: 'Call', price: 'Price', service: 'Service', source: 'Source' },
  'zh-CN': { visit: '拜访', call: '电话', price: '价格', service: '服务', source: '来源' },
});

const kinds = [
  { value: 'visit', label: labels('visit'), words: ['met'] },
  { value: 'call', label: labels('call'), words: ['phone', '通话'] },
  { value: 'email', label: 'E-mail', words: ['邮件', 'mail'] },
  { value: 'demo', label: 'Demo', words: ['演示'] },
  { value: 'meeting', label: 'Meeting', words: ['会议', '开会'] },
  { value: 'wechat', label: 'WeChat', words: ['微信'] },
] as const;
const reasons = [
  { value: 'price', label: labels('price') },
  { value: 'service', label: labels('service') },
  { value: 'no-budget', label: 'No budget', words: ['没预算'] },
  { value: 'timing', label: 'Timing', words: ['时机'] },
] as const;
const roles = [
  { value: 'decider', label: 'Decider', words: ['决策人'] },
  { value: 'user', label: 'User', words: ['使用人'] },
  { value: 'influencer', label: 'Influencer' },
] as const;
const memberRoles = [
  { value: 'rep', label: 'Rep', words: ['销售'] },
  { value: 'manager', label: 'Manager', words: ['销售主管'] },
  { value: 'admin', label: 'Admin' },
] as const;
const verdicts = [
  { value: 'opportunity', label: 'Opportunity', words: ['opp', '转商机'] },
  { value: 'potential', label: 'Potential', words: ['转培育'] },
  { value: 'drop', label: 'Drop', words: ['无效'] },
] as const;

function action(
  name: string,
  effect: 'read' | 'write',
  shape: z.ZodRawShape,
  command: Omit<CommandSpec, 'group' | 'examples'>,
  more: { hidden?: string[]; roles?: 'anyone' | ['admin'] } = {},
): Action {
  const example = { en: [command.verb], 'zh-CN': [command.verb] } as CommandSpec['examples'];
  return defineAction({
    name,
    title: name,
    summary: name,
    effect,
    input: z.strictObject(shape),
    output: z.object({}),
    roles: more.roles ?? 'anyone',
    command: { ...command, group: 'daily', examples: example },
    ...(more.hidden ? { hidden: more.hidden } : {}),
    example: { as: 'rep', input: {} },
    run: async () => ({}),
  }) as Action;
}

const lead = f.ref('lead', 'Lead');
const deal = f.ref('deal', 'Deal');
const account = f.ref('account', 'Customer');
const subject = f.ref(['deal', 'account', 'lead'], 'About');
const approval = f.ref('approval', 'Approval');
const note = f.note('Note').optional();

export const actions: readonly Action[] = [
  action(
    'help.show',
    'read',
    { topic: f.text('Topic').optional() },
    { verb: 'help', aliases: ['帮助'], args: ['topic'] },
  ),
  action(
    'leads.create',
    'write',
    {
      company: f.text('Company'),
      contactName: f.text('Contact').optional(),
      email: f.email('E-mail').optional(),
      phone: f.phone('Phone').optional(),
      amount: f.money('Amount').optional(),
      source: f.text('Source', { max: 60 }).optional(),
      note,
      force: f.flag('Force').optional(),
    },
    {
      verb: 'new-lead',
      aliases: ['新建线索', '录线索', '新线索', 'lead'],
      args: ['company', 'contactName', 'email', 'phone', 'amount'],
      keys: { src: 'source', source: 'source', 来源: 'source' },
      note: 'note',
      top: 1,
    },
    { hidden: ['force'] },
  ),
  action(
    'leads.mine',
    'read',
    { owner: f.person('Owner').optional() },
    { verb: 'leads', aliases: ['线索'], args: ['owner'] },
  ),
  action(
    'records.show',
    'read',
    { record: f.ref(['lead', 'deal', 'account', 'contact', 'quote', 'approval', 'promise'], 'Record') },
    { verb: 'show', aliases: ['查看', '查'], args: ['record'], top: 2 },
  ),
  action(
    'channels.mute',
    'write',
    {
      record: f.ref(['deal', 'lead'], 'Record').optional(),
      channel: f.channel('Channel').optional(),
      minutes: f.minutes('For').optional(),
      until: f.when('Until', { future: true }).optional(),
    },
    {
      verb: 'mute',
      aliases: ['免打扰'],
      args: ['record', 'channel', 'minutes', 'until'],
      keys: { until: 'until' },
    },
  ),
  action(
    'records.find',
    'read',
    {
      query: f.text('Words').optional(),
      owner: f.person('Owner').optional(),
      stage: f.ref('stage', 'Stage').optional(),
      over: f.money('Over').optional(),
      archived: f.flag('Archived').optional(),
    },
    {
      verb: 'find',
      aliases: ['查找', 'search'],
      args: ['query'],
      keys: {
        owner: 'owner',
        stage: 'stage',
        over: 'over',
        高于: 'over',
        负责人: 'owner',
        archived: 'archived',
      },
    },
  ),
  action(
    'leads.judge',
    'write',
    { lead, verdict: f.oneOf('Verdict', verdicts), reason: f.oneOf('Reason', reasons).optional(), note },
    {
      verb: 'judge',
      aliases: ['判别'],
      args: ['lead', 'verdict'],
      keys: { reason: 'reason', 原因: 'reason' },
      note: 'note',
    },
  ),
  action(
    'deals.create',
    'write',
    {
      account,
      title: f.text('Title'),
      amount: f.money('Amount').optional(),
      close: f.day('Close', { future: true }).optional(),
      note,
    },
    {
      verb: 'deal',
      aliases: ['新建商机'],
      args: ['account', 'title', 'amount'],
      keys: { close: 'close', 预计成交: 'close' },
      note: 'note',
    },
  ),
  action(
    'deals.move',
    'write',
    { deal, stage: f.ref('stage', 'Stage'), note },
    { verb: 'move', aliases: ['推进', '阶段'], args: ['deal', 'stage'], note: 'note', top: 6 },
  ),
  action(
    'deals.set',
    'write',
    {
      deal,
      amount: f.money('Amount').optional(),
      close: f.day('Close').optional(),
      title: f.text('Title').optional(),
      probability: f.percent('Probability').optional(),
    },
    {
      verb: 'set',
      aliases: ['修改'],
      args: ['deal'],
      keys: {
        amount: 'amount',
        金额: 'amount',
        close: 'close',
        成交: 'close',
        title: 'title',
        prob: 'probability',
      },
    },
  ),
  action(
    'activities.log',
    'write',
    {
      kind: f.oneOf('Kind', kinds),
      about: subject,
      minutes: f.minutes('Duration').optional(),
      met: f.text('Met', { names: true }).optional(),
      on: f.day('Day', { past: true }).optional(),
      note,
    },
    {
      verb: 'log',
      aliases: ['跟进', '记录'],
      args: ['kind', 'about', 'minutes'],
      keys: { met: 'met', 见到: 'met', on: 'on', 日期: 'on' },
      note: 'note',
      top: 3,
    },
  ),
  action(
    'next.set',
    'write',
    { about: subject, due: f.when('When', { future: true }), text: f.text('What').optional() },
    {
      verb: 'next',
      aliases: ['下次跟进', '跟进计划', '下一步', 'plan'],
      args: ['about', 'due', 'text'],
      rest: 'text',
      top: 4,
    },
  ),
  action('today.show', 'read', {}, { verb: 'today', aliases: ['待办', '今天'], args: [], top: 5 }),
  action(
    'next.done',
    'write',
    { row: f.number('Row', { max: 100 }), note },
    { verb: 'done', aliases: ['完成'], args: ['row'], note: 'note' },
  ),
  action(
    'next.snooze',
    'write',
    { row: f.number('Row', { max: 100 }), until: f.when('Until', { future: true }) },
    { verb: 'snooze', aliases: ['稍后'], args: ['row', 'until'] },
  ),
  action(
    'deals.won',
    'write',
    { deal, reason: f.oneOf('Reason', reasons).optional(), note },
    {
      verb: 'won',
      aliases: ['赢单', '成单'],
      args: ['deal'],
      keys: { reason: 'reason', 原因: 'reason' },
      note: 'note',
    },
  ),
  action(
    'deals.lost',
    'write',
    {
      deal,
      reason: f.oneOf('Reason', reasons).optional(),
      rival: f.text('Rival').optional(),
      note,
    },
    {
      verb: 'lost',
      aliases: ['输单', '丢单'],
      args: ['deal'],
      keys: { reason: 'reason', rival: 'rival', 原因: 'reason', 对手: 'rival' },
      note: 'note',
    },
  ),
  action(
    'contacts.create',
    'write',
    {
      account,
      name: f.text('Name'),
      email: f.email('E-mail').optional(),
      phone: f.phone('Phone').optional(),
      role: f.oneOf('Role', roles).optional(),
    },
    {
      verb: 'contact',
      aliases: ['联系人'],
      args: ['account', 'name', 'email', 'phone'],
      keys: { role: 'role', 角色: 'role' },
    },
  ),
  action(
    'leads.assign',
    'write',
    { record: f.ref(['lead', 'account', 'deal'], 'Record'), to: f.person('To') },
    { verb: 'assign', aliases: ['分配'], args: ['record', 'to'] },
  ),
  action(
    'pipeline.show',
    'read',
    {
      owner: f.person('Owner').optional(),
      group: f.ref('team', 'Team').optional(),
      stage: f.ref('stage', 'Stage').optional(),
    },
    {
      verb: 'pipeline',
      aliases: ['漏斗'],
      args: ['owner'],
      keys: { group: 'group', stage: 'stage' },
      top: 7,
    },
  ),
  action(
    'forecast.show',
    'read',
    { period: f.span('Period').optional() },
    { verb: 'forecast', aliases: ['预测'], args: ['period'] },
  ),
  action(
    'notes.add',
    'write',
    { about: subject, text: f.note('Note') },
    { verb: 'note', aliases: ['备注'], args: ['about', 'text'], rest: 'text' },
  ),
  action(
    'targets.set',
    'write',
    { who: f.person('Who'), period: f.span('Period'), amount: f.money('Amount') },
    { verb: 'target', aliases: ['销售目标'], args: ['who', 'period', 'amount'] },
  ),
  action(
    'members.role',
    'write',
    { who: f.person('Who'), role: f.oneOf('Role', memberRoles), group: f.ref('team', 'Team').optional() },
    { verb: 'role', args: ['who', 'role'], keys: { group: 'group' } },
    { roles: ['admin'] },
  ),
  action(
    'discounts.ask',
    'write',
    { deal, discount: f.percent('Discount', { discount: true }), note },
    {
      verb: 'discount',
      aliases: ['折扣申请', '特价申请', '折扣'],
      args: ['deal', 'discount'],
      note: 'note',
      top: 8,
    },
  ),
  action(
    'approvals.approve',
    'write',
    { approval, discount: f.percent('Discount', { discount: true }).optional(), note },
    { verb: 'approve', aliases: ['同意', '通过', '批准'], args: ['approval', 'discount'], note: 'note' },
  ),
  action(
    'approvals.reject',
    'write',
    { approval, note: f.note('Reason') },
    { verb: 'reject', aliases: ['驳回', '拒绝'], args: ['approval'], note: 'note' },
  ),
  action(
    'promises.create',
    'write',
    {
      account,
      text: f.text('What'),
      by: f.day('By', { future: true }).optional(),
      group: f.ref('team', 'Team').optional(),
    },
    {
      verb: 'promise',
      aliases: ['承诺'],
      args: ['account', 'text'],
      rest: 'text',
      keys: { by: 'by', group: 'group', 期限: 'by' },
    },
  ),
  action(
    'kb.ask',
    'read',
    { query: f.text('Question') },
    { verb: 'kb', aliases: ['知识库'], args: ['query'], rest: 'query' },
  ),
  action(
    'expenses.claim',
    'write',
    { deal, amount: f.money('Amount'), what: f.text('What') },
    { verb: 'expense', aliases: ['报销'], args: ['deal', 'amount', 'what'] },
  ),
  action(
    'payments.receive',
    'write',
    { deal, amount: f.money('Amount'), on: f.day('Day', { past: true }).optional() },
    { verb: 'paid', aliases: ['登记回款', '回款'], args: ['deal', 'amount'], keys: { on: 'on' } },
  ),
  action(
    'visits.plan',
    'write',
    { about: subject, length: f.minutes('Length').optional(), budget: f.money('Budget').optional() },
    { verb: 'plan-visit', args: ['about', 'length', 'budget'] },
  ),
  action(
    'transfer',
    'write',
    { from: f.person('From'), to: f.person('To') },
    {
      verb: 'transfer',
      aliases: ['移交', '更换负责人'],
      args: [],
      parseRest: (tokens) => {
        const [from, arrow, to] = tokens;
        return { from: from?.text, ...(arrow && to ? { to: to.text } : {}) };
      },
      printRest: ({ from, to }) => `${String(from)} to ${String(to)}`,
    },
  ),
  action(
    'settings.quiet',
    'write',
    { topics: f.manyOf('Topics', roles).optional(), on: f.flag('On').optional() },
    { verb: 'quiet', args: ['topics'], keys: { on: 'on' } },
  ),
];

const feature = { name: 'fixture', messages: labels, actions } as unknown as Feature;
export const registry = createRegistry([feature]);
