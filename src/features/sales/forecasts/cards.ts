import { addDays, addMonths, endOf, startOf } from '../../../kernel/dates.ts';
import { day, dotted, type Inline, listed, money, percent, strong } from '../../../kernel/text.ts';
import type { PresentContext } from '../../../runtime/action.ts';
import type { Block, Button, Card, Row } from '../../../view/card.ts';
import { type AmountView, amountText, type FunnelScope, longAgo, scopeText } from '../deals/api.ts';
import { t } from './messages.ts';
import type { Counted, ForecastLine, ForecastView, Movement } from './model.ts';
import { bestFrom, commitFrom } from './rules.ts';

const drillsShown = 5;
type Period = ForecastView['period'];
type Input = Record<string, unknown>;

/** The forecast: figures by currency, what is behind them and what moved. */
export function forecastCard(view: ForecastView, at: PresentContext): Card {
  const period = periodText(view.period);
  const title = t('title-of', { period, scope: whoseText(view.scope) });
  const hasFigures = view.total.length > 0 || view.open.count > 0 || view.won.count > 0;
  const blocks: Block[] = hasFigures ? figureBlocks(view) : [{ t: 'text', of: t('nothing', { period }) }];
  const rows = [movedRow(view), uncountedRow(view, at.today)].filter((row) => row !== undefined);
  if (rows.length > 0) blocks.push({ t: 'rows', rows });
  if (hasFigures) {
    const terms = t('terms', { commit: percent(commitFrom), best: percent(bestFrom) });
    blocks.push({ t: 'context', of: terms });
  }
  const drills = drillButtons(view);
  if (drills.length > 0) blocks.push({ t: 'buttons', buttons: drills });
  return { tone: 'plain', title, blocks: [...blocks, { t: 'buttons', buttons: otherButtons(view) }] };
}

function whoseText(scope: FunnelScope): Inline {
  if (scope.kind === 'own') return t('scope-own');
  return scope.kind === 'all' ? t('scope-all') : scopeText(scope);
}

/** The middle of a month names it in whatever zone the words are made. */
function monthText(on: string): Inline {
  return t('month-name', { on: Date.parse(`${on.slice(0, 8)}15T12:00:00Z`) });
}

function periodText({ from, to }: Period): Inline {
  if (endOf('month', from) === to) return monthText(from);
  const year = from.slice(0, 4);
  if (startOf('quarter', from) === from && endOf('quarter', from) === to) {
    return t('quarter-name', { quarter: String((Number(from.slice(5, 7)) + 2) / 3), year });
  }
  if (from === startOf('year', from) && to === `${year}-12-31`) return year;
  return t('months-name', { from: monthText(from), to: monthText(to) });
}

function figureBlocks(view: ForecastView): Block[] {
  const { rows, total, level, open, passed, weighted, page, pages } = view;
  const single = rows.length === 1 && pages === 1 ? nameOf(view, rows[0]) : undefined;
  const cells = single === undefined ? rows.flatMap((row) => cellsOf(nameOf(view, row), row.lines)) : [];
  const blocks: Block[] = [];
  if (total.length > 0) {
    blocks.push({
      t: 'table',
      columns: [
        { label: t(level === 'person' ? 'person' : 'team') },
        ...(['target', 'won', 'commit', 'best', 'gap'] as const).map((key) => ({
          label: t(key),
          align: 'right' as const,
        })),
      ],
      cells: [...cells, ...cellsOf(single ?? strong(t('total')), total)],
    });
  }
  if (pages > 1) blocks.push({ t: 'context', of: t('page-of', { page, pages }) });
  const line = dotted(
    t('open-line', { count: open.count }),
    ...open.amounts.map(amountText),
    weighted.length > 0 ? t('weighted', { amounts: listed(weighted.map(amountText)) }) : undefined,
    withoutText(open),
    passed > 0 ? t('passed', { count: passed }) : undefined,
  );
  blocks.push({ t: 'text', of: line });
  const buttons = listButtons(view);
  if (buttons.length > 0) blocks.push({ t: 'buttons', buttons });
  return blocks;
}

function nameOf({ level }: ForecastView, row: ForecastView['rows'][number] | undefined): Inline {
  return row?.name ?? t(level === 'person' ? 'no-owner' : 'no-unit');
}

/** One line per currency; the name stands on the first. */
function cellsOf(name: Inline, lines: readonly ForecastLine[]): Inline[][] {
  return lines.map(({ currency, targetMinor, wonMinor, commitMinor, bestMinor, gapMinor }, index) => [
    index === 0 ? name : '',
    targetMinor === null ? t('no-target') : amount(targetMinor, currency),
    amount(wonMinor, currency),
    amount(commitMinor, currency),
    amount(bestMinor, currency),
    gapMinor === null ? '' : gapText(BigInt(gapMinor), currency),
  ]);
}

function amount(minor: string, currency: string): Inline {
  return money({ amountMinor: BigInt(minor), currency });
}

function gapText(gap: bigint, currency: string): Inline {
  if (gap >= 0n) return money({ amountMinor: gap, currency });
  return t('over', { amount: money({ amountMinor: -gap, currency }) });
}

function withoutText({ withoutAmount }: Counted): Inline | undefined {
  return withoutAmount > 0 ? t('without-amount', { count: withoutAmount }) : undefined;
}

