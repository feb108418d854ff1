import { addDays, instantOf } from '../../../kernel/dates.ts';
import type { Span } from '../../../kernel/fields.ts';
import { formatNumber } from '../../../kernel/ids.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { readChart } from '../../sales/deals/api.ts';
import { sellers, type Whose } from '../../sales/targets/api.ts';
import type { DeciderHint, PersonProcess, Process } from './model.ts';
import {
  activityCounts,
  closedCounts,
  judgedCounts,
  type People,
  type PersonCounts,
  planCounts,
  quoteCounts,
  undecidedAccounts,
} from './queries.ts';
import { added, type Both, isIdle, noCounts, processOf, seldomMeetsDeciders, weeksBefore } from './rules.ts';

const hintsShown = 3;
const accountsPerHint = 2;

export interface Stretch {
  whose: Whose;
  /** Days, both included. */
  period: Span;
  /** Where these days begin and end. */
  timeZone: string;
}

export interface ProcessFigures {
  total: Process;
  /** Everybody asked for who sells, by name, also who did nothing, and whoever else did something. */
  people: PersonProcess[];
}

/**
 * What people did in a period, each rate beside the own one of the four weeks before. Rights are the caller's:
 * whoever is in `whose` counts.
 */
export async function processFigures(
  ctx: Ctx,
  { whose, period, timeZone }: Stretch,
): Promise<ProcessFigures> {
  const [chart, selling] = await Promise.all([readChart(ctx), sellers(ctx)]);
  const people: People =
    'all' in whose
      ? { ids: chart.members.map(({ id }) => id), orNobody: true }
      : { ids: whose.ids, orNobody: false };
  const before = weeksBefore(period);
  const { from, to } = instantsOf(period, timeZone);
  const window = { startsAt: instantsOf(before, timeZone).from, from, to };
  const found = await Promise.all([
    activityCounts(ctx, window, people),
    closedCounts(ctx, { from: before.from, to: period.to }, period.from, people),
    quoteCounts(ctx, window, people),
    planCounts(ctx, window, ctx.now, people),
    judgedCounts(ctx, window, people),
  ]);
  const byPerson = byMember(found.flat());
  const asked = new Set(people.ids);
  for (const id of selling) if (asked.has(id) && !byPerson.has(id)) byPerson.set(id, emptyBoth());
  const listed = new Set(selling);
  const names = new Map(chart.members.map(({ id, name }) => [id, name]));
  return {
    total: processOf(sumOf([...byPerson.values()]), period),
    people: [...byPerson]
      .filter(([id, { current }]) => (id !== null && listed.has(id)) || !isIdle(current))
      .map(([memberId, both]) => ({
        memberId,
        name: memberId === null ? null : (names.get(memberId) ?? '?'),
        figures: processOf(both, period),
      }))
      .sort((a, b) => (a.name ?? '\uffff').localeCompare(b.name ?? '\uffff')),
  };
}

/** Whom of them to ask who decides, and where; those with the most talks first. */
export async function deciderHints(
  ctx: Ctx,
  people: readonly PersonProcess[],
  { period, timeZone }: Pick<Stretch, 'period' | 'timeZone'>,
): Promise<DeciderHint[]> {
  const meant = people
    .flatMap(({ memberId, name, figures }) =>
      memberId !== null && seldomMeetsDeciders(figures) ? [{ memberId, name: name ?? '?', figures }] : [],
    )
    .sort((a, b) => b.figures.deciders.whole - a.figures.deciders.whole)
    .slice(0, hintsShown);
  const ids = meant.map(({ memberId }) => memberId);
  const accounts = await undecidedAccounts(ctx, instantsOf(period, timeZone), ids, accountsPerHint);
  return meant.map(({ memberId, name, figures }) => ({
    memberId,
    name,
    talks: figures.deciders.whole,
    deciders: figures.deciders.part,
    accounts: accounts
      .filter((one) => one.memberId === memberId)
      .map((one) => ({ number: formatNumber('account', one.account), name: one.name })),
  }));
}

/** The instants between which the days lie; `to` is exclusive. */
function instantsOf({ from, to }: Span, timeZone: string): { from: Date; to: Date } {
  return { from: instantOf(from, '00:00', timeZone), to: instantOf(addDays(to, 1), '00:00', timeZone) };
}

const emptyBoth = (): Both => ({ current: noCounts, before: noCounts });

function byMember(found: readonly PersonCounts[]): Map<string | null, Both> {
  const people = new Map<string | null, Both>();
  for (const { memberId, isCurrent, counts } of found) {
    const both = people.get(memberId) ?? emptyBoth();
    const stretch = isCurrent ? 'current' : 'before';
    people.set(memberId, { ...both, [stretch]: added(both[stretch], counts) });
  }
  return people;
}

function sumOf(people: readonly Both[]): Both {
  return people.reduce(
    (sum, { current, before }) => ({
      current: added(sum.current, current),
      before: added(sum.before, before),
    }),
    emptyBoth(),
  );
}
