import {
  addDays,
  addWorkingMinutes,
  dayIn,
  instantOf,
  isWorkday,
  type WorkCalendar,
} from '../../../kernel/dates.ts';
import { nameSimilarity } from '../../../kernel/names.ts';

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
  return isLate ? -minutes : minutes;
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

/** From this similarity on two company names are probably one company (`acme pump` / `acme pumps`: 0.94). */
const alike = 0.8;

export interface Likeness {
  nameKey: string;
  emailDomain: string | null;
  phoneKey: string | null;
}

/** What makes two records look like one customer, strongest sign first; `undefined`: nothing does. */
export function sameBy(a: Likeness, b: Likeness): 'phone' | 'domain' | 'name' | undefined {
  if (a.phoneKey && a.phoneKey.length >= 7 && a.phoneKey === b.phoneKey) return 'phone';
  if (a.emailDomain && a.emailDomain === b.emailDomain) return 'domain';
  if (nameSimilarity(a.nameKey, b.nameKey) >= alike) return 'name';
  return undefined;
}