function spaced(label: Inline, amounts: readonly AmountView[]): Inline {
  if (amounts.length === 0) return label;
  return { t: 'seq', of: [label, listed(amounts.map(amountText))], separator: ' ' };
}

function movedRow({ moved }: ForecastView): Row | undefined {
  const parts = [
    movementText('in', moved.in),
    movementText('out', moved.out),
    moved.won.count > 0 ? spaced(t('moved-won', { count: moved.won.count }), moved.won.amounts) : undefined,
    moved.lost.count > 0
      ? spaced(t('moved-lost', { count: moved.lost.count }), moved.lost.amounts)
      : undefined,
  ].filter((part) => part !== undefined);
  if (parts.length === 0) return undefined;
  const buttons = [...moved.in.deals, ...moved.out.deals]
    .slice(0, drillsShown)
    .map(({ number }): Button => ({ label: number, press: { a: 'deals.show', i: { deal: number } } }));
  return {
    text: t('moved-since', { on: day(moved.sinceOn), what: dotted(...parts) }),
    ...(buttons.length > 0 ? { buttons } : {}),
  };
}

function movementText(way: 'in' | 'out', { count, amounts, deals }: Movement): Inline | undefined {
  if (count === 0) return undefined;
  const numbers = deals.map(({ number }): Inline => number);
  const names: Inline = { t: 'seq', of: ['(', listed(numbers), count > numbers.length ? ', …)' : ')'] };
  return { t: 'seq', of: [spaced(t(`moved-${way}`, { count }), amounts), names], separator: ' ' };
}

/** Open deals that stand in no figure, or the forecast would look complete without them. */
function uncountedRow({ late, undated, period, asked }: ForecastView, today: string): Row | undefined {
  const parts: Inline[] = [];
  const buttons: Button[] = [];
  const status = 'open';
  if (late.count > 0) {
    parts.push(spaced(t('late', { count: late.count }), late.amounts));
    const before = today < period.from ? today : period.from;
    const closing = { from: longAgo, to: addDays(before, -1) };
    buttons.push(listButton(t('late-button', { count: late.count }), { ...asked, status, closing }));
  }
  if (undated.count > 0) {
    parts.push(spaced(t('undated', { count: undated.count }), undated.amounts));
    const without = ['close'];
    buttons.push(listButton(t('undated-button', { count: undated.count }), { ...asked, status, without }));
  }
  return parts.length > 0 ? { text: t('not-counted', { what: dotted(...parts) }), buttons } : undefined;
}

function listButton(label: Inline, input: Input): Button {
  return { label, press: { a: 'deals.list', i: input } };
}

/** The deals behind each figure of the whole. */
function listButtons({ asked, period, won, commit, best, open }: ForecastView): Button[] {
  const openIn = { ...asked, status: 'open', closing: period };
  const figures = [
    ['won', won, { ...asked, status: 'won', span: period }],
    ['commit', commit, { ...openIn, likely: commitFrom }],
    ['best', best, { ...openIn, likely: bestFrom }],
    ['open', open, openIn],
  ] as const;
  return figures
    .filter(([, { count }]) => count > 0)
    .map(([key, { count }, input]) => listButton(t(`${key}-button`, { count }), input));
}

/** The same of one person or team. */
function drillButtons({ rows, level, period }: ForecastView): Button[] {
  if (rows.length < 2) return [];
  return rows
    .flatMap(({ key, name }) => (key === null || name === null ? [] : [{ key, name }]))
    .slice(0, drillsShown)
    .map(({ key, name }) =>
      showButton(name, { period, ...(level === 'person' ? { owner: key } : { group: key }) }),
    );
}

function showButton(label: Inline, input: Input): Button {
  return { label, press: { a: 'forecasts.show', i: input } };
}

function otherButtons({ asked, period, level, page, pages, scope, rows }: ForecastView): Button[] {
  const buttons: Button[] = [];
  const here = { ...asked, by: level };
  if (page > 1) buttons.push(showButton(t('previous'), { ...here, period, page: page - 1 }));
  if (page < pages) buttons.push(showButton(t('next'), { ...here, period, page: page + 1 }));
  const months = monthsIn(period);
  buttons.push(
    showButton(t('before'), { ...here, period: shifted(period, -months) }),
    showButton(t('after'), { ...here, period: shifted(period, months) }),
  );
  if (months === 1) {
    const quarter = { from: startOf('quarter', period.from), to: endOf('quarter', period.from) };
    buttons.push(showButton(periodText(quarter), { ...here, period: quarter }));
  }
  if (scope.kind === 'own' || scope.kind === 'person' || rows.length === 0) return buttons;
  const cuts = (['person', 'group', 'region'] as const).filter((one) => one !== level);
  for (const by of cuts) buttons.push(showButton(t(`by-${by}`), { ...asked, by, period }));
  return buttons;
}

function monthsIn({ from, to }: Period): number {
  const [year, month] = [to.slice(0, 4), to.slice(5, 7)].map(Number) as [number, number];
  return (year - Number(from.slice(0, 4))) * 12 + month - Number(from.slice(5, 7)) + 1;
}

function shifted({ from, to }: Period, months: number): Period {
  return { from: addMonths(from, months), to: endOf('month', addMonths(startOf('month', to), months)) };
}
