import { endOf, startOf } from '../../../kernel/dates.ts';
import { f, type Ref, type Span } from '../../../kernel/fields.ts';
import { formatNumber } from '../../../kernel/ids.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { readAccount } from '../../crm/accounts/api.ts';
import type { Stage } from '../pipelines/api.ts';
import { viewOf } from '../pipelines/api.ts';
import { type Blank, blanks, type FunnelFilters, longAgo } from './funnel-model.ts';
import type { DealFilter } from './funnel-queries.ts';
import { t } from './messages.ts';
import { fieldTexts } from './words.ts';

/** Fields that say which deals count, the same for the funnel and for the list behind each of its figures. */
export const filterFields = () => ({
  owner: f.person(t('owner')).optional(),
  span: f.span(t('period'), { placeholder: 'q4', past: true, since: longAgo }).optional(),
  group: f.ref('unit', t('group')).optional(),
  stage: f.ref('stage', t('stage')).optional(),
  product: f.ref('product', t('product')).optional(),
  account: f.ref('account', t('account')).optional(),
  without: f
    .manyOf(
      t('without'),
      blanks.map((value) => ({ value, label: value === 'owner' ? t('owner') : fieldTexts[value] })),
    )
    .optional(),
  /** Of a branch only what belongs to none of its teams. */
  direct: f.flag(t('direct')).optional(),
  /** Expected to close within. */
  closing: f.span(t('closing'), { placeholder: 'q4', since: longAgo }).optional(),
  /** In a stage of at least this probability. */
  likely: f.percent(t('likely'), { placeholder: '70%' }).optional(),
  page: f.number(t('page'), { min: 1, max: 1000 }).optional(),
});

export const filterKeys = {
  owner: 'owner',
  负责人: 'owner',
  group: 'group',
  团队: 'group',
  组: 'group',
  region: 'group',
  branch: 'group',
  大区: 'group',
  分公司: 'group',
  stage: 'stage',
  阶段: 'stage',
  product: 'product',
  产品: 'product',
  account: 'account',
  客户: 'account',
  without: 'without',
  closing: 'closing',
  成交: 'closing',
  likely: 'likely',
  概率: 'likely',
} as const;

export interface FilterInput {
  owner?: Ref | undefined;
  span?: Span | undefined;
  group?: Ref | undefined;
  stage?: Ref | undefined;
  product?: Ref | undefined;
  account?: Ref | undefined;
  without?: Blank[] | undefined;
  direct?: boolean | undefined;
  closing?: Span | undefined;
  likely?: number | undefined;
}

/** The period that was asked for, else this month. */
export function periodOf(span: Span | undefined, today: string): Span {
  return span ?? { from: startOf('month', today), to: endOf('month', today) };
}

export function filterOf(input: FilterInput, owners: DealFilter['owners'], today: string): DealFilter {
  return {
    owners,
    stageId: input.stage?.id,
    productId: input.product?.id,
    accountId: input.account?.id,
    without: input.without ?? [],
    closing: input.closing,
    likelyBasisPoints: input.likely,
    period: periodOf(input.span, today),
    isSpan: input.span !== undefined,
  };
}

/** What was asked for, for the output: by names and visible numbers. */
export async function filtersSaid(
  ctx: Ctx,
  input: FilterInput,
  stages: readonly Stage[],
): Promise<FunnelFilters> {
  const { owner, group, stage, product, account, without, direct, closing, likely } = input;
  const found = stage && stages.find(({ id }) => id === stage.id);
  const row = account && (await readAccount(ctx, account.id));
  return {
    owner: owner ? { memberId: owner.id, name: owner.label } : null,
    group: group?.label ?? null,
    isDirect: direct === true,
    stage: found ? viewOf(found) : null,
    product: product?.label ?? null,
    account: row ? { number: formatNumber('account', row.number), name: row.name } : null,
    without: without ?? [],
    closing: closing ?? null,
    likelyBasisPoints: likely ?? null,
  };
}
