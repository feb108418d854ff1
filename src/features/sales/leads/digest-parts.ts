import { dayIn } from '../../../kernel/dates.ts';
import { day, dotted, type Inline, instant, person, record } from '../../../kernel/text.ts';
import {
  countText,
  type DigestScope,
  defineDigestPart,
  figuresOf,
  mostFigureRows,
  mostNames,
  namesText,
} from '../../../runtime/digest.ts';
import type { Button } from '../../../view/card.ts';
import { memberNames } from '../../org/members/api.ts';
import { clocksOf, unownedLeads } from './digest-queries.ts';
import { t } from './messages.ts';
import { dueReviews, type RunningClock } from './queries.ts';
import { leadRecord } from './record.ts';

const most = mostFigureRows + 1;

/** Plans a person owes, with the time they are due by. */
const clocks = defineDigestPart({
  kind: 'morning',
  section: 'clocks',
  order: 10,
  async read(ctx, scope) {
    const { memberId, now } = scope;
    if (memberId === undefined) return [];
    const owed = await clocksOf(ctx, { memberIds: [memberId] }, { limit: most });
    const head = t('digest-clocks', { count: countText(owed) });
    const rows = owed.map(({ kind, id }) => ({ kind, id, ownerId: memberId }));
    return owed.slice(0, mostNames).map((clock, index) => ({
      text: t(clock.planDueAt < now ? 'digest-clock-late' : 'digest-clock', {
        record: labelOf(clock),
        at: dueText(clock, scope),
      }),
      record: { kind: clock.kind, id: clock.id },
      buttons: [planButton(clock), openButton(clock)],
      ...(index === 0 ? { figures: figuresOf({ name: 'plans-owed', label: head, rows }) } : {}),
    }));
  },
});

/** Nurtured leads a person is to look at again. */
const reviews = defineDigestPart({
  kind: 'morning',
  section: 'reviews',
  order: 10,
  async read(ctx, { memberId, on }) {
    if (memberId === undefined) return [];
    const due = await dueReviews(ctx, memberId, on, most);
    const head = t('digest-reviews', { count: countText(due) });
    const rows = due.map(({ id }) => ({ kind: leadRecord.kind, id, ownerId: memberId }));
    return due.slice(0, mostNames).map((lead, index) => ({
      text: dotted(record(lead.number, lead.name), t('review-due', { on: day(lead.reviewOn) })),
      record: { kind: leadRecord.kind, id: lead.id },
      buttons: [
        { label: t('judge'), press: { a: 'leads.judge', i: { lead: lead.number }, form: true as const } },
        openButton({ kind: 'lead', number: lead.number }),
      ],
      ...(index === 0 ? { figures: figuresOf({ name: 'reviews', label: head, rows }) } : {}),
    }));
  },
});

/** Plans owed past their limit: whoever owes one must act, so is mentioned. */
const latePlans = defineDigestPart({
  kind: 'team',
  section: 'decide',
  order: 10,
  async read(ctx, scope) {
    const late = await clocksOf(ctx, scope.owners, { before: scope.now, limit: most });
    const named = late.slice(0, mostNames);
    const names = await memberNames(
      ctx,
      named.map(({ ownerId }) => ownerId),
    );
    const head = t('digest-plans-late', { count: countText(late) });
    const rows = late.map(({ kind, id, ownerId }) => ({ kind, id, ownerId }));
    return named.map((clock, index) => {
      const { ownerId: memberId } = clock;
      const owner = person({ memberId, name: names.get(memberId) ?? '?', mention: true });
      return {
        text: t('digest-clock-late-whose', { record: labelOf(clock), at: dueText(clock, scope), owner }),
        record: { kind: clock.kind, id: clock.id },
        buttons: [
          planButton(clock),
          {
            label: t('digest-reassign'),
            press: { a: `${clock.kind}s.assign`, i: { [clock.kind]: clock.number }, form: true as const },
          },
        ],
        ...(index === 0 ? { figures: figuresOf({ name: 'plans-late', label: head, rows }) } : {}),
      };
    });
  },
});

/** Leads of nobody are nobody's team's: only who is shown everything is told. */
const unowned = defineDigestPart({
  kind: 'team',
  section: 'decide',
  order: 30,
  async read(ctx, { owners }) {
    if (!('all' in owners)) return [];
    const found = await unownedLeads(ctx, most);
    const [first] = found;
    if (!first) return [];
    const head = t('digest-unowned', { count: countText(found) });
    return [
      {
        text: dotted(
          head,
          namesText(found, ({ number, name }) => record(number, name)),
        ),
        buttons: [
          { label: t('digest-assign'), press: { a: 'leads.assign', i: { lead: first.number }, form: true } },
        ],
        figures: figuresOf({
          name: 'leads-unowned',
          label: head,
          rows: found.map(({ id }) => ({ kind: leadRecord.kind, id, ownerId: null })),
        }),
      },
    ];
  },
});

function labelOf({ number, name }: Pick<RunningClock, 'number' | 'name'>): Inline {
  return record(number, name);
}

/** Only the time where it is today's. */
function dueText(
  { planDueAt }: RunningClock,
  { on, timeZone }: Pick<DigestScope, 'on' | 'timeZone'>,
): Inline {
  return instant(planDueAt, dayIn(planDueAt, timeZone) === on ? 'time' : 'datetime');
}

function planButton({ number }: Pick<RunningClock, 'number'>): Button {
  return { label: t('digest-plan'), press: { a: 'next-steps.set', i: { subject: number }, form: true } };
}

function openButton({ kind, number }: Pick<RunningClock, 'kind' | 'number'>): Button {
  return { label: t('open-it'), press: { a: `${kind}s.show`, i: { [kind]: number } } };
}

export const digestParts = [clocks, reviews, latePlans, unowned];
