import { daysBetween } from '../../../kernel/dates.ts';
import { command, dotted, type Inline, record, seq, strong } from '../../../kernel/text.ts';
import type { PresentContext } from '../../../runtime/action.ts';
import type { Block, Button, Card, Row } from '../../../view/card.ts';
import { waitingRow } from '../../org/approvals/api.ts';
import { durationText, workingMinutesLeft } from '../leads/api.ts';
import { t } from './messages.ts';
import {
  type StepDone,
  type StepFiled,
  type StepSnoozed,
  type StepView,
  type SubjectView,
  type TodayRow,
  type TodayView,
  todayGroups,
} from './model.ts';
import { openPress } from './subjects.ts';
import { dueText, groupTexts } from './words.ts';

const recordOf = ({ number, name }: SubjectView): Inline => record(number, name);

/** Opens the form for the next step of a record. */
export function planButton(label: Inline, { number }: Pick<SubjectView, 'number'>): Button {
  return { label, press: { a: 'next-steps.set', i: { subject: number }, form: true } };
}

/** Files the next step at once. Its text is content of the record, so it is made in the reader's words. */
function followUpButton(
  label: Inline,
  { number }: Pick<SubjectView, 'number'>,
  due: string,
  { actor, org }: PresentContext,
): Button {
  const locale = actor.kind === 'member' ? actor.locale : org.locale;
  const text = t.messages[locale]['follow-up'] ?? number;
  return { label, press: { a: 'next-steps.set', i: { subject: number, due, text } } };
}

export function doneButton({ number }: Pick<SubjectView, 'number'>): Button {
  return { label: t('done'), press: { a: 'next-steps.done', i: { subject: number } } };
}

export function snoozeButton(
  { number }: Pick<SubjectView, 'number'>,
  to?: { label: Inline; by: string },
): Button {
  return {
    label: to?.label ?? t('snooze'),
    press: { a: 'next-steps.snooze', i: { subject: number, ...(to ? { to: to.by } : {}) } },
  };
}

const openButton = (subject: SubjectView): Button => ({ label: t('open'), press: openPress(subject) });

export function filedCard({ step, clock, told }: StepFiled, at: PresentContext): Card {
  const blocks: Block[] = [];
  if (clock) {
    const duration = durationText(clock.minutesLeft);
    blocks.push({
      t: 'text',
      of: clock.minutesLeft < 0 ? t('clock-late', { duration }) : t('clock-stopped', { duration }),
    });
  }
  if (told) blocks.push({ t: 'text', of: t('told', { name: step.owner.name }) });
  const title = t('filed', { record: recordOf(step.subject), due: dueText(step, at), text: step.text });
  return { tone: 'ok', title, blocks };
}

export function doneCard({ step, isSubjectOpen }: StepDone, at: PresentContext): Card {
  const { subject } = step;
  const log: Button = {
    label: t('log-it'),
    press: { a: 'activities.log', i: { subject: subject.number }, form: true },
  };
  const next = isSubjectOpen
    ? [
        followUpButton(t('tomorrow'), subject, '+1d', at),
        followUpButton(t('in-3-days'), subject, '+3d', at),
        planButton(t('pick'), subject),
      ]
    : [];
  const blocks: Block[] = [];
  if (isSubjectOpen) {
    blocks.push({ t: 'text', of: subject.kind === 'deal' ? t('what-next-deal') : t('what-next') });
  }
  blocks.push({ t: 'buttons', buttons: [...next, log] });
  return { tone: 'ok', title: t('is-done', { record: recordOf(subject), text: step.text }), blocks };
}

export function snoozedCard({ step, was }: StepSnoozed, at: PresentContext): Card {
  const { subject } = step;
  const title = t('snoozed', {
    record: recordOf(subject),
    text: step.text,
    was: dueText(was, at),
    due: dueText(step, at),
  });
  const buttons = [
    snoozeButton(subject, { label: t('in-3-days'), by: '+3d' }),
    snoozeButton(subject, { label: t('in-a-week'), by: '+1w' }),
  ];
  return { tone: 'ok', title, blocks: [{ t: 'buttons', buttons }] };
}

