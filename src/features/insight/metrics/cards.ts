import { addDays, addMonths, daysBetween, endOf, startOf } from '../../../kernel/dates.ts';
import { day, dotted, type Inline, listed, percent } from '../../../kernel/text.ts';
import type { PresentContext } from '../../../runtime/action.ts';
import type { Block, Button, Card, Row } from '../../../view/card.ts';
import { type FunnelScope, scopeText } from '../../sales/deals/api.ts';
import { t } from './messages.ts';
import type { DeciderHint, MetricsView, PersonProcess, Process, Rate } from './model.ts';
import { enough } from './rules.ts';

type Period = MetricsView['period'];
type Input = Record<string, unknown>;

/** What was done in a period: the whole in one line, then everybody, then whom to ask what. */
export function metricsCard(view: MetricsView, at: PresentContext): Card {
  const { scope, period, isRunning, total, people, hints, page, pages } = view;
  const named = periodText(period);
  const title = t('title-of', {
    scope: whoseText(scope),
    period: isRunning ? t('so-far', { period: named }) : named,
  });
  const said = processText(total);
  const blocks: Block[] = [{ t: 'text', of: said ?? t('nothing') }];
  const isMany = people.length > 1 || pages > 1;
  if (isMany) blocks.push(peopleTable(people));
  if (pages > 1) blocks.push({ t: 'context', of: t('page-of', { page, pages }) });
  if (hints.length > 0) blocks.push({ t: 'rows', rows: hints.map(hintRow) });
  if (said) blocks.push({ t: 'context', of: t('terms', { enough }) });
  return { tone: 'plain', title, blocks: [...blocks, { t: 'buttons', buttons: buttonsOf(view, at.today) }] };
}

function whoseText(scope: FunnelScope): Inline {
  if (scope.kind === 'own') return t('scope-own');
  return scope.kind === 'all' ? t('scope-all') : scopeText(scope);
}

function periodText({ from, to }: Period): Inline {
  if (from === startOf('month', from) && to === endOf('month', from)) {
    // The middle of the month names it in whatever zone the words are made.
    return t('month-name', { on: Date.parse(`${from.slice(0, 8)}15T12:00:00Z`) });
  }
  return from === to ? day(from) : t('from-to', { from: day(from), to: day(to) });
}

/** All figures of one person or of several together in one line; what had no case is left out. */
export function processText(figures: Process): Inline | undefined {
  const { visits, visitsAverage, demos, calls, quotes, deciders, wins, quoteWins, plans, opportunities } =
    figures;
  const rates = { deciders, wins, quoteWins, plans, opportunities };
  const parts: Inline[] = [];
  const average = visitsAverage ?? 0;
  if (visits > 0 || average > 0) {
    const text = t('visits', { count: visits });
    parts.push(average > 0 ? t('visits-average', { visits: text, average }) : text);
  }
  if (demos > 0) parts.push(t('demos', { count: demos }));
  if (calls > 0) parts.push(t('calls', { count: calls }));
  if (quotes > 0) parts.push(t('quotes', { count: quotes }));
  for (const key of ['deciders', 'wins', 'quoteWins', 'plans', 'opportunities'] as const) {
    if (rates[key].whole === 0) continue;
    parts.push(t(key, { rate: rateText(rates[key], key === 'deciders' ? 'talks' : 'cases') }));
  }
  return parts.length > 0 ? dotted(...parts) : undefined;
}

function casesText({ part, whole, basisPoints }: Rate, of: 'cases' | 'talks'): Inline {
  const text = t(`of-${of}`, { part, whole });
  return basisPoints === null ? text : t('is-share', { text, share: percent(basisPoints) });
}

function rateText(rate: Rate, of: 'cases' | 'talks'): Inline {
  const { beforeBasisPoints: before, trend } = rate;
  const text = casesText(rate, of);
  return before === null ? text : t('than-before', { text, before: percent(before), trend: trend ?? 'same' });
}

function peopleTable(people: readonly PersonProcess[]): Block {
  const columns = ['work', 'deciders', 'wins', 'plans', 'opportunities'] as const;
  return {
    t: 'table',
    columns: [
      { label: t('person') },
      ...columns.map((key) => ({ label: t(`column-${key}`), align: 'right' as const })),
    ],
    cells: people.map(({ name, figures }) => [
      name ?? t('nobody'),
      [figures.visits, figures.demos, figures.calls, figures.quotes].join(' · '),
      ...[figures.deciders, figures.wins, figures.plans, figures.opportunities].map(rateCell),
    ]),
  };
}

function rateCell(rate: Rate): Inline {
  if (rate.whole === 0) return '–';
  return t('with-trend', { text: casesText(rate, 'cases'), trend: rate.trend ?? 'same' });
}

/** "Wei: 11 talks, 1 decision maker — ask who decides at Nova, Bolt". */
export function hintText({ name, talks, deciders, accounts }: DeciderHint): Inline {
  const hint = t('hint', { name, talks, deciders });
  if (accounts.length === 0) return hint;
  return t('hint-at', { hint, accounts: listed(accounts.map((account): Inline => account.name)) });
}

function hintRow(hint: DeciderHint): Row {
  const buttons = hint.accounts.map(
    ({ number }): Button => ({ label: number, press: { a: 'accounts.show', i: { account: number } } }),
  );
  return { text: hintText(hint), ...(buttons.length > 0 ? { buttons } : {}) };
}

function buttonsOf({ asked, period, total: { wins }, page, pages }: MetricsView, today: string): Button[] {
  const buttons: Button[] = [];
  const closed = [
    ['won', wins.part],
    ['lost', wins.whole - wins.part],
  ] as const;
  for (const [status, count] of closed) {
    if (count === 0) continue;
    const press = { a: 'deals.list', i: { ...asked, status, span: period } };
    buttons.push({ label: t(status, { count }), press });
  }
  if (page > 1) buttons.push(showButton(t('previous'), { ...asked, period, page: page - 1 }));
  if (page < pages) buttons.push(showButton(t('next'), { ...asked, period, page: page + 1 }));
  buttons.push(showButton(t('before'), { ...asked, period: shifted(period, -1) }));
  if (period.to < today) buttons.push(showButton(t('after'), { ...asked, period: shifted(period, 1) }));
  for (const unit of ['week', 'month'] as const) {
    const current = { from: startOf(unit, today), to: endOf(unit, today) };
    if (current.from === period.from && current.to === period.to) continue;
    buttons.push(showButton(t(`this-${unit}`), { ...asked, period: current }));
  }
  return buttons;
}

function showButton(label: Inline, input: Input): Button {
  return { label, press: { a: 'metrics.show', i: input } };
}

/** The stretch before or after: whole months stay whole. */
function shifted({ from, to }: Period, by: 1 | -1): Period {
  if (from === startOf('month', from) && to === endOf('month', from)) {
    const month = addMonths(from, by);
    return { from: month, to: endOf('month', month) };
  }
  const days = (daysBetween(from, to) + 1) * by;
  return { from: addDays(from, days), to: addDays(to, days) };
}
