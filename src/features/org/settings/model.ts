import { z } from 'zod';

/** What an organization has set for everybody. Times are local wall-clock times; workdays 1 = Monday. */
export const settingsView = z.strictObject({
  name: z.string(),
  currency: z.string(),
  timeZone: z.string(),
  locale: z.string(),
  workdays: z.array(z.int()),
  workdayStartsAt: z.string(),
  workdayEndsAt: z.string(),
  holidays: z.array(z.string()),
});
export type SettingsView = z.infer<typeof settingsView>;

export const settingsChange = z.strictObject({ before: settingsView, after: settingsView });
export type SettingsChange = z.infer<typeof settingsChange>;
