import type { Org } from '../../../kernel/context.ts';
import type { SettingsView } from './model.ts';

/** An organization as settings give it out. */
export function settingsOf(org: Org): SettingsView {
  const { name, currency, timeZone, locale, workdays, workdayStartsAt, workdayEndsAt, holidays } = org;
  return {
    name,
    currency,
    timeZone,
    locale,
    workdays: [...workdays],
    workdayStartsAt,
    workdayEndsAt,
    holidays: [...holidays],
  };
}
