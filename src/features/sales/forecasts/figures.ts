import { addDays, dayIn } from '../../../kernel/dates.ts';
import type { Ref, Span } from '../../../kernel/fields.ts';
import { formatNumber } from '../../../kernel/ids.ts';
import { type Ctx, memberOf } from '../../../runtime/context.ts';
import { memberNames } from '../../org/members/api.ts';
import { amountsOf, type ChartUnit, chainOf, readChart, unitOfMember } from '../deals/api.ts';
import { levelOf, type TargetLevel, targetsIn, type Whose } from '../targets/api.ts';
import type { ForecastView, Movement } from './model.ts';
import { closedSums, openSums, type Rescheduled, rescheduledSince } from './queries.ts';
import { countedOf, isBest, isCommit, linesOf, type Parts, weightedOf } from './rules.ts';

const rowsPerPage = 10;
const movedDays = 7;
const dealsNamed = 5;

export interface Asked {
  owner?: Ref | undefined;
  group?: Ref | undefined;
}

/**
 * Target, won, commit, best and gap of whole months. Each level sees its own, as with targets; and whatever of it
 * is asked for, never more than the reader's deals. Throws AppError `forbidden` naming who can see more.
 */
export async function forecastOf(
  ctx: Ctx,
  asked: Asked,
  period: Span,
  { by, page: askedPage = 1 }: { by?: TargetLevel | undefined; page?: number | undefined },
): Promise<ForecastView> {
  const { owners, scope } = await levelOf(ctx, asked);
  const whose: Whose = 'all' in owners ? owners : { ids: owners.ids };
  const today = dayIn(ctx.now, ctx.read.timeZone);
  const sinceOn = addDays(today, -movedDays);
  const since = new Date(ctx.now.getTime() - movedDays * 86_400_000);
  const [targets, closed, open, lately, rescheduled] = await Promise.all([
    targetsIn(ctx, period, whose),
    closedSums(ctx, period, whose),
    openSums(ctx, period, today, whose),
    closedSums(ctx, common(period, { from: sinceOn, to: today }), whose),
    rescheduledSince(ctx, period, since, whose),
  ]);
  const parts: Parts = {
    targets,
    won: closed.filter(({ status }) => status === 'won'),
    open: open.filter(({ when }) => when === 'in' || when === 'passed'),
  };
  const level = by ?? (scope.kind === 'all' ? 'group' : 'person');
  const rows = await rowsOfLevel(ctx, level, parts);
  const pages = Math.max(1, Math.ceil(rows.length / rowsPerPage));
  const page = Math.min(askedPage, pages);
  return {
    scope,
    asked: askedAgain(ctx, asked, scope.kind === 'own'),
    period,
    total: linesOf(parts),
    won: countedOf(parts.won),
    commit: countedOf(parts.open.filter(isCommit)),
    best: countedOf(parts.open.filter(isBest)),
    open: countedOf(parts.open),
    passed: open.filter(({ when }) => when === 'passed').reduce((sum, { count }) => sum + count, 0),
    weighted: weightedOf(parts.open),
    late: countedOf(open.filter(({ when }) => when === 'late')),
    undated: countedOf(open.filter(({ when }) => when === 'undated')),
    moved: {
      sinceOn,
      in: movementOf(rescheduled.filter(({ isIn }) => isIn)),
      out: movementOf(rescheduled.filter(({ isIn }) => !isIn)),
      won: countedOf(lately.filter(({ status }) => status === 'won')),
      lost: countedOf(lately.filter(({ status }) => status === 'lost')),
    },
    level,
    rows: rows.slice((page - 1) * rowsPerPage, page * rowsPerPage),
    page,
    pages,
  };
}

/** The days of both; none of them: a span that ends before it begins. */
function common(one: Span, other: Span): Span {
  return {
    from: one.from > other.from ? one.from : other.from,
    to: one.to < other.to ? one.to : other.to,
  };
}

function askedAgain(ctx: Ctx, { owner, group }: Asked, isOwn: boolean): ForecastView['asked'] {
  if (owner) return { owner: owner.id };
  if (group) return { group: group.key };
  return isOwn ? { owner: memberOf(ctx).memberId } : {};
}

function movementOf(deals: readonly Rescheduled[]): Movement {
  const valued = deals.flatMap(({ amountMinor, currency }) =>
    amountMinor === null || currency === null ? [] : [{ amountMinor, currency }],
  );
  return {
    count: deals.length,
    amounts: amountsOf(valued),
    withoutAmount: deals.length - valued.length,
    deals: deals.slice(0, dealsNamed).map(({ number, name, amountMinor, currency }) => ({
      number: formatNumber('deal', number),
      name,
      amount:
        amountMinor === null || currency === null ? null : { amountMinor: amountMinor.toString(), currency },
    })),
  };
}

type Rows = ForecastView['rows'];

/** By name; those in no team last. */
async function rowsOfLevel(ctx: Ctx, level: TargetLevel, parts: Parts): Promise<Rows> {
  const owners = [
    ...parts.targets.map(({ memberId }) => memberId),
    ...idsOf(parts.won),
    ...idsOf(parts.open),
  ];
  const heads = await headsOf(ctx, level, [...new Set(owners)]);
  const byKey = new Map<string, { head: Head; owners: Set<string | null> }>();
  for (const [ownerId, head] of heads) {
    const at = byKey.get(head.key ?? '') ?? { head, owners: new Set() };
    at.owners.add(ownerId);
    byKey.set(head.key ?? '', at);
  }
  return [...byKey.values()]
    .map(({ head, owners: own }) => ({
      ...head,
      lines: linesOf({
        targets: parts.targets.filter(({ memberId }) => own.has(memberId)),
        won: parts.won.filter(({ ownerId }) => own.has(ownerId)),
        open: parts.open.filter(({ ownerId }) => own.has(ownerId)),
      }),
    }))
    .filter(({ lines }) => lines.length > 0)
    .sort((a, b) => (a.name ?? '\uffff').localeCompare(b.name ?? '\uffff'));
}

function idsOf(rows: readonly { ownerId: string | null }[]): (string | null)[] {
  return rows.map(({ ownerId }) => ownerId);
}

type Head = Pick<Rows[number], 'key' | 'name'>;

async function headsOf(
  ctx: Ctx,
  level: TargetLevel,
  owners: readonly (string | null)[],
): Promise<Map<string | null, Head>> {
  if (level === 'person') {
    const names = await memberNames(ctx, owners);
    return new Map(owners.map((id) => [id, { key: id, name: id === null ? null : (names.get(id) ?? '?') }]));
  }
  const { members, units } = await readChart(ctx);
  const people = new Map(members.map((member) => [member.id, member]));
  return new Map(
    owners.map((id) => {
      const member = id === null ? undefined : people.get(id);
      const unit = member && unitFor(level, member, units);
      return [id, { key: unit?.name ?? null, name: unit?.name ?? null }];
    }),
  );
}

function unitFor(
  level: 'group' | 'region',
  member: { id: string; unitId: string | null },
  units: readonly ChartUnit[],
): ChartUnit | undefined {
  const chain = chainOf(unitOfMember(member, units), units);
  return level === 'group' ? chain[0] : chain.find(({ kind }) => kind === 'region');
}
