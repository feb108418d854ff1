import type { Ref, Span } from '../../../kernel/fields.ts';
import { type Ctx, memberOf } from '../../../runtime/context.ts';
import { memberNames } from '../../org/members/api.ts';
import { type ChartUnit, chainOf, readChart, type Scope, scopeOf, unitOfMember } from '../deals/api.ts';
import type { TargetLevel, TargetView } from './model.ts';
import { type OwnMoney, sellers, targetsIn, type Whose, wonIn } from './queries.ts';
import { linesOf } from './rules.ts';

const mostRows = 100;

interface Figures {
  targets: OwnMoney[];
  won: OwnMoney[];
}

/**
 * Target, won and gap of a month. Each level sees its own: a rep their own, a manager everybody below, who sees
 * everything the teams; and whatever of it is asked for.
 */
export async function figuresOf(
  ctx: Ctx,
  asked: { owner?: Ref | undefined; group?: Ref | undefined },
  month: Span,
  by: TargetLevel | undefined,
): Promise<TargetView> {
  const { owners, scope } = await levelOf(ctx, asked);
  const whose: Whose = 'all' in owners ? owners : { ids: owners.ids };
  const [targets, won, selling] = await Promise.all([
    targetsIn(ctx, month, whose),
    wonIn(ctx, month, whose),
    sellers(ctx),
  ]);
  const figures = { targets, won };
  const level = by ?? (scope.kind === 'all' ? 'group' : 'person');
  const planned = new Set(targets.map(({ memberId }) => memberId));
  const counts = (id: string) => 'all' in whose || whose.ids.includes(id);
  const rows = level === 'person' ? await byPerson(ctx, figures) : await byUnit(ctx, figures, level);
  return {
    scope,
    monthOn: month.from,
    level,
    rows: rows.slice(0, mostRows),
    total: linesOf(targets, won),
    withoutTarget: selling.filter((id) => counts(id) && !planned.has(id)).length,
  };
}

/** Whose figures: a rep who asks for nothing sees the own ones, not the team's. Throws as `scopeOf`. */
export async function levelOf(
  ctx: Ctx,
  asked: { owner?: Ref | undefined; group?: Ref | undefined },
): Promise<Scope> {
  const found = await scopeOf(ctx, asked);
  if (found.scope.kind !== 'team') return found;
  return {
    owners: { ids: [memberOf(ctx).memberId], orNobody: false },
    scope: { kind: 'own', name: null, isPartial: false },
  };
}

async function byPerson(ctx: Ctx, { targets, won }: Figures): Promise<TargetView['rows']> {
  const ids = [...new Set([...targets, ...won].map(({ memberId }) => memberId))];
  const names = await memberNames(ctx, ids);
  return ids
    .map((id) => ({
      person: id === null ? null : { memberId: id, name: names.get(id) ?? '?' },
      unit: null,
      lines: linesOf(of(targets, id), of(won, id)),
    }))
    .sort((a, b) => (a.person?.name ?? '').localeCompare(b.person?.name ?? ''));
}

function of(money: readonly OwnMoney[], id: string | null): OwnMoney[] {
  return money.filter(({ memberId }) => memberId === id);
}

async function byUnit(ctx: Ctx, figures: Figures, level: 'group' | 'region'): Promise<TargetView['rows']> {
  const { members, units } = await readChart(ctx);
  const unitIds = new Map(
    members.map((member) => {
      const chain = chainOf(unitOfMember(member, units), units);
      return [member.id, level === 'group' ? chain[0] : chain.find(({ kind }) => kind === 'region')];
    }),
  );
  const unitFor = ({ memberId }: OwnMoney) => (memberId === null ? undefined : unitIds.get(memberId));
  const found = new Set<ChartUnit | undefined>([...figures.targets, ...figures.won].map(unitFor));
  return [...found]
    .map((unit) => ({
      person: null,
      unit: unit?.name ?? null,
      lines: linesOf(
        figures.targets.filter((one) => unitFor(one) === unit),
        figures.won.filter((one) => unitFor(one) === unit),
      ),
    }))
    .sort((a, b) => (a.unit ?? '\uffff').localeCompare(b.unit ?? '\uffff'));
}
