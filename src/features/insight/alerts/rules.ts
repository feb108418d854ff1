import { addDays, dayIn } from '../../../kernel/dates.ts';
import type { AlertEnding, AlertFacts } from './model.ts';

/** What holds of one kind at once; more than this nobody reads one by one. */
export const mostFound = 5000;

/** Whose a record is, as alerts say it; what nobody owns says nothing. */
export function ownerFact(memberId: string | null, name: string | null): Pick<AlertFacts, 'owner'> {
  return memberId === null ? {} : { owner: { memberId, name: name ?? '?' } };
}

/** Whether an alert says the same: the database gives the keys of JSON back in an order of its own. */
export function isSameFacts(one: AlertFacts, other: AlertFacts): boolean {
  const sorted = (facts: AlertFacts) =>
    JSON.stringify(facts, (_key, part: unknown) =>
      part !== null && typeof part === 'object' && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    );
  return sorted(one) === sorted(other);
}

/** Within this long what happens to a deal is added to its last message; later it is told under the first one. */
export const editMs = 30 * 60_000;
/** After so long a thread is history: what happens then is news of its own. */
const threadMs = 30 * 86_400_000;
/** More new messages than this at once are one. */
export const mostAtOnce = 3;
/** Instant posts a person gets in a day; channels have a budget of their own. */
export const personalBudget = 6;

/** Where a new alert about a record goes, by what was told of it there before. */
export type Placing = { how: 'edit'; messageId: string } | { how: 'thread'; rootId: string } | { how: 'new' };

export interface ToldBefore {
  id: string;
  rootId: string | null;
  postedAt: Date;
}

/** `told`: messages about the record in one place, the latest first. */
export function placingOf(told: readonly ToldBefore[], now: Date): Placing {
  const [last] = told;
  if (!last) return { how: 'new' };
  const age = (message: ToldBefore) => now.getTime() - message.postedAt.getTime();
  if (age(last) < editMs) return { how: 'edit', messageId: last.id };
  const root = told.find(({ rootId }) => rootId === null);
  return root && age(root) < threadMs ? { how: 'thread', rootId: root.id } : { how: 'new' };
}

export interface Floor {
  floorMinor: bigint | null;
  floorCurrency: string | null;
}

/** Whether an amount is worth telling. Amounts in another currency, and none at all, cannot be compared and are not. */
export function reachesFloor(
  { floorMinor, floorCurrency }: Floor,
  { amountMinor, currency }: { amountMinor: bigint | null; currency: string | null },
): boolean {
  if (floorMinor === null || floorCurrency === null) return true;
  return amountMinor !== null && currency === floorCurrency && amountMinor >= floorMinor;
}

/** Whether somebody who owns records of `ownerId` is within a scope. What nobody owns is in none that is narrowed. */
export type Scope = { all: true } | { memberIds: ReadonlySet<string>; orNobody: boolean };

export function isWithin(scope: Scope, ownerId: string | null): boolean {
  if ('all' in scope) return true;
  return ownerId === null ? scope.orNobody : scope.memberIds.has(ownerId);
}

/** A step is overdue when its day is over for its owner. */
export function isOverdue(dueOn: string, now: Date, timeZone: string): boolean {
  return dueOn < dayIn(now, timeZone);
}

/** No zone is a day ahead of this one. */
export function latestToday(now: Date): string {
  return addDays(now.toISOString().slice(0, 10), 1);
}

/** What decides whether an alert about a deal still holds. */
export interface DealNow {
  status: 'open' | 'won' | 'lost';
  isArchived: boolean;
  pushCount: number;
  /** Place of its stage in the pipeline. */
  position: number;
}

/**
 * How an alert that followed a change of a deal is over; `undefined`: it holds. `movedTo`: the place of the stage
 * it fell back to.
 */
export function endingOf(
  kind: 'won' | 'lost' | 'moved-back' | 'pushed',
  deal: DealNow,
  movedTo: number | undefined,
): AlertEnding | undefined {
  if (deal.isArchived) return 'archived';
  if (kind === 'won' || kind === 'lost') return deal.status === kind ? undefined : 'taken-back';
  if (kind === 'pushed' && deal.pushCount < 2) return 'taken-back';
  if (deal.status !== 'open') return 'closed';
  if (kind === 'moved-back' && movedTo !== undefined && deal.position > movedTo) return 'moved-on';
  return undefined;
}
