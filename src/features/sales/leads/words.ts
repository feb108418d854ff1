import { addDays, dayIn } from '../../../kernel/dates.ts';
import { day, type Inline, instant } from '../../../kernel/text.ts';
import type { PresentContext } from '../../../runtime/action.ts';
import { t } from './messages.ts';
import type { LeadField, LeadReason, LeadState, LeadTest, Outcome } from './model.ts';

export const stateTexts = {
  new: t('state-new'),
  opportunity: t('state-opportunity'),
  nurture: t('state-nurture'),
  dropped: t('state-dropped'),
} satisfies Record<LeadState, Inline>;

/** What a lead in this state needs from us. */
export const dutyTexts = {
  new: t('duty-new'),
  opportunity: t('duty-opportunity'),
  nurture: t('duty-nurture'),
  dropped: undefined,
} satisfies Record<LeadState, Inline | undefined>;

export const testTexts = {
  budget: t('test-budget'),
  need: t('test-need'),
  authority: t('test-authority'),
  time: t('test-time'),
} satisfies Record<LeadTest, Inline>;

/** The tests by name only, for saying which were passed and which not. */
export const passedTexts = {
  budget: t('passed-budget'),
  need: t('passed-need'),
  authority: t('passed-authority'),
  time: t('passed-time'),
} satisfies Record<LeadTest, Inline>;

export const outcomeTexts = {
  opp: t('outcome-opp'),
  potential: t('outcome-potential'),
  drop: t('outcome-drop'),
} satisfies Record<Outcome, Inline>;

export const reasonTexts = {
  'no-budget': t('reason-no-budget'),
  'no-need': t('reason-no-need'),
  'wrong-contact': t('reason-wrong-contact'),
  competitor: t('reason-competitor'),
  duplicate: t('reason-duplicate'),
  'not-yet': t('reason-not-yet'),
  other: t('reason-other'),
} satisfies Record<LeadReason, Inline>;

/** Sources the service itself notes, and the usual short words for one; any other is shown as it was typed. */
export const sourceTexts: Readonly<Record<string, Inline>> = {
  rep: t('source-rep'),
  import: t('source-import'),
  expo: t('source-expo'),
  web: t('source-web'),
  referral: t('source-referral'),
};

export function sourceText(source: string): Inline {
  return sourceTexts[source] ?? source;
}

export const fieldTexts = {
  company: t('company'),
  contactName: t('contact'),
  email: t('email'),
  phone: t('phone'),
  source: t('source'),
  amount: t('amount'),
  note: t('note'),
} satisfies Record<LeadField, Inline>;

/** Words for a stored reason; an imported one is shown as it came. */
export function reasonText(reason: string): Inline {
  return reason in reasonTexts ? reasonTexts[reason as LeadReason] : reason;
}

/** `2 h 10 m`; the sign is the caller's to say. */
export function durationText(minutes: number): Inline {
  const all = Math.abs(minutes);
  const hours = Math.floor(all / 60);
  return hours === 0 ? t('minutes', { minutes: all % 60 }) : t('hours-minutes', { hours, minutes: all % 60 });
}

export type Reading = Pick<PresentContext, 'actor' | 'org' | 'today'>;

/** `today 17:00`, `tomorrow 10:00`, else day and time. */
export function instantText(at: string, { actor, org, today }: Reading): Inline {
  const zone = actor.kind === 'member' ? actor.timeZone : org.timeZone;
  const near = nearDay(dayIn(new Date(at), zone), today);
  return near === undefined ? instant(at) : t('day-time', { day: near, time: instant(at, 'time') });
}

/** `today`, `tomorrow`, `yesterday`, else the day. */
export function dayText(on: string, today: string): Inline {
  return nearDay(on, today) ?? day(on);
}

function nearDay(on: string, today: string): Inline | undefined {
  if (on === today) return t('today');
  if (on === addDays(today, 1)) return t('tomorrow');
  return on === addDays(today, -1) ? t('yesterday') : undefined;
}
