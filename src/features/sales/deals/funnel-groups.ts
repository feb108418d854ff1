import { formatNumber } from '../../../kernel/ids.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { memberNames } from '../../org/members/api.ts';
import { allStages, viewOf } from '../pipelines/api.ts';
import type { FunnelDimension, GroupFigures } from './funnel-model.ts';
import { countGroups, type DealFilter, type GroupColumn, namesOf, readChart } from './funnel-queries.ts';
import {
  type ChartUnit,
  type CountedDeals,
  type CountedStage,
  chainOf,
  mainCurrency,
  outcomeOf,
  unitOfMember,
} from './funnel-rules.ts';

const mostGroups = 100;
/** Teams and branches are folded from all owners. */
const mostOwners = 100_000;

export interface Groups {
  groups: GroupFigures[];
  /** In all; the list holds the hundred largest. */
  groupCount: number;
}

type Head = Pick<GroupFigures, 'key' | 'name' | 'stage' | 'isDirect'>;
const headOf = (key: string | null, name: string | null): Head => ({
  key,
  name,
  stage: null,
  isDirect: false,
});

/** Figures by the dimension asked for, the largest group first. `byStage` are the funnel's own rows. */
export async function groupsOf(
  ctx: Ctx,
  by: FunnelDimension,
  filter: DealFilter,
  byStage: readonly CountedStage[],
): Promise<Groups> {
  const currency = mainCurrency(byStage, ctx.org.currency);
  switch (by) {
    case 'stage':
      return stageGroups(ctx, byStage);
    case 'group':
    case 'region':
      return unitGroups(ctx, by, filter, currency);
    case 'owner':
    case 'product':
    case 'account':
      return columnGroups(ctx, by, filter, currency);
    default:
      return by satisfies never;
  }
}

/** By the stage deals are in, or were in when they closed; in pipeline order. */
async function stageGroups(ctx: Ctx, rows: readonly CountedStage[]): Promise<Groups> {
  const groups = (await allStages(ctx)).flatMap((stage) => {
    const own = rows.filter(({ stageId }) => stageId === stage.id);
    if (own.length === 0) return [];
    return [{ ...headOf(stage.key, stage.name), stage: viewOf(stage), ...outcomeOf(own) }];
  });
  return { groups, groupCount: groups.length };
}

async function columnGroups(
  ctx: Ctx,
  by: GroupColumn,
  filter: DealFilter,
  currency: string,
): Promise<Groups> {
  const { rows, groups: groupCount } = await countGroups(ctx, filter, by, { currency, limit: mostGroups });
  const ids = [...new Set(rows.map(({ groupId }) => groupId))];
  const heads = await headsOf(
    ctx,
    by,
    ids.filter((id) => id !== null),
  );
  const groups = ids.map((id) => ({
    ...((id === null ? undefined : heads.get(id)) ?? headOf(null, null)),
    ...outcomeOf(rows.filter(({ groupId }) => groupId === id)),
  }));
  return { groups, groupCount };
}

async function headsOf(ctx: Ctx, by: GroupColumn, ids: readonly string[]): Promise<Map<string, Head>> {
  if (by === 'owner') {
    const names = await memberNames(ctx, ids);
    return new Map(ids.map((id) => [id, headOf(id, names.get(id) ?? '?')]));
  }
  const names = await namesOf(ctx, by, ids);
  return new Map(
    [...names].map(([id, { name, number }]) => [
      id,
      headOf(number === null ? name : formatNumber('account', number), name),
    ]),
  );
}

/** A deal's team is its owner's. */
async function unitGroups(
  ctx: Ctx,
  by: 'group' | 'region',
  filter: DealFilter,
  currency: string,
): Promise<Groups> {
  const [{ rows }, chart] = await Promise.all([
    countGroups(ctx, filter, 'owner', { currency, limit: mostOwners }),
    readChart(ctx),
  ]);
  const unitIds = new Map(chart.members.map((member) => [member.id, unitFor(by, member, chart.units)]));
  const byUnit = new Map<ChartUnit | undefined, CountedDeals[]>();
  for (const row of rows) {
    const unit = row.groupId === null ? undefined : unitIds.get(row.groupId);
    byUnit.set(unit, [...(byUnit.get(unit) ?? []), row]);
  }
  const groups = [...byUnit]
    .sort(([, a], [, b]) => sizeOf(b, currency) - sizeOf(a, currency))
    .map(([unit, own]) => ({
      ...headOf(unit?.name ?? null, unit?.name ?? null),
      isDirect: by === 'group' && unit?.kind === 'region',
      ...outcomeOf(own),
    }));
  return { groups: groups.slice(0, mostGroups), groupCount: groups.length };
}

function unitFor(
  by: 'group' | 'region',
  member: { id: string; unitId: string | null },
  units: readonly ChartUnit[],
): ChartUnit | undefined {
  const chain = chainOf(unitOfMember(member, units), units);
  return by === 'group' ? chain[0] : chain.find(({ kind }) => kind === 'region');
}

/** For order only: open and won money of one currency. */
function sizeOf(rows: readonly CountedDeals[], currency: string): number {
  return rows
    .filter((row) => row.status !== 'lost' && row.currency === currency)
    .reduce((sum, { sumMinor }) => sum + Number(sumMinor ?? 0n), 0);
}
