import type { RelationshipState, SalesState } from '../crm/accounts/api.ts';
import type { ContactRole, NewContact } from '../crm/contacts/api.ts';
import type { DemoPersonKey } from './people.ts';

export interface DemoAccount {
  name: string;
  owner: DemoPersonKey | null;
  domain?: string;
  phone?: string;
  industry?: string;
  location?: string;
  salesState: SalesState;
  salesStateReason?: string;
  relationshipState: RelationshipState;
  relationshipReason?: string;
  valueClass?: 'A' | 'B' | 'C';
  /** Number of the parent, which stands before it. */
  parent?: number;
  archived?: true;
}

/** C-1 …: the index gives the number. */
export const demoAccounts: readonly DemoAccount[] = [
  {
    name: 'Acme Hydraulics',
    owner: 'emma',
    domain: 'acme-hydraulics.example',
    phone: '+442079460001',
    industry: 'Pumps',
    location: 'Leeds',
    salesState: 'opportunity',
    relationshipState: 'target',
    salesStateReason: 'D-1',
    valueClass: 'A',
  },
  {
    name: '远景泵业有限公司',
    owner: 'wei',
    domain: 'yuanjing.example',
    phone: '+862155501002',
    industry: '机械',
    location: '上海',
    salesState: 'user',
    relationshipState: 'actual',
    valueClass: 'A',
  },
  {
    name: 'Nova Robotics',
    owner: 'wei',
    domain: 'nova.example',
    industry: 'Robotics',
    location: 'Suzhou',
    salesState: 'opportunity',
    relationshipState: 'target',
    salesStateReason: 'D-6',
    valueClass: 'A',
  },
  {
    name: 'Bolt Ltd',
    owner: 'emma',
    domain: 'bolt.example',
    phone: '+442079460004',
    industry: 'Fasteners',
    location: 'Bristol',
    salesState: 'order-customer',
    relationshipState: 'actual',
    salesStateReason: 'D-2',
    valueClass: 'B',
  },
  {
    name: '瑞奇自动化',
    owner: 'wang',
    location: '杭州',
    salesState: 'opportunity',
    relationshipState: 'target',
    valueClass: 'B',
  },
  {
    name: '*bold* <!channel> & Söhne GmbH',
    owner: 'emma',
    salesState: 'to-identify',
    relationshipState: 'potential',
  },
  {
    name: 'Grünwald Technik AG',
    owner: 'tom',
    domain: 'gruenwald.example',
    location: 'München',
    salesState: 'user',
    relationshipState: 'loyal',
    relationshipReason: 'third order in two years',
    valueClass: 'A',
  },
  {
    name: 'Harbour Logistics',
    owner: 'anna',
    location: 'Hull',
    salesState: 'user',
    relationshipState: 'lost',
    relationshipReason: 'buyer left, successor brought his own supplier',
    valueClass: 'C',
  },
  {
    name: '东方泵业集团',
    owner: 'wang',
    domain: 'dongfang.example',
    phone: '+862155501009',
    industry: '泵',
    location: '宁波',
    salesState: 'user',
    relationshipState: 'actual',
    valueClass: 'B',
  },
  {
    name: 'Pumpworks Asia',
    owner: 'emma',
    location: 'Singapore',
    salesState: 'potential',
    relationshipState: 'potential',
    parent: 1,
  },
  {
    name: 'Old Mill Works',
    owner: 'emma',
    salesState: 'to-identify',
    relationshipState: 'potential',
    archived: true,
  },
];

export interface DemoContact extends Omit<NewContact, 'accountId' | 'role'> {
  /** Number of the account. */
  account: number;
  role: ContactRole | null;
  /** No longer there since so many days. */
  leftDaysAgo?: number;
  archived?: true;
}

/** K-1 … */
export const demoContacts: readonly DemoContact[] = [
  {
    account: 1,
    name: 'Jane Wu',
    title: 'Head of Purchasing',
    email: 'jane@acme-hydraulics.example',
    phone: '+442079460011',
    role: 'decides',
  },
  {
    account: 1,
    name: 'Mark Hill',
    title: 'Plant Manager',
    email: 'mark@acme-hydraulics.example',
    role: 'influences',
  },
  {
    account: 1,
    name: 'Lucy Brown',
    title: 'Maintenance',
    email: 'lucy@acme-hydraulics.example',
    role: 'uses',
  },
  {
    account: 1,
    name: 'Omar Said',
    title: 'Controller',
    email: 'omar@acme-hydraulics.example',
    role: 'blocks',
  },
  {
    account: 2,
    name: '王敏',
    title: '采购总监',
    email: 'wangmin@yuanjing.example',
    phone: '+8613812345678',
    role: 'decides',
  },
  { account: 2, name: '刘洋', title: '设备主管', phone: '+8613812345679', role: 'uses' },
  { account: 3, name: 'Chen Hao', title: 'Engineer', email: 'hao@nova.example', role: 'influences' },
  { account: 4, name: 'Helen Fox', title: 'Director', email: 'helen@bolt.example', role: 'decides' },
  { account: 6, name: '_Kim_ ~Lee~ <@U0>', email: 'kim@soehne.example', role: null },
  { account: 7, name: 'Eva Grünwald', title: 'CEO', email: 'eva@gruenwald.example', role: 'decides' },
  { account: 9, name: '赵敏', title: '总经理', email: 'zhaomin@dongfang.example', role: 'decides' },
  { account: 1, name: 'Peter Gray', title: 'Buyer', role: 'influences', leftDaysAgo: 40 },
  { account: 1, name: 'Tina Marsh', role: null, archived: true },
];
