import { instantOf } from '../../../kernel/dates.ts';
import { formatNumber } from '../../../kernel/ids.ts';
import { day, dotted, type Inline, listed, money, record } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import {
  type DigestFigure,
  type DigestLine,
  type DigestScope,
  defineDigestPart,
  figuresOf,
  mostNames,
} from '../../../runtime/digest.ts';
import { boughtIn, customersAt, hasClasses, type LedgerCustomer } from './ledger-queries.ts';
import { type Bought, type Movement, movementOf, movements, topFifth, yearsOf } from './ledger-rules.ts';
import { t } from './messages.ts';

interface Judged extends LedgerCustomer {
  movement: Movement;
  bought: readonly Bought[];
}

/**
 * Of the good customers as they were when the year began: who bought more, the same, less, who left, and who is
 * unhappy. Good is class A or B; while no customer has a class, the fifth that bought most the year before.
 */
export const ledgerPart = defineDigestPart({
  kind: 'ledger',
  section: 'changed',
  order: 10,
  async read(ctx, scope) {
    const years = yearsOf(scope.on);
    const [bought, byClass] = await Promise.all([boughtIn(ctx, scope.owners, years), hasClasses(ctx)]);
    const good = await goodCustomers(ctx, scope, byClass ? undefined : topFifth(bought));
    if (good.length === 0) return [];
    const judged = good.map((one): Judged => {
      const own = bought.get(one.id) ?? [];
      return { ...one, bought: own, movement: movementOf(own, one.isLost) };
    });
    const { from, to } = years.year;
    const basis = t(byClass ? 'good-why-class' : 'good-why-value', { on: day(years.year.from) });
    return [
      headline(judged),
      { text: dotted(t('ledger-period', { from: day(from), to: day(to) }), basis) },
      ...names(judged),
    ];
  },
});

async function goodCustomers(
  ctx: Ctx,
  { owners, on, timeZone }: DigestScope,
  top: ReadonlySet<string> | undefined,
): Promise<LedgerCustomer[]> {
  const at = instantOf(yearsOf(on).year.from, '00:00', timeZone);
  if (!top) return customersAt(ctx, owners, at, { withClass: true });
  return top.size === 0 ? [] : customersAt(ctx, owners, at, { ids: [...top] });
}

function headline(judged: readonly Judged[]): DigestLine {
  const groups = [
    ['good-customers', 'good', judged],
    ...movements.map((movement) => [
      `bought-${movement}` as const,
      movement,
      judged.filter((one) => one.movement === movement),
    ]),
    ['bought-unhappy', 'unhappy', judged.filter(({ isLost }) => isLost)],
  ] as ['good-customers' | `bought-${Movement | 'unhappy'}`, string, Judged[]][];
  return {
    text: dotted(...groups.map(([key, , all]) => t(key, { count: all.length }))),
    figures: groups.flatMap(([key, name, all]): DigestFigure[] =>
      figuresOf({
        name,
        label: t(key, { count: all.length }),
        rows: all.map((one) => ({ kind: 'account', id: one.id, ownerId: one.ownerId, note: noteOf(one) })),
      }),
    ),
  };
}

/** "CNY 95,000 → CNY 40,000", per currency, and why somebody is lost. */
function noteOf({ bought, isLost, reason }: Judged): Inline {
  const amounts = bought.map(({ currency, before, after }) =>
    t('ledger-note', {
      before: money({ amountMinor: before, currency }),
      after: money({ amountMinor: after, currency }),
    }),
  );
  return dotted(amounts.length > 0 ? listed(amounts) : undefined, isLost ? (reason ?? undefined) : undefined);
}

/** Whom to call: those who left and those who buy less, each with the way to them; five of each. */
function names(judged: readonly Judged[]): DigestLine[] {
  return (['left', 'less'] as const).flatMap((movement) =>
    judged
      .filter((one) => one.movement === movement)
      .slice(0, 2 * mostNames)
      .map((one, index): DigestLine => {
        const number = formatNumber('account', one.number);
        return {
          text: t(`ledger-${movement}`, { names: dotted(record(number, one.name), noteOf(one)) }),
          record: { kind: 'account', id: one.id },
          buttons: [{ label: t('open'), press: { a: 'accounts.show', i: { account: number } } }],
          ...(index < mostNames ? {} : { inThread: true as const }),
        };
      }),
  );
}
