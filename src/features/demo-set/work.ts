import type { DemoPersonKey } from './people.ts';

/** Minor units. */
interface DemoMoney {
  amountMinor: bigint;
  currency: 'EUR' | 'CNY';
}

const eur = (whole: number): DemoMoney => ({ amountMinor: BigInt(whole) * 100n, currency: 'EUR' });
const cny = (whole: number): DemoMoney => ({ amountMinor: BigInt(whole) * 100n, currency: 'CNY' });

export interface DemoLead {
  company: string;
  contactName?: string;
  email?: string;
  phone?: string;
  source: string;
  amount?: DemoMoney;
  note?: string;
  owner: DemoPersonKey | null;
  state: 'new' | 'opportunity' | 'nurture' | 'dropped';
  stateReason?: string;
  stateNote?: string;
  reviewInDays?: number;
  createdDaysAgo: number;
  /** `running`: due within the next working hours. `late`: was due. `filed`: somebody has planned. */
  plan: 'running' | 'late' | 'filed';
  /** Numbers of what it became. */
  account?: number;
  contact?: number;
  deal?: number;
  archived?: true;
}

/** L-1 … */
export const demoLeads: readonly DemoLead[] = [
  {
    company: 'Delta Compressors',
    contactName: 'Sam Price',
    email: 'sam@delta.example',
    phone: '+442079460101',
    source: 'expo',
    amount: eur(12_000),
    note: 'needs 4 units by March',
    owner: 'emma',
    state: 'new',
    createdDaysAgo: 0,
    plan: 'running',
  },
  {
    company: 'Cobalt Paints',
    contactName: 'Ruth Adler',
    email: 'ruth@cobalt.example',
    source: 'web',
    owner: 'emma',
    state: 'nurture',
    stateReason: 'not-yet',
    stateNote: 'budget only next year',
    reviewInDays: 30,
    createdDaysAgo: 25,
    plan: 'filed',
  },
  {
    company: 'Quick Fix Garage',
    phone: '+442079460103',
    source: 'referral',
    owner: 'emma',
    state: 'dropped',
    stateReason: 'no-budget',
    createdDaysAgo: 18,
    plan: 'filed',
  },
  {
    company: 'Acme Hydraulics',
    contactName: 'Jane Wu',
    email: 'jane@acme-hydraulics.example',
    source: 'expo',
    amount: eur(80_000),
    owner: 'emma',
    state: 'opportunity',
    createdDaysAgo: 35,
    plan: 'filed',
    account: 1,
    contact: 1,
    deal: 1,
  },
  {
    company: '海天塑机',
    contactName: '周敏',
    phone: '+8613900000105',
    source: '展会',
    amount: cny(300_000),
    owner: 'wei',
    state: 'new',
    createdDaysAgo: 4,
    plan: 'late',
  },
  {
    company: '金桥电子',
    contactName: '孙浩',
    email: 'sunhao@jinqiao.example',
    source: '网站',
    owner: 'wei',
    state: 'new',
    createdDaysAgo: 2,
    plan: 'filed',
  },
  {
    company: 'Sunrise Foods',
    contactName: 'Amy Tan',
    email: 'amy@sunrise.example',
    source: 'referral',
    amount: cny(50_000),
    owner: 'wang',
    state: 'new',
    createdDaysAgo: 0,
    plan: 'running',
  },
  {
    company: 'Tidewater Marine',
    email: 'info@tidewater.example',
    source: 'web',
    owner: null,
    state: 'new',
    createdDaysAgo: 1,
    plan: 'late',
  },
  {
    company: 'Old Mill Bakery',
    contactName: 'Joe Mill',
    source: 'rep',
    owner: 'emma',
    state: 'dropped',
    stateReason: 'duplicate',
    createdDaysAgo: 60,
    plan: 'filed',
    archived: true,
  },
  {
    company: '*Bold* Foods <!here>',
    contactName: '`Ina` & <b>Co</b>',
    email: 'ina@boldfoods.example',
    source: 'web',
    owner: 'emma',
    state: 'new',
    createdDaysAgo: 3,
    plan: 'late',
  },
];

export interface DemoDeal {
  name: string;
  account: number | null;
  owner: DemoPersonKey;
  /** Index into the product list. */
  product?: number;
  stage: 'qualify' | 'tracking' | 'negotiation' | 'quote' | 'contract';
  stageDaysAgo: number;
  amount?: DemoMoney;
  engageDaysAgo?: number;
  closeInDays?: number;
  pushCount?: number;
  /** Lead it came from. */
  lead?: number;
  closed?: { status: 'won' | 'lost'; daysAgo: number; reason: string; rival?: string };
  archived?: true;
}

