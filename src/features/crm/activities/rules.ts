import { addMonths, dayIn, instantOf, startOf } from '../../../kernel/dates.ts';
import type { When } from '../../../kernel/fields.ts';
import { type ActivityKind, meetingKinds } from './model.ts';

/** What `log` counts as the time of a day that was named without one. */
const middleOfDay = '12:00';

/**
 * When it happened: now, the time that was said, or the middle of an earlier day. `undefined`: that is still to
 * come, so it cannot be logged.
 */
export function momentOf(said: When | undefined, now: Date, timeZone: string): Date | undefined {
  if (!said) return now;
  const today = dayIn(now, timeZone);
  if (said.at !== undefined) {
    const at = new Date(said.at);
    return at.getTime() > now.getTime() ? undefined : at;
  }
  if (said.on > today) return undefined;
  return said.on === today ? now : instantOf(said.on, middleOfDay, timeZone);
}

/** First instants of the local month `at` lies in and of the one after it. */
export function monthAround(at: Date, timeZone: string): { from: Date; to: Date } {
  const first = `${dayIn(at, timeZone).slice(0, 7)}-01`;
  return {
    from: instantOf(first, '00:00', timeZone),
    to: instantOf(startOf('month', addMonths(first, 1)), '00:00', timeZone),
  };
}

/** A decision maker counts as met face to face only; a call to one is a call. */
export function isDecisionMakerMet(kind: ActivityKind, role: string | null | undefined): boolean {
  return role === 'decides' && meetingKinds.includes(kind);
}

const between = /[,，、;；&/]|\s+and\s+|\s+[和与及]\s+|(?<=\p{Script=Han}{2})[和与及](?=\p{Script=Han}{2})/iu;

/** The names in `Jane, Mark and Ann` or `王敏、李强`, each once. */
export function namesIn(text: string): string[] {
  return [
    ...new Set(
      text
        .split(between)
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    ),
  ];
}