export function todayCard({ rows, approvals, hasMore, isAgain }: TodayView, at: PresentContext): Card {
  const count = rows.length + approvals.length;
  const blocks: Block[] = [];
  if (isAgain) blocks.push({ t: 'text', of: t('list-again') });
  for (const group of todayGroups) {
    const own = rows.filter((row) => row.group === group);
    blocks.push(
      ...groupBlocks(
        groupTexts[group],
        own.map((row) => todayLine(row, at, `${row.row}. `)),
      ),
    );
    // Somebody waits for these: before what is only the reader’s own.
    if (group === 'clock') {
      blocks.push(
        ...groupBlocks(
          t('group-approval'),
          approvals.map((view) => waitingRow(view, at.now)),
        ),
      );
    }
  }
  if (count === 0) blocks.push({ t: 'text', of: t('nothing-due') });
  const howTo = t('how-to-count', { done: command('done 1'), snooze: command('snooze 1 +2d') });
  const small = dotted(rows.length > 0 ? howTo : undefined, hasMore ? t('more') : undefined);
  if (rows.length > 0 || hasMore) blocks.push({ t: 'context', of: small });
  return { tone: 'plain', title: t('today-count', { count }), blocks };
}

function groupBlocks(title: Inline, rows: Row[]): Block[] {
  return rows.length === 0
    ? []
    : [
        { t: 'text', of: strong(title) },
        { t: 'rows', rows },
      ];
}

/** One line of the day's list, on its own or numbered. */
export function todayLine(row: Omit<TodayRow, 'row'>, at: PresentContext, number = ''): Row {
  const { subject, group } = row;
  const detail = detailOf(row, at);
  return {
    text: seq(number, dotted(recordOf(subject), row.text ?? undefined)),
    ...(detail === undefined ? {} : { detail }),
    buttons: [...workButtons(group, subject), openButton(subject)],
  };
}

function workButtons(group: TodayRow['group'], subject: SubjectView): Button[] {
  switch (group) {
    case 'overdue':
    case 'today':
      return [doneButton(subject), snoozeButton(subject)];
    case 'clock':
      return [planButton(t('file-plan'), subject)];
    case 'unplanned':
      return [planButton(t('set-step'), subject)];
    case 'review':
      return [{ label: t('judge'), press: { a: 'leads.judge', i: { lead: subject.number }, form: true } }];
    default:
      return group satisfies never;
  }
}

function detailOf({ group, dueOn, dueAt }: Omit<TodayRow, 'row'>, at: PresentContext): Inline | undefined {
  switch (group) {
    case 'overdue': {
      const days = dueOn === null ? 0 : daysBetween(dueOn, at.today);
      const due = dueText({ dueOn: dueOn ?? at.today, dueAt }, at);
      return days > 0 ? t('days-late', { days, due }) : t('since', { due });
    }
    case 'today':
      return dueText({ dueOn: dueOn ?? at.today, dueAt }, at);
    case 'clock':
      return dueAt === null ? '' : clockText(dueAt, at);
    case 'unplanned':
      // The heading above says it.
      return undefined;
    case 'review':
      return dueOn === null ? '' : t('review-due', { due: dueText({ dueOn, dueAt: null }, at) });
    default:
      return group satisfies never;
  }
}

/** An overdue step of somebody else, for their manager. */
export function lateRow({ subject, text, dueOn, dueAt, owner }: StepView, at: PresentContext): Row {
  const late = detailOf({ group: 'overdue', subject, text, dueOn, dueAt }, at);
  return {
    text: dotted(recordOf(subject), text),
    detail: dotted(owner.name, late),
    buttons: [planButton(t('digest-plan'), subject), openButton(subject)],
  };
}

/** When a plan must be filed by, with the working time that is left. */
function clockText(dueAt: string, at: PresentContext): Inline {
  const left = workingMinutesLeft(at.now, new Date(dueAt), at.org);
  const due = dueText({ dueOn: at.today, dueAt }, at);
  const duration = durationText(left);
  return left < 0 ? t('plan-late', { due, duration }) : t('plan-by', { due, duration });
}

/** The open step on the card of its record. */
export function stepRow(step: StepView, at: PresentContext, canChange: boolean): Row {
  const isMine = at.actor.kind === 'member' && at.actor.memberId === step.owner.memberId;
  return {
    text: dotted(t('next-is', { text: step.text }), dueText(step, at)),
    ...(isMine ? {} : { detail: step.owner.name }),
    ...(canChange ? { buttons: [doneButton(step.subject), snoozeButton(step.subject)] } : {}),
  };
}
