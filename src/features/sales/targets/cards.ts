import { addMonths, endOf } from '../../../kernel/dates.ts';
import { command, type Inline, money, percent, strong } from '../../../kernel/text.ts';
import type { PresentContext } from '../../../runtime/action.ts';
import type { Block, Button, Card } from '../../../view/card.ts';
import { type FunnelScope, scopeText } from '../deals/api.ts';
import { t } from './messages.ts';
import type { TargetLine, TargetSet, TargetView } from './model.ts';

const exampleLine = command('target @wang nov 400k', '销售目标 @王磊 11月 40万');

/** The middle of the month names it in whatever zone the words are made. */
function monthText(monthOn: string): Inline {
  return t('month-name', { on: Date.parse(`${monthOn.slice(0, 8)}15T12:00:00Z`) });
}

function amount(minor: string, currency: string): Inline {
  return money({ amountMinor: BigInt(minor), currency });
}

export function setCard({ person, monthOn, amount: set, before }: TargetSet): Card {
  const values = {
    month: monthText(monthOn),
    name: strong(person.name),
    amount: amount(set.amountMinor, set.currency),
  };
  const blocks: Block[] = [{ t: 'buttons', buttons: [{ label: t('show'), press: showPress({}, monthOn) }] }];
  if (before === null) return { tone: 'ok', title: t('set-done', values), blocks };
  if (before.amountMinor === set.amountMinor) return { tone: 'info', title: t('same-done', values), blocks };
  const was = amount(before.amountMinor, before.currency);
  return { tone: 'ok', title: t('changed-done', { ...values, before: was }), blocks };
}

export function showCard(view: TargetView, at: PresentContext): Card {
  const { monthOn, scope, rows, total, withoutTarget } = view;
  const title = t('title-of', { month: monthText(monthOn), scope: whoseText(scope) });
  const blocks: Block[] = [];
  if (total.length === 0) blocks.push({ t: 'text', of: t('no-targets', { month: monthText(monthOn) }) });
  else blocks.push(...figureBlocks(view));
  const maySet =
    at.actor.kind === 'member' && at.actor.roles.some((role) => role === 'manager' || role === 'admin');
  if (withoutTarget > 0 && maySet && rows.length > 0) {
    blocks.push({ t: 'context', of: t('without-target', { count: withoutTarget }) });
  }
  if (maySet) blocks.push({ t: 'context', of: t('how-to-set', { line: exampleLine }) });
  return { tone: 'plain', title, blocks: [...blocks, { t: 'buttons', buttons: buttonsOf(view) }] };
}

function whoseText(scope: FunnelScope): Inline {
  if (scope.kind === 'own') return t('scope-own');
  return scope.kind === 'all' ? t('scope-all') : scopeText(scope);
}

function figureBlocks({ rows, total, level }: TargetView): Block[] {
  const reached = rows.flatMap((row) =>
    row.lines.flatMap((line) =>
      line.reachedBasisPoints === null ? [] : [{ name: nameOf(row), bp: line.reachedBasisPoints }],
    ),
  );
  const bars: Block[] =
    reached.length > 1
      ? [
          {
            t: 'bars',
            title: t('reached'),
            bars: reached.map(({ name, bp }) => ({ label: name, value: bp, text: reachedText(bp) })),
          },
        ]
      : [];
  const cells = rows.flatMap((row) => cellsOf(nameOf(row), row.lines));
  return [
    ...bars,
    {
      t: 'table',
      columns: [
        { label: t(level === 'person' ? 'person' : 'group') },
        { label: t('target'), align: 'right' },
        { label: t('won'), align: 'right' },
        { label: t('gap'), align: 'right' },
        { label: '%', align: 'right' },
      ],
      cells: rows.length > 1 ? [...cells, ...cellsOf(strong(t('total')), total)] : cells,
    },
  ];
}

function nameOf({ person, unit }: TargetView['rows'][number]): Inline {
  return person?.name ?? unit ?? t('no-unit');
}

/** One line per currency; the name stands on the first. */
function cellsOf(name: Inline, lines: readonly TargetLine[]): Inline[][] {
  return lines.map(({ currency, targetMinor, wonMinor, gapMinor, reachedBasisPoints }, index) => [
    index === 0 ? name : '',
    targetMinor === null ? t('no-target') : amount(targetMinor, currency),
    amount(wonMinor, currency),
    gapMinor === null ? '' : gapText(gapMinor, currency),
    reachedBasisPoints === null ? '' : reachedText(reachedBasisPoints),
  ]);
}

/** Whole percents, rounded down: 99.6 % is not reached. */
function reachedText(basisPoints: number): Inline {
  return percent(Math.floor(basisPoints / 100) * 100);
}

function gapText(minor: string, currency: string): Inline {
  const gap = BigInt(minor);
  if (gap >= 0n) return amount(minor, currency);
  return t('over', { amount: money({ amountMinor: -gap, currency }) });
}

function buttonsOf({ scope, monthOn, level, rows }: TargetView): Button[] {
  // Whom it was asked for is not known by number; the other months and cuts are of the reader's own level.
  if (scope.kind === 'person' || scope.kind === 'unit')
    return [{ label: t('show'), press: showPress({}, monthOn) }];
  const by = { by: level };
  const buttons: Button[] = [
    { label: t('previous'), press: showPress(by, addMonths(monthOn, -1)) },
    { label: t('next'), press: showPress(by, addMonths(monthOn, 1)) },
  ];
  if (scope.kind !== 'own' && rows.length > 0) {
    const cuts = (['person', 'group', 'region'] as const).filter((one) => one !== level);
    for (const one of cuts) buttons.push({ label: t(`by-${one}`), press: showPress({ by: one }, monthOn) });
  }
  return buttons;
}

function showPress(input: Record<string, unknown>, monthOn: string) {
  return { a: 'targets.show', i: { ...input, month: { from: monthOn, to: endOf('month', monthOn) } } };
}
