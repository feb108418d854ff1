import {
  addDays,
  addWorkingMinutes,
  dayIn,
  instantOf,
  isWorkday,
  type WorkCalendar,
} from '../../../kernel/dates.ts';
import { nameSimilarity } from '../../../kernel/names.ts';
import { type LeadChange, type LeadTest, type LeadView, leadFields, leadTests } from './model.ts';

/** Working hours from routing until a follow-up plan must be filed; the documented default of a new organization. */
export const planHours = 4;

/** When the follow-up plan of a lead routed at `routedAt` is due. */
export function planDueAt(routedAt: Date, calendar: WorkCalendar): Date {
  return addWorkingMinutes(routedAt, planHours * 60, calendar);
}

/**
 * Whole working minutes from `now` until `due`; negative when `due` has passed. Two years are looked at on either
 * side.
 */
export function workingMinutesLeft(now: Date, due: Date, calendar: WorkCalendar): number {
  const isLate = due.getTime() < now.getTime();
  const minutes = workingMinutesBetween(isLate ? due : now, isLate ? now : due, calendar);
  return isLate && minutes > 0 ? -minutes : minutes;
}

function workingMinutesBetween(from: Date, to: Date, calendar: WorkCalendar): number {
  let worked = 0;
  let on = dayIn(from, calendar.timeZone);
  for (let days = 0; days < 731; days++, on = addDays(on, 1)) {
    const opens = instantOf(on, calendar.workdayStartsAt, calendar.timeZone).getTime();
    if (opens >= to.getTime()) break;
    if (!isWorkday(on, calendar)) continue;
    const closes = instantOf(on, calendar.workdayEndsAt, calendar.timeZone).getTime();
    worked += Math.max(0, Math.min(closes, to.getTime()) - Math.max(opens, from.getTime()));
  }
  return Math.floor(worked / 60_000);
}

/** Days until a nurtured lead is looked at again, unless somebody says otherwise. */
export const reviewDays = 30;

/** The tests of the written standard that were not ticked, in their order. */
export function testsMissing(passed: readonly LeadTest[]): LeadTest[] {
  return leadTests.filter((test) => !passed.includes(test));
}

/** Fields in which two readings of a lead differ, in the order they are shown. */
export function differences(before: LeadView, after: LeadView): LeadChange[] {
  return leadFields.flatMap((field) =>
    JSON.stringify(before[field]) === JSON.stringify(after[field])
      ? []
      : [{ field, before: before[field], after: after[field] }],
  );
}

/** From this similarity on two company names are probably one company (`acme pump` / `acme pumps`: 0.94). */
const alike = 0.8;

export interface Likeness {
  nameKey: string;
  emailDomain: string | null;
  phoneKey: string | null;
}

export const twinSigns = ['phone', 'domain', 'name'] as const;
export type TwinSign = (typeof twinSigns)[number];

/** What makes two records look like one customer, strongest sign first; `undefined`: nothing does. */
export function sameBy(a: Likeness, b: Likeness): TwinSign | undefined {
  if (a.phoneKey && a.phoneKey.length >= 7 && a.phoneKey === b.phoneKey) return 'phone';
  if (a.emailDomain && a.emailDomain === b.emailDomain) return 'domain';
  if (a.nameKey !== '' && nameSimilarity(a.nameKey, b.nameKey) >= alike) return 'name';
  return undefined;
}

/** Twins by name begin alike; what an index range is looked up by. Two characters of Chinese tell enough. */
export function namePrefix(nameKey: string): string {
  return nameKey.slice(0, /\p{Script=Han}/u.test(nameKey) ? 2 : 4);
}
