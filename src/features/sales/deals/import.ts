import { instantOf } from '../../../kernel/dates.ts';
import { parseNumber } from '../../../kernel/ids.ts';
import { moneyFromDecimal, moneyToDecimal } from '../../../kernel/money.ts';
import { nameKey } from '../../../kernel/names.ts';
import type { Inline } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { defineImporter, type ImportRow, type Rejected } from '../../../runtime/importer.ts';
import type { NewRecord, RecordPatch } from '../../../store/records.ts';
import { upsertRecords, type Wanted } from '../../../store/upsert.ts';
import { type AccountsByName, accountsByName, setSalesState } from '../../crm/accounts/api.ts';
import { type PeopleByName, peopleByName } from '../../org/members/api.ts';
import { type Stage, stagesOf } from '../pipelines/api.ts';
import { allDeals, dealsAfter, productsBySqueezedName } from './import-queries.ts';
import { t } from './messages.ts';
import { type DealRow, dealRecord } from './record.ts';
import type { deals } from './tables.ts';

const source = 'import';
type Table = typeof deals;

/** Stage words of other systems → ours; a position counts from the start of the pipeline, -1 is its end. */
const foreignStages: Record<string, { status: DealRow['status']; stage: string | number }> = {
  won: { status: 'won', stage: -1 },
  'closed won': { status: 'won', stage: -1 },
  赢单: { status: 'won', stage: -1 },
  成单: { status: 'won', stage: -1 },
  lost: { status: 'lost', stage: 0 },
  'closed lost': { status: 'lost', stage: 0 },
  输单: { status: 'lost', stage: 0 },
  丢单: { status: 'lost', stage: 0 },
  prospecting: { status: 'open', stage: 'qualify' },
  engaging: { status: 'open', stage: 'tracking' },
};

export const dealImporter = defineImporter({
  kind: 'deals',
  order: 60,
  aliases: ['sales_pipeline', 'opportunities', 'pipeline', '商机'],
  columns: [
    { field: 'id', headers: ['opportunity_id', 'deal_id', 'id', 'number', '商机编号', '编号'] },
    { field: 'owner', headers: ['sales_agent', 'owner', 'deal_owner', 'rep', '负责人', '销售'] },
    { field: 'name', headers: ['deal', 'deal_name', 'opportunity', 'name', '商机', '商机名称'] },
    { field: 'product', headers: ['product', 'product_name', '产品'] },
    { field: 'account', headers: ['account', 'company', 'customer', '客户', '公司'] },
    { field: 'stage', headers: ['deal_stage', 'stage', 'status', '阶段', '销售阶段'], required: true },
    {
      field: 'engageOn',
      headers: ['engage_date', 'created', 'created_date', 'open_date', '开始日期', '创建日期'],
      type: 'date',
    },
    {
      field: 'closeOn',
      headers: ['close_date', 'expected_close', 'closed', '结束日期', '预计成交日期'],
      type: 'date',
    },
    { field: 'amount', headers: ['close_value', 'amount', 'value', '金额', '成交金额'], type: 'number' },
    { field: 'currency', headers: ['currency', '币种'], type: 'currency' },
    { field: 'reason', headers: ['reason', '原因'] },
    { field: 'rival', headers: ['rival', 'competitor', '竞争对手'] },
    { field: 'note', headers: ['note', 'notes', '备注'] },
  ],

  async load(ctx, rows, options) {
    const world = await readWorld(ctx);
    const rejected: Rejected[] = [];
    const wanted: Wanted<Table>[] = [];
    for (const row of rows) {
      const stage = stageNamed(world.stages, row.values.stage ?? '');
      if (stage) wanted.push(await want(ctx, world, row, stage, options.currency));
      else rejected.push({ line: row.line, reason: t('import-no-stage', { stage: row.values.stage ?? '' }) });
    }
    const counts = await upsertRecords(ctx, dealRecord, wanted, options);
    if (counts.created + counts.changed > 0) await updateSalesStates(ctx, wanted);
    if (world.people.made() > 0) world.mend('people', t('import-people'), world.people.made());
    if (world.accounts.made() > 0) world.mend('accounts', t('import-accounts'), world.accounts.made());
    return { ...counts, rejected, mended: [...world.mended.values()] };
  },

  async export(ctx, after, limit) {
    const [rows, people, stages] = await Promise.all([
      dealsAfter(ctx, after, limit),
      peopleByName(ctx),
      stagesOf(ctx),
    ]);
    const stageKeys = new Map(stages.map((stage) => [stage.id, stage.key]));
    return rows.map(({ deal, account, product }) => ({
      id: deal.id,
      cells: {
        id: deal.source === source && deal.externalId ? deal.externalId : `D-${deal.number}`,
        owner: (deal.ownerId && people.nameOf(deal.ownerId)) ?? '',
        name: deal.name,
        product: product ?? '',
        account: account ?? '',
        stage: deal.status === 'open' ? (stageKeys.get(deal.stageId) ?? '') : deal.status,
        engageOn: deal.engageOn ?? '',
        closeOn: (deal.status === 'open' ? deal.closeOn : deal.closedOn) ?? '',
        amount:
          deal.amountMinor === null || deal.currency === null
            ? ''
            : moneyToDecimal({ amountMinor: deal.amountMinor, currency: deal.currency }),
        currency: deal.currency ?? '',
        reason: deal.reason ?? '',
        rival: deal.rival ?? '',
        note: deal.note ?? '',
      },
    }));
  },
});

