import type { ActivityKind } from '../crm/activities/api.ts';
import type { DemoPersonKey } from './people.ts';

export interface DemoActivity {
  kind: ActivityKind;
  by: DemoPersonKey;
  daysAgo: number;
  minutes?: number;
  note: string;
  account?: number;
  contact?: number;
  deal?: number;
  lead?: number;
  decisionMakerMet?: true;
}

export const demoActivities: readonly DemoActivity[] = [
  {
    kind: 'visit',
    by: 'emma',
    daysAgo: 6,
    minutes: 90,
    note: 'likes the pilot, wants a price for 40',
    account: 1,
    contact: 1,
    deal: 1,
    decisionMakerMet: true,
  },
  {
    kind: 'call',
    by: 'emma',
    daysAgo: 2,
    minutes: 20,
    note: 'delivery in March is fine',
    account: 1,
    contact: 2,
    deal: 1,
  },
  { kind: 'email', by: 'emma', daysAgo: 1, note: 'sent the data sheet', lead: 1 },
  {
    kind: 'demo',
    by: 'wei',
    daysAgo: 9,
    minutes: 60,
    note: '演示控制系统',
    account: 2,
    contact: 5,
    deal: 5,
    decisionMakerMet: true,
  },
  {
    kind: 'call',
    by: 'wei',
    daysAgo: 24,
    minutes: 10,
    note: 'waiting for their budget round',
    account: 3,
    contact: 7,
    deal: 6,
  },
  { kind: 'wechat', by: 'wang', daysAgo: 1, note: '合同条款已确认', account: 5, deal: 8 },
  {
    kind: 'meeting',
    by: 'wang',
    daysAgo: 10,
    minutes: 120,
    note: '年度回顾',
    account: 9,
    contact: 11,
    decisionMakerMet: true,
  },
  {
    kind: 'note',
    by: 'tom',
    daysAgo: 3,
    note: 'offer a service package instead of a discount',
    account: 7,
    deal: 11,
  },
];
