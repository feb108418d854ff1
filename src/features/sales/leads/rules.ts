import { addWorkingMinutes, type WorkCalendar } from '../../../kernel/dates.ts';
import { nameSimilarity } from '../../../kernel/names.ts';

/** Working hours from routing until a follow-up plan must be filed; the documented default of a new organization. */
export const planHours = 4;

/** When the follow-up plan of a lead routed at `routedAt` is due. */
export function planDueAt(routedAt: Date, calendar: WorkCalendar): Date {
  return addWorkingMinutes(routedAt, planHours * 60, calendar);
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