interface World {
  stages: Stage[];
  people: PeopleByName;
  accounts: AccountsByName;
  products: Map<string, { id: string; name: string }>;
  find(id: string): DealRow | undefined;
  mended: Map<string, { what: Inline; count: number }>;
  mend(key: string, what: Inline, times?: number): void;
}

async function readWorld(ctx: Ctx): Promise<World> {
  const [stages, people, accounts, products, existing] = await Promise.all([
    stagesOf(ctx),
    peopleByName(ctx),
    accountsByName(ctx),
    productsBySqueezedName(ctx),
    allDeals(ctx),
  ]);
  const byId = new Map<string, DealRow>();
  for (const row of existing) {
    byId.set(`D-${row.number}`, row);
    if (row.source === source && row.externalId) byId.set(`id ${row.externalId}`, row);
  }
  const mended: World['mended'] = new Map();
  return {
    stages,
    people,
    accounts,
    products,
    mended,
    find(id) {
      const number = parseNumber(id);
      return byId.get(`id ${id}`) ?? (number?.kind === 'deal' ? byId.get(`D-${number.number}`) : undefined);
    },
    mend(key, what, times = 1) {
      const entry = mended.get(key) ?? { what, count: 0 };
      entry.count += times;
      mended.set(key, entry);
    },
  };
}

function stageNamed(
  stages: readonly Stage[],
  word: string,
): { status: DealRow['status']; stage: Stage } | undefined {
  const key = word.normalize('NFKC').trim().toLowerCase();
  const foreign = foreignStages[key.replace(/[-_]/g, ' ')];
  const wanted = foreign?.stage ?? key;
  const stage =
    typeof wanted === 'number'
      ? stages.at(wanted)
      : (stages.find(
          (one) => one.key === wanted || one.name.toLowerCase() === wanted || one.nameZh === wanted,
        ) ?? (foreign ? stages[0] : undefined));
  return stage && { status: foreign?.status ?? 'open', stage };
}

async function want(
  ctx: Ctx,
  world: World,
  { values }: ImportRow,
  { status, stage }: { status: DealRow['status']; stage: Stage },
  defaultCurrency: string,
): Promise<Wanted<Table>> {
  const { id, engageOn, closeOn, reason, rival, note } = values;
  const existing = id ? world.find(id) : undefined;
  const owner = values.owner ? await world.people.ensure(values.owner) : undefined;
  const account = values.account ? await world.accounts.ensure(values.account) : undefined;
  const product = values.product ? productNamed(world, values.product) : undefined;
  const amount = amountOf(world, values, status, existing?.currency ?? defaultCurrency);
  const keepsStage = existing && existing.status === status && status !== 'open';
  const patch: RecordPatch<Table> = {
    ...(owner ? { ownerId: owner.id } : {}),
    ...(account ? { accountId: account.id } : {}),
    ...(product ? { productId: product.id } : {}),
    ...(values.name ? { name: values.name, nameKey: nameKey(values.name) } : {}),
    ...(amount ? { amountMinor: amount.amountMinor, currency: amount.currency } : {}),
    ...(engageOn ? { engageOn } : {}),
    ...(closeOn ? (status === 'open' ? { closeOn } : { closedOn: closeOn }) : {}),
    ...(reason ? { reason } : {}),
    ...(rival ? { rival } : {}),
    ...(note ? { note } : {}),
    ...(keepsStage ? {} : { status, stageId: stage.id }),
  };
  if (existing) return { existing, patch, values: patch as NewRecord<Table> };
  if (!account) world.mend('no-account', t('import-no-account'));
  const name = values.name ?? product?.name ?? values.product ?? id ?? values.account ?? '?';
  const fresh = {
    ...patch,
    name,
    nameKey: nameKey(name),
    status,
    stageId: stage.id,
    stageEnteredAt: engageOn ? instantOf(engageOn, '00:00', ctx.org.timeZone) : ctx.now,
    ...(id ? { source, externalId: id } : {}),
  } as NewRecord<Table>;
  return { existing: undefined, patch, values: fresh };
}

function productNamed(world: World, name: string): { id: string; name: string } | undefined {
  const product = world.products.get(nameKey(name).replaceAll(' ', ''));
  if (!product) world.mend(`no product ${name}`, t('import-no-product', { product: name }));
  else if (product.name !== name) {
    world.mend(`product ${name}`, t('import-product', { from: name, to: product.name }));
  }
  return product;
}

/** Files give lost deals a value of 0, which says that nothing was earned, not what it was worth. */
function amountOf(
  world: World,
  values: Readonly<Record<string, string>>,
  status: DealRow['status'],
  currency: string,
) {
  if (values.amount === undefined) return undefined;
  const amount = moneyFromDecimal(values.amount, values.currency?.toUpperCase() ?? currency);
  if (status === 'won' || amount.amountMinor !== 0n) return amount;
  world.mend('zero', t('import-zero'));
  return undefined;
}

/** Customers with an open deal are opportunities, those who bought are order customers. */
async function updateSalesStates(ctx: Ctx, wanted: readonly Wanted<Table>[]): Promise<void> {
  const states = new Map<string, 'opportunity' | 'order-customer'>();
  for (const { patch } of wanted) {
    if (!patch.accountId) continue;
    if (patch.status === 'won') states.set(patch.accountId, 'order-customer');
    else if (patch.status === 'open' && !states.has(patch.accountId))
      states.set(patch.accountId, 'opportunity');
  }
  for (const [accountId, state] of states) await setSalesState(ctx, accountId, state, 'import');
}
