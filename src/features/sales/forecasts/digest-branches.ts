import { type Money, sumByCurrency } from '../../../kernel/money.ts';
import { count, dotted, type Inline, listed, money, percent, strong } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import {
  type DigestFigure,
  type DigestLine,
  type DigestRow,
  type DigestScope,
  defineDigestPart,
  figuresOf,
  mostFigureRows,
} from '../../../runtime/digest.ts';
import { chainOf, dealRow, readChart, unitOfMember } from '../deals/api.ts';
import { overdueSteps } from '../next-steps/api.ts';
import { targetsIn } from '../targets/api.ts';
import { type CountedDeal, openByOwner, openDeals, wonDeals } from './digest-queries.ts';
import { furthestBelow, measuredIn, monthOf, reachedOf, whoseOf } from './digest-rules.ts';
import { t } from './messages.ts';
import { closedSums } from './queries.ts';
import type { DealSum } from './rules.ts';

/** A regional office, or what belongs to none. */
interface Branch {
  /** Its id in names of figures. */
  key: string;
  name: string | null;
}

interface Standing {
  branch: Branch;
  open: DealSum[];
  won: DealSum[];
  targets: Money[];
  overdue: number;
  openDeals: CountedDeal[];
  wonDeals: CountedDeal[];
  overdueSteps: DigestRow[];
}

/** One line per regional office, the same figures in each; the one furthest below the others is named. */
export const branches = defineDigestPart({
  kind: 'branches',
  section: 'month',
  order: 10,
  async read(ctx, scope) {
    const standings = await standingsOf(ctx, scope);
    const reached = new Map(
      standings.map(({ branch, targets, won }) => {
        // Shares compare across currencies, amounts do not: each branch is measured in its own.
        const share = reachedOf(targets, won, measuredIn(targets, ctx.org.currency));
        return [branch.key, share];
      }),
    );
    const comparable = standings.flatMap(({ branch: { key, name } }) => {
      const basisPoints = reached.get(key);
      return name === null || basisPoints === undefined ? [] : [{ key, basisPoints }];
    });
    const outlier = furthestBelow(comparable);
    return standings.map((standing) =>
      lineOf(
        standing,
        reached.get(standing.branch.key),
        outlier?.key === standing.branch.key ? outlier.medianBasisPoints : undefined,
      ),
    );
  },
});

async function standingsOf(ctx: Ctx, scope: DigestScope): Promise<Standing[]> {
  const [month, whose] = [monthOf(scope), whoseOf(scope)];
  const [chart, open, openRows, closed, wonRows, targets, late] = await Promise.all([
    readChart(ctx),
    openByOwner(ctx, whose),
    openDeals(ctx, whose),
    closedSums(ctx, month, whose),
    wonDeals(ctx, month, whose),
    targetsIn(ctx, month, whose),
    overdueSteps(ctx, scope),
  ]);
  const branchOf = branchFinder(chart);
  const standings = new Map<string, Standing>();
  const at = (ownerId: string | null): Standing => {
    const branch = branchOf(ownerId);
    const found = standings.get(branch.key) ?? emptyOf(branch);
    standings.set(branch.key, found);
    return found;
  };
  for (const sum of open) at(sum.ownerId).open.push(sum);
  for (const sum of closed) if (sum.status === 'won') at(sum.ownerId).won.push(sum);
  for (const target of targets) at(target.memberId).targets.push(target);
  for (const step of late) {
    const standing = at(step.ownerId);
    standing.overdue += 1;
    standing.overdueSteps.push(step);
  }
  // Cut short they would be the list of another number.
  if (openRows.length <= mostFigureRows) for (const deal of openRows) at(deal.ownerId).openDeals.push(deal);
  if (wonRows.length <= mostFigureRows) for (const deal of wonRows) at(deal.ownerId).wonDeals.push(deal);
  const name = ({ branch }: Standing) => branch.name ?? '\uffff';
  return [...standings.values()].toSorted((a, b) => name(a).localeCompare(name(b)));
}

const emptyOf = (branch: Branch): Standing => ({
  branch,
  open: [],
  won: [],
  targets: [],
  overdue: 0,
  openDeals: [],
  wonDeals: [],
  overdueSteps: [],
});

function branchFinder({
  members,
  units,
}: Awaited<ReturnType<typeof readChart>>): (ownerId: string | null) => Branch {
  const people = new Map(members.map((member) => [member.id, member]));
  const known = new Map<string | null, Branch>();
  return (ownerId) => {
    const found = known.get(ownerId);
    if (found) return found;
    const member = ownerId === null ? undefined : people.get(ownerId);
    const region =
      member && chainOf(unitOfMember(member, units), units).find(({ kind }) => kind === 'region');
    const branch = { key: region?.id ?? 'none', name: region?.name ?? null };
    known.set(ownerId, branch);
    return branch;
  };
}

function lineOf(standing: Standing, reached: number | undefined, median: number | undefined): DigestLine {
  const { branch, open, won, overdue } = standing;
  const openCount = open.reduce((sum, one) => sum + one.count, 0);
  const text = dotted(
    strong(branch.name ?? t('digest-no-branch')),
    amounted(t('digest-open', { count: count(openCount) }), open),
    amounted(t('digest-won-count', { count: count(won.reduce((sum, one) => sum + one.count, 0)) }), won),
    t('digest-overdue', { count: count(overdue) }),
    reached === undefined ? undefined : t('digest-reached', { share: percent(whole(reached)) }),
    median === undefined ? undefined : t('digest-outlier', { share: percent(whole(median)) }),
  );
  return {
    text,
    ...(branch.name === null
      ? {}
      : {
          buttons: [
            { label: t('digest-open-it'), press: { a: 'deals.pipeline', i: { group: branch.name } } },
          ],
        }),
    figures: figuresIn(standing),
  };
}

/** To whole percents. */
function whole(basisPoints: number): number {
  return Math.round(basisPoints / 100) * 100;
}

function figuresIn({ branch, openDeals: open, wonDeals: won, overdueSteps: late }: Standing): DigestFigure[] {
  const label = (of: Inline): Inline => dotted(branch.name ?? t('digest-no-branch'), of);
  return figuresOf(
    {
      name: `open ${branch.key}`,
      label: label(t('digest-open', { count: count(open.length) })),
      rows: open.map(dealRow),
    },
    {
      name: `won ${branch.key}`,
      label: label(t('digest-won-count', { count: count(won.length) })),
      rows: won.map(dealRow),
    },
    {
      name: `overdue ${branch.key}`,
      label: label(t('digest-overdue', { count: count(late.length) })),
      rows: late,
    },
  );
}

function amounted(head: Inline, sums: readonly DealSum[]): Inline {
  const amounts = sumByCurrency(
    sums.flatMap(({ sumMinor, currency }) =>
      sumMinor === null || currency === null ? [] : [{ amountMinor: sumMinor, currency }],
    ),
  );
  const without = sums.reduce((sum, one) => sum + one.withoutAmount, 0);
  return dotted(
    head,
    amounts.length === 0 ? undefined : listed(amounts.map(money)),
    without === 0 ? undefined : t('without-amount', { count: without }),
  );
}
