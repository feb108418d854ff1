import { command, count, dotted, type Inline, listed, money, strong } from '../../../kernel/text.ts';
import type { PresentContext } from '../../../runtime/action.ts';
import type { Block, Button, Card } from '../../../view/card.ts';
import { exampleLine } from './line.ts';
import { t } from './messages.ts';
import type { ClassesSet, ClassesStopped, ClassesView, Movement, ThresholdsView } from './model.ts';
import { totalOf } from './rules.ts';

type Amount = ThresholdsView['aFrom'];

function amount({ amountMinor, currency }: Amount): Inline {
  return money({ amountMinor: BigInt(amountMinor), currency });
}

function namesOf({ aFrom, bFrom }: ThresholdsView) {
  return { high: amount(aFrom), low: amount(bFrom) };
}

/** `12 customers change: 3 up, 9 down`. */
function changesText(moved: Movement): Inline {
  const parts = (['up', 'down', 'fresh'] as const)
    .filter((way) => moved[way] > 0)
    .map((way) => t(`part-${way}`, { count: moved[way] }));
  return t('changes-text', { total: totalOf(moved), parts: listed(parts) });
}

function notCountedBlocks(notCounted: ClassesView['notCounted']): Block[] {
  if (notCounted.length === 0) return [];
  const parts = notCounted.map((one) => t('elsewhere-part', { amount: amount(one), count: one.accounts }));
  return [{ t: 'context', of: t('won-elsewhere', { amounts: listed(parts) }) }];
}

const showButton: Button = { label: t('show-button'), press: { a: 'value-class.show', i: {} } };

/** Asks before the rule changes anything. */
export function askCard({ rule, before, moved, isQueued, notCounted }: ClassesSet): Card {
  const blocks: Block[] = [{ t: 'text', of: strong(changesText(moved)) }];
  if (before) blocks.push({ t: 'text', of: t('rule-was', namesOf(before)) });
  blocks.push({
    t: 'context',
    of: isQueued ? dotted(t('by-hand-stays'), t('ask-many')) : t('by-hand-stays'),
  });
  blocks.push(...notCountedBlocks(notCounted));
  return { tone: 'warn', title: t('ask', namesOf(rule)), blocks };
}

export function setCard({ rule, moved, isQueued, notCounted }: ClassesSet): Card {
  return {
    tone: 'ok',
    title: t('set-done', namesOf(rule)),
    blocks: [
      { t: 'text', of: changesText(moved) },
      { t: 'context', of: isQueued ? dotted(t('queued'), t('monthly')) : t('monthly') },
      ...notCountedBlocks(notCounted),
      { t: 'buttons', buttons: [showButton] },
    ],
  };
}

export function stoppedCard({ before }: ClassesStopped): Card {
  if (before === null) return { tone: 'info', title: t('stopped-already'), blocks: [] };
  return {
    tone: 'ok',
    title: t('stopped-done'),
    blocks: [{ t: 'text', of: t('rule-was', namesOf(before)) }],
  };
}

export function showCard(view: ClassesView, at: PresentContext): Card {
  const { rule, wouldChange, notCounted } = view;
  const maySet =
    at.actor.kind === 'member' && at.actor.roles.some((role) => role === 'manager' || role === 'admin');
  const blocks: Block[] = rule
    ? [{ t: 'text', of: t('rule-is', namesOf(rule)) }]
    : [
        { t: 'text', of: t('no-rule') },
        {
          t: 'text',
          of: t('how-it-works', {
            currency: at.org.currency,
            line: command('set C-88 class:auto', '修改 C-88 等级:自动'),
          }),
        },
      ];
  blocks.push(classTable(view));
  if (wouldChange) blocks.push({ t: 'text', of: t('would-change', { what: changesText(wouldChange) }) });
  blocks.push(...notCountedBlocks(notCounted));
  if (!rule) blocks.push({ t: 'text', of: proposalText(view, at.org.currency) });
  if (maySet) blocks.push({ t: 'context', of: t('how-to-set', { line: exampleLine }) });
  const buttons = maySet ? buttonsOf(view) : [];
  if (buttons.length > 0) blocks.push({ t: 'buttons', buttons });
  return { tone: 'plain', title: t('show-title'), blocks };
}

function classTable({ classes }: ClassesView): Block {
  return {
    t: 'table',
    columns: [
      { label: t('class') },
      { label: t('customers'), align: 'right' },
      { label: t('by-rule'), align: 'right' },
      { label: t('by-hand'), align: 'right' },
    ],
    cells: classes.map(({ valueClass, byHand, byRule }) => [
      valueClass === null ? t('no-class') : strong(valueClass),
      count(byHand + byRule),
      // Without a class nobody has decided yet.
      valueClass === null ? '' : count(byRule),
      valueClass === null ? '' : count(byHand),
    ]),
  };
}

function proposalText({ proposal }: ClassesView, currency: string): Inline {
  return proposal ? t('proposal', namesOf(proposal)) : t('nothing-won', { currency });
}

function buttonsOf({ rule, wouldChange, proposal }: ClassesView): Button[] {
  if (proposal) {
    return [
      { label: t('use-proposal'), press: { a: 'value-class.set', i: { ...proposal } }, style: 'primary' },
    ];
  }
  if (!rule) return [];
  const apply: Button = { label: t('apply'), press: { a: 'value-class.set', i: { what: 'apply' } } };
  const off: Button = { label: t('off'), press: { a: 'value-class.stop', i: {} } };
  return wouldChange && totalOf(wouldChange) > 0 ? [apply, off] : [off];
}