/** D-1 … */
export const demoDeals: readonly DemoDeal[] = [
  {
    name: '40 pumps',
    account: 1,
    owner: 'emma',
    product: 0,
    stage: 'tracking',
    stageDaysAgo: 6,
    amount: eur(80_000),
    engageDaysAgo: 30,
    closeInDays: 30,
    lead: 4,
  },
  {
    name: 'Control units',
    account: 4,
    owner: 'emma',
    product: 1,
    stage: 'contract',
    stageDaysAgo: 20,
    amount: eur(45_000),
    engageDaysAgo: 95,
    closed: { status: 'won', daysAgo: 12, reason: 'service' },
  },
  {
    name: 'Spare parts frame',
    account: 1,
    owner: 'emma',
    stage: 'quote',
    stageDaysAgo: 50,
    amount: eur(18_000),
    engageDaysAgo: 120,
    closed: { status: 'lost', daysAgo: 41, reason: 'price', rival: 'Grundfos' },
  },
  { name: 'Pilot line', account: 6, owner: 'emma', stage: 'qualify', stageDaysAgo: 3 },
  {
    name: '二期生产线',
    account: 2,
    owner: 'wei',
    product: 2,
    stage: 'negotiation',
    stageDaysAgo: 8,
    amount: cny(860_000),
    engageDaysAgo: 44,
    closeInDays: 40,
  },
  {
    name: 'Robot cells',
    account: 3,
    owner: 'wei',
    product: 2,
    stage: 'quote',
    stageDaysAgo: 21,
    amount: cny(400_000),
    engageDaysAgo: 80,
    closeInDays: 10,
    pushCount: 2,
  },
  {
    name: '备件框架',
    account: null,
    owner: 'wei',
    stage: 'qualify',
    stageDaysAgo: 5,
    amount: cny(60_000),
  },
  {
    name: '自动化改造',
    account: 5,
    owner: 'wang',
    product: 2,
    stage: 'contract',
    stageDaysAgo: 4,
    amount: cny(1_200_000),
    engageDaysAgo: 70,
    closeInDays: 7,
  },
  {
    name: '离心泵 60 台',
    account: 9,
    owner: 'wang',
    product: 0,
    stage: 'contract',
    stageDaysAgo: 9,
    amount: cny(260_000),
    engageDaysAgo: 65,
    closed: { status: 'won', daysAgo: 2, reason: 'price' },
  },
  {
    name: '密封件年度合同',
    account: 9,
    owner: 'wang',
    product: 3,
    stage: 'negotiation',
    stageDaysAgo: 70,
    amount: cny(90_000),
    engageDaysAgo: 110,
    closed: { status: 'lost', daysAgo: 33, reason: 'no-decision' },
  },
  {
    name: 'Retrofit hall 3',
    account: 7,
    owner: 'tom',
    product: 1,
    stage: 'negotiation',
    stageDaysAgo: 11,
    amount: eur(150_000),
    engageDaysAgo: 50,
    closeInDays: -3,
    pushCount: 1,
  },
  {
    name: 'Sample order',
    account: 10,
    owner: 'emma',
    product: 3,
    stage: 'qualify',
    stageDaysAgo: 2,
    amount: eur(4_500),
    closeInDays: 60,
  },
  { name: 'Old mill order', account: 1, owner: 'emma', stage: 'qualify', stageDaysAgo: 90, archived: true },
];

export interface DemoStep {
  subject: { kind: 'lead' | 'deal' | 'account'; number: number };
  text: string;
  /** Days from the owner's today; negative: overdue. */
  inDays: number;
  /** Wall-clock time in the owner's zone. */
  at?: string;
}

/** One open step each; D-7 and D-12 have none. */
export const demoSteps: readonly DemoStep[] = [
  { subject: { kind: 'deal', number: 1 }, text: 'call Jane on price', inDays: 0 },
  { subject: { kind: 'deal', number: 4 }, text: 'ask who decides', inDays: -1 },
  { subject: { kind: 'account', number: 4 }, text: 'visit after delivery', inDays: 5 },
  { subject: { kind: 'deal', number: 5 }, text: '确认付款方式', inDays: 3, at: '10:00' },
  { subject: { kind: 'deal', number: 6 }, text: '给 Chen 打电话', inDays: -2 },
  { subject: { kind: 'lead', number: 6 }, text: '发送资料', inDays: 0 },
  { subject: { kind: 'deal', number: 8 }, text: '合同盖章', inDays: 1, at: '15:00' },
  { subject: { kind: 'deal', number: 11 }, text: 'negotiate delivery terms', inDays: 7, at: '11:00' },
];

/** `monthsAhead` counts from the current month. */
export const demoTargets: readonly { person: DemoPersonKey; monthsAhead: number; amount: DemoMoney }[] = [
  { person: 'emma', monthsAhead: -1, amount: eur(60_000) },
  { person: 'emma', monthsAhead: 0, amount: eur(70_000) },
  { person: 'wei', monthsAhead: 0, amount: cny(500_000) },
  { person: 'wang', monthsAhead: 0, amount: cny(400_000) },
  { person: 'wang', monthsAhead: 1, amount: cny(450_000) },
];
