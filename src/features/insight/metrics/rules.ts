import { addDays, daysBetween } from '../../../kernel/dates.ts';
import type { Span } from '../../../kernel/fields.ts';
import type { Process, Rate } from './model.ts';

/** On fewer cases a rate says nothing. */
export const enough = 5;
/** How far back the own average reaches. */
export const daysBefore = 28;

/** What is counted of one person in one stretch of time. */
export interface Counts {
  visits: number;
  demos: number;
  calls: number;
  talks: number;
  deciders: number;
  won: number;
  lost: number;
  quotes: number;
  /** Of deals won and lost, those that had been quoted. */
  quotedWon: number;
  quotedLost: number;
  plansDue: number;
  plansInTime: number;
  judged: number;
  opportunities: number;
}

export const noCounts: Readonly<Counts> = {
  visits: 0,
  demos: 0,
  calls: 0,
  talks: 0,
  deciders: 0,
  won: 0,
  lost: 0,
  quotes: 0,
  quotedWon: 0,
  quotedLost: 0,
  plansDue: 0,
  plansInTime: 0,
  judged: 0,
  opportunities: 0,
};

/** The period and the four weeks before it. */
export interface Both {
  current: Counts;
  before: Counts;
}

export function added(one: Counts, other: Partial<Counts>): Counts {
  const sum = { ...one };
  for (const key of Object.keys(noCounts) as (keyof Counts)[]) sum[key] += other[key] ?? 0;
  return sum;
}

/** The four weeks before a period. */
export function weeksBefore({ from }: Span): Span {
  return { from: addDays(from, -daysBefore), to: addDays(from, -1) };
}

export function isWeek({ from, to }: Span): boolean {
  return daysBetween(from, to) === 6;
}

/** Compared in whole percents, as they are shown. */
export function rateOf(part: number, whole: number, before: { part: number; whole: number }): Rate {
  const basisPoints = shareOf(part, whole);
  const beforeBasisPoints = basisPoints === null ? null : shareOf(before.part, before.whole);
  return { part, whole, basisPoints, beforeBasisPoints, trend: trendOf(basisPoints, beforeBasisPoints) };
}

function trendOf(now: number | null, before: number | null): Rate['trend'] {
  if (now === null || before === null || now === before) return null;
  return now > before ? 'up' : 'down';
}

/** Whole percents, rounded half up. */
function shareOf(part: number, whole: number): number | null {
  return whole < enough ? null : Math.floor((part * 200 + whole) / (whole * 2)) * 100;
}

export function processOf({ current, before }: Both, period: Span): Process {
  const { visits, demos, calls, quotes } = current;
  const rate = (part: keyof Counts, whole: (of: Counts) => number) =>
    rateOf(current[part], whole(current), { part: before[part], whole: whole(before) });
  return {
    visits,
    visitsAverage: isWeek(period) ? Math.round((before.visits * 7) / daysBefore) : null,
    demos,
    calls,
    quotes,
    deciders: rate('deciders', ({ talks }) => talks),
    wins: rate('won', ({ won, lost }) => won + lost),
    quoteWins: rate('quotedWon', ({ quotedWon, quotedLost }) => quotedWon + quotedLost),
    plans: rate('plansInTime', ({ plansDue }) => plansDue),
    opportunities: rate('opportunities', ({ judged }) => judged),
  };
}

export function isIdle(counts: Counts): boolean {
  return Object.values(counts).every((count) => count === 0);
}

/** Enough talks, and less than a quarter of them with who decides. */
export function seldomMeetsDeciders({ deciders: { part, whole } }: Process): boolean {
  return whole >= enough && part * 4 < whole;
}
