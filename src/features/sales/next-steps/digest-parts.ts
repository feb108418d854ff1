import { addDays, daysBetween } from '../../../kernel/dates.ts';
import { formatNumber } from '../../../kernel/ids.ts';
import { dotted, type Inline, instant, record } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import {
  countText,
  type DigestFigure,
  type DigestLine,
  type DigestScope,
  defineDigestPart,
  figuresOf,
  mostFigureRows,
  mostNames,
  namesText,
} from '../../../runtime/digest.ts';
import type { Button } from '../../../view/card.ts';
import { memberNames } from '../../org/members/api.ts';
import { dealRow, dealText, type ListedDeal, sumsText } from '../deals/api.ts';
import { doneButton, snoozeButton } from './cards.ts';
import { t } from './messages.ts';
import type { StepView, SubjectView } from './model.ts';
import { stepsUntil, unplannedOf } from './queries.ts';
import { nextStepRecord } from './record.ts';
import { isLate } from './rules.ts';
import { labelOf, openPress } from './subjects.ts';

type Step = StepView & { id: string };
const most = mostFigureRows + 1;

interface Due {
  /** The longest overdue first. */
  overdue: Step[];
  /** In time order, those without a time of day last. */
  today: Step[];
  tomorrow: Step[];
}

function dueOf(steps: readonly Step[], { on, now }: Pick<DigestScope, 'on' | 'now'>): Due {
  const due: Due = { overdue: [], today: [], tomorrow: [] };
  for (const step of steps) {
    if (isLate(step, on, now)) due.overdue.push(step);
    else (step.dueOn === on ? due.today : due.tomorrow).push(step);
  }
  return due;
}

function stepFigure(name: string, label: Inline, steps: readonly Step[]): DigestFigure[] {
  const rows = steps.map(({ id, owner }) => ({ kind: nextStepRecord.kind, id, ownerId: owner.memberId }));
  return figuresOf({ name, label, rows });
}

function dealFigure(name: string, label: Inline, deals: readonly ListedDeal[]): DigestFigure[] {
  return figuresOf({ name, label, rows: deals.map(dealRow) });
}

/** A person's own steps: overdue, today in time order, tomorrow in one line. */
const ownSteps = defineDigestPart({
  kind: 'morning',
  section: 'follow-ups',
  order: 10,
  async read(ctx, { memberId, on, now }) {
    if (memberId === undefined) return [];
    const steps = await stepsUntil(ctx, { memberIds: [memberId] }, addDays(on, 1), most);
    const { overdue, today, tomorrow } = dueOf(steps, { on, now });
    return [
      ...stepLines('overdue', overdue, (step) => overdueText(step, on)),
      ...stepLines('today', today, todayText),
      ...tomorrowLine(tomorrow),
    ];
  },
});

/** A line per step with its buttons; the figure on the first tells how many there are besides. */
function stepLines(
  name: 'overdue' | 'today',
  steps: readonly Step[],
  textOf: (step: Step) => Inline,
): DigestLine[] {
  return steps.slice(0, mostNames).map((step, index) => ({
    text: textOf(step),
    record: { kind: nextStepRecord.kind, id: step.id },
    buttons: [doneButton(step.subject), snoozeButton(step.subject)],
    ...(index === 0
      ? { figures: stepFigure(name, t(`digest-${name}`, { count: countText(steps) }), steps) }
      : {}),
  }));
}

function overdueText({ subject, text, dueOn, dueAt }: Step, on: string): Inline {
  const days = daysBetween(dueOn, on);
  const since =
    days > 0 || dueAt === null ? t('digest-days', { days }) : t('since', { due: instant(dueAt, 'time') });
  return t('digest-row-overdue', { step: dotted(labelOf(subject), text, since) });
}

function todayText({ subject, text, dueAt }: Step): Inline {
  const at = dueAt === null ? undefined : instant(dueAt, 'time');
  return t('digest-row-today', { step: dotted(at, labelOf(subject), text) });
}

