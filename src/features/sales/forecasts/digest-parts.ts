import { dotted, type Inline, money } from '../../../kernel/text.ts';
import {
  countText,
  type DigestFigure,
  type DigestLine,
  defineDigestPart,
  figuresOf,
} from '../../../runtime/digest.ts';
import { dealRow } from '../deals/api.ts';
import { targetsIn } from '../targets/api.ts';
import { branches } from './digest-branches.ts';
import { type CountedDeal, committedDeals, wonDeals } from './digest-queries.ts';
import { monthOf, whoseOf } from './digest-rules.ts';
import { t } from './messages.ts';
import type { ForecastLine } from './model.ts';
import { closedSums, openSums } from './queries.ts';
import { linesOf } from './rules.ts';

/** Where the month stands: a line per currency, for unlike ones are never added. */
const month = defineDigestPart({
  kind: 'team',
  section: 'month',
  order: 10,
  async read(ctx, scope) {
    const [period, whose] = [monthOf(scope), whoseOf(scope)];
    const [targets, closed, open, won, commit] = await Promise.all([
      targetsIn(ctx, period, whose),
      closedSums(ctx, period, whose),
      openSums(ctx, period, scope.on, whose),
      wonDeals(ctx, period, whose),
      committedDeals(ctx, period, whose),
    ]);
    const lines = linesOf({
      targets,
      won: closed.filter(({ status }) => status === 'won'),
      open: open.filter(({ when }) => when === 'in' || when === 'passed'),
    }).filter(isSaid);
    const figures = [...figureOf('month-won', won), ...figureOf('month-commit', commit)];
    return lines.map((line, index): DigestLine => {
      const { gapMinor } = line;
      const name = `gap ${period.from} ${line.currency}`;
      return {
        text: lineText(line, scope.stood?.[name]),
        ...(gapMinor === null ? {} : { stands: { [name]: gapMinor } }),
        ...(index === 0 ? { figures } : {}),
      };
    });
  },
});

/** A currency with nothing but a best case is not the month's. */
function isSaid({ targetMinor, wonMinor, commitMinor }: ForecastLine): boolean {
  return targetMinor !== null || wonMinor !== '0' || commitMinor !== '0';
}

function figureOf(name: 'month-won' | 'month-commit', deals: readonly CountedDeal[]): DigestFigure[] {
  return figuresOf({
    name,
    label: t(`digest-${name}`, { count: countText(deals) }),
    rows: deals.map(dealRow),
  });
}

/** `stood`: the gap of the last digest, said where it has changed. */
function lineText(
  { currency, targetMinor, wonMinor, commitMinor, gapMinor }: ForecastLine,
  stood: string | undefined,
): Inline {
  const amount = (minor: string) => money({ amountMinor: BigInt(minor), currency });
  return dotted(
    targetMinor === null
      ? t('digest-apart', { currency })
      : t('digest-target', { amount: amount(targetMinor) }),
    t('digest-won', { amount: amount(wonMinor) }),
    t('digest-commit', { amount: amount(commitMinor) }),
    gapMinor === null
      ? undefined
      : gapMinor.startsWith('-')
        ? t('over', { amount: amount(gapMinor.slice(1)) })
        : stood === undefined || stood === gapMinor || stood.startsWith('-')
          ? t('digest-gap', { amount: amount(gapMinor) })
          : t('digest-gap-was', { amount: amount(gapMinor), before: amount(stood) }),
  );
}

export const digestParts = [month, branches];
