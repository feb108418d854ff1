import type { Role } from '../../kernel/context.ts';
import type { Locale } from '../../kernel/text.ts';

export type DemoPersonKey =
  | 'ada'
  | 'tom'
  | 'emma'
  | 'lina'
  | 'wei'
  | 'wang'
  | 'chen'
  | 'noah'
  | 'pia'
  | 'anna';

export type DemoUnitKey = 'east' | 'west' | 'team-li-na' | 'team-tom';

export interface DemoPerson {
  key: DemoPersonKey;
  name: string;
  email: string | null;
  roles: Role[];
  locale: Locale;
  timeZone: string;
  unit: DemoUnitKey | null;
  reportsTo: DemoPersonKey | null;
  /** Accounts by platform (Slack user, Entra object); `null`: nobody has claimed the name yet. */
  accounts: { slack: string; teams: string } | null;
}

/** The people of the demo organization. Managers stand before those who report to them. */
export const demoPeople: readonly DemoPerson[] = [
  {
    key: 'ada',
    name: 'Ada Young',
    email: 'ada@parley.example',
    roles: ['admin', 'manager'],
    locale: 'en',
    timeZone: 'Europe/London',
    unit: null,
    reportsTo: null,
    accounts: { slack: 'U0ADAYOUNG', teams: '0e000000-0000-4000-8000-000000000001' },
  },
  {
    key: 'tom',
    name: 'Tom Becker',
    email: 'tom@parley.example',
    roles: ['manager'],
    locale: 'en',
    timeZone: 'Europe/Berlin',
    unit: 'west',
    reportsTo: 'ada',
    accounts: { slack: 'U0TOMBECKER', teams: '0e000000-0000-4000-8000-000000000002' },
  },
  {
    key: 'emma',
    name: 'Emma Clark',
    email: 'emma@parley.example',
    roles: ['rep'],
    locale: 'en',
    timeZone: 'Europe/London',
    unit: 'team-tom',
    reportsTo: 'tom',
    accounts: { slack: 'U0EMMACLARK', teams: '0e000000-0000-4000-8000-000000000003' },
  },
  {
    key: 'lina',
    name: 'Li Na',
    email: 'lina@parley.example',
    roles: ['manager'],
    locale: 'zh-CN',
    timeZone: 'Asia/Shanghai',
    unit: 'east',
    reportsTo: 'ada',
    accounts: { slack: 'U0LINA', teams: '0e000000-0000-4000-8000-000000000004' },
  },
  {
    key: 'wei',
    name: 'Wei Zhang',
    email: 'wei@parley.example',
    roles: ['rep'],
    locale: 'zh-CN',
    timeZone: 'Asia/Shanghai',
    unit: 'team-li-na',
    reportsTo: 'lina',
    accounts: { slack: 'U0WEIZHANG', teams: '0e000000-0000-4000-8000-000000000005' },
  },
  {
    key: 'wang',
    name: 'Wang Lei',
    email: 'wang@parley.example',
    roles: ['rep'],
    locale: 'zh-CN',
    timeZone: 'Asia/Shanghai',
    unit: 'team-li-na',
    reportsTo: 'lina',
    accounts: { slack: 'U0WANGLEI', teams: '0e000000-0000-4000-8000-000000000006' },
  },
  {
    key: 'chen',
    name: 'Chen Jing',
    email: 'chen@parley.example',
    roles: ['finance'],
    locale: 'zh-CN',
    timeZone: 'Asia/Shanghai',
    unit: null,
    reportsTo: 'ada',
    accounts: { slack: 'U0CHENJING', teams: '0e000000-0000-4000-8000-000000000007' },
  },
  {
    key: 'noah',
    name: 'Noah Patel',
    email: 'noah@parley.example',
    roles: ['read-only'],
    locale: 'en',
    timeZone: 'Europe/London',
    unit: null,
    reportsTo: null,
    accounts: { slack: 'U0NOAHPATEL', teams: '0e000000-0000-4000-8000-000000000008' },
  },
  {
    key: 'pia',
    name: 'Pia Lindqvist',
    email: 'pia@partner.example',
    roles: ['partner'],
    locale: 'en',
    timeZone: 'Europe/Stockholm',
    unit: null,
    reportsTo: null,
    accounts: { slack: 'U0PIALIND', teams: '0e000000-0000-4000-8000-000000000009' },
  },
  {
    key: 'anna',
    name: 'Anna Snelling',
    email: null,
    roles: ['rep'],
    locale: 'en',
    timeZone: 'Europe/London',
    unit: 'team-tom',
    reportsTo: 'tom',
    accounts: null,
  },
];

/** Who performs the examples of actions: what they refer to belongs to Emma or is visible to her manager Tom. */
export const demoActors: Readonly<Record<Role, DemoPersonKey>> = {
  'read-only': 'noah',
  partner: 'pia',
  rep: 'emma',
  manager: 'tom',
  finance: 'chen',
  admin: 'ada',
};

export interface DemoUnit {
  key: DemoUnitKey;
  kind: 'region' | 'team';
  name: string;
  parent: DemoUnitKey | null;
  manager: DemoPersonKey;
}

/** Parents stand before their parts. A team is named after its manager. */
export const demoUnits: readonly DemoUnit[] = [
  { key: 'east', kind: 'region', name: 'East', parent: null, manager: 'lina' },
  { key: 'west', kind: 'region', name: 'West', parent: null, manager: 'tom' },
  { key: 'team-li-na', kind: 'team', name: 'Li Na', parent: 'east', manager: 'lina' },
  { key: 'team-tom', kind: 'team', name: 'Tom Becker', parent: 'west', manager: 'tom' },
];

/** Channels of the demo organization on both platforms. */
export const demoChannels = [
  {
    key: 'sales-east',
    name: 'sales-east',
    slackChannelId: 'C0EAST',
    teamsChannelId: '19:sales-east@thread.tacv2',
    setBy: 'lina',
  },
  {
    key: 'sales-west',
    name: 'sales-west',
    slackChannelId: 'C0WEST',
    teamsChannelId: '19:sales-west@thread.tacv2',
    setBy: 'tom',
  },
  {
    key: 'deal-desk',
    name: 'deal-desk',
    slackChannelId: 'C0DEALDESK',
    teamsChannelId: '19:deal-desk@thread.tacv2',
    setBy: null,
  },
  {
    key: 'general',
    name: 'general',
    slackChannelId: 'C0GENERAL',
    teamsChannelId: '19:general@thread.tacv2',
    setBy: null,
  },
] as const;