function tomorrowLine(steps: readonly Step[]): DigestLine[] {
  if (steps.length === 0) return [];
  const head = t('digest-tomorrow', { count: countText(steps) });
  const names = namesText(steps, ({ subject, text, dueAt }) =>
    spaced(dueAt === null ? undefined : instant(dueAt, 'time'), record(subject.number, subject.name), text),
  );
  return [{ text: t('digest-row-tomorrow', { steps: names }), figures: stepFigure('tomorrow', head, steps) }];
}

function spaced(...of: (Inline | undefined)[]): Inline {
  return { t: 'seq', of: of.filter((part) => part !== undefined), separator: ' ' };
}

/** Own open deals nobody has planned for. */
const ownUnplanned = defineDigestPart({
  kind: 'morning',
  section: 'follow-ups',
  order: 20,
  async read(ctx, { memberId }) {
    if (memberId === undefined) return [];
    const found = await unplannedOf(ctx, { memberIds: [memberId] }, most);
    return unplannedLines(found, namesText(found, dealText));
  },
});

/** What a team has to follow up: due today, overdue with the oldest, without a plan with their owners. */
const teamSteps = defineDigestPart({
  kind: 'team',
  section: 'follow-ups',
  order: 10,
  async read(ctx, { owners, on, now }) {
    const { overdue, today } = dueOf(await stepsUntil(ctx, owners, on, most), { on, now });
    const lines: DigestLine[] = [];
    if (today.length > 0) {
      const head = t('digest-today', { count: countText(today) });
      lines.push({ text: head, figures: stepFigure('due-today', head, today) });
    }
    const [oldest] = overdue;
    if (oldest) {
      const head = t('digest-overdue', { count: countText(overdue) });
      const step = dotted(
        labelOf(oldest.subject),
        oldest.text,
        t('digest-days', { days: daysBetween(oldest.dueOn, on) }),
      );
      lines.push({
        text: t('digest-oldest', { head, owner: oldest.owner.name, step }),
        record: { kind: nextStepRecord.kind, id: oldest.id },
        buttons: [planButton(oldest.subject.number), openButton(oldest.subject)],
        figures: stepFigure('overdue', head, overdue),
      });
    }
    return lines;
  },
});

const teamUnplanned = defineDigestPart({
  kind: 'team',
  section: 'follow-ups',
  order: 20,
  async read(ctx, { owners }) {
    const found = await unplannedOf(ctx, owners, most);
    return unplannedLines(found, await ownersText(ctx, found));
  },
});

/** By name, whoever has more: a digest ranks nobody. */
async function ownersText(ctx: Ctx, deals: readonly ListedDeal[]): Promise<Inline | undefined> {
  const names = await memberNames(
    ctx,
    deals.map(({ ownerId }) => ownerId),
  );
  const sorted = [...names.values()].toSorted((a, b) => a.localeCompare(b));
  return sorted.length === 0 ? undefined : t('digest-whose', { owners: namesText(sorted, (name) => name) });
}

function unplannedLines(deals: readonly ListedDeal[], names: Inline | undefined): DigestLine[] {
  const [first] = deals;
  if (!first) return [];
  const head = t('digest-unplanned', { count: countText(deals) });
  return [
    {
      text: dotted(head, sumsText(deals), names),
      buttons: [planButton(formatNumber('deal', first.number))],
      figures: dealFigure('unplanned', head, deals),
    },
  ];
}

function planButton(subject: string): Button {
  return { label: t('digest-plan'), press: { a: 'next-steps.set', i: { subject }, form: true } };
}

function openButton(subject: Pick<SubjectView, 'kind' | 'number'>): Button {
  return { label: t('open'), press: openPress(subject) };
}

export const digestParts = [ownSteps, ownUnplanned, teamSteps, teamUnplanned];
