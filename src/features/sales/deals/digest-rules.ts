import { addDays, dayIn, daysBetween, instantOf } from '../../../kernel/dates.ts';
import type { DigestScope } from '../../../runtime/digest.ts';
import type { Stage } from '../pipelines/api.ts';
import type { ListedDeal, RiskyDeal, StuckBefore, TouchedDeal } from './digest-queries.ts';
import { isStuck } from './rules.ts';

/** Pushed that often, a close date is no longer believed. */
export const pushesAtRisk = 2;

/** The instants that make `isStuck` true, stage by stage, as an index or filter can use them. */
export function stuckBefore(
  stages: readonly Stage[],
  { on, timeZone }: Pick<DigestScope, 'on' | 'timeZone'>,
): StuckBefore[] {
  return stages.map(({ id, normalDays }) => ({
    stageId: id,
    before: instantOf(addDays(on, -2 * normalDays), '00:00', timeZone),
  }));
}

export type Risk =
  | { is: 'stuck'; stage: Stage; days: number }
  | { is: 'pushed'; count: number }
  | { is: 'close-past'; on: string }
  | { is: 'one-contact' };

/** Everything that is wrong with a deal, in the order it is said. */
export function risksOf(
  deal: RiskyDeal,
  stages: readonly Stage[],
  { on, timeZone }: Pick<DigestScope, 'on' | 'timeZone'>,
): Risk[] {
  const risks: Risk[] = [];
  const stage = stages.find(({ id }) => id === deal.stageId);
  const days = daysBetween(dayIn(deal.stageEnteredAt, timeZone), on);
  if (stage && isStuck(days, stage.normalDays)) risks.push({ is: 'stuck', stage, days });
  if (deal.pushCount >= pushesAtRisk) risks.push({ is: 'pushed', count: deal.pushCount });
  if (deal.closeOn !== null && deal.closeOn < on) risks.push({ is: 'close-past', on: deal.closeOn });
  if (deal.people === 1) risks.push({ is: 'one-contact' });
  return risks;
}

/**
 * The largest amounts first. Unlike currencies have no common measure, so the largest of each come first, then the
 * second of each; within one place `main` leads. Deals without an amount are last.
 */
export function largestFirst<D extends Pick<ListedDeal, 'amountMinor' | 'currency' | 'number'>>(
  deals: readonly D[],
  main: string,
): D[] {
  const bySize = deals.toSorted(
    (a, b) => compare(b.amountMinor ?? -1n, a.amountMinor ?? -1n) || a.number - b.number,
  );
  const places = new Map<string, number>();
  const placed = bySize.map((deal) => {
    if (deal.amountMinor === null || deal.currency === null) return { deal, place: Number.MAX_SAFE_INTEGER };
    const place = places.get(deal.currency) ?? 0;
    places.set(deal.currency, place + 1);
    return { deal, place };
  });
  const rank = ({ currency }: D) => (currency === main ? '' : (currency ?? ''));
  return placed
    .toSorted(
      (a, b) => a.place - b.place || (rank(a.deal) < rank(b.deal) ? -1 : rank(a.deal) > rank(b.deal) ? 1 : 0),
    )
    .map(({ deal }) => deal);
}

function compare(a: bigint, b: bigint): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

export interface Movements {
  created: TouchedDeal[];
  won: TouchedDeal[];
  lost: TouchedDeal[];
  /** Now expected to close later. */
  slipped: TouchedDeal[];
  movedBack: (TouchedDeal & { from: Stage; to: Stage })[];
}

/** What became of deals, told by what they were before the first change and are now: there and back is nothing. */
export function movementsOf(touched: readonly TouchedDeal[], stages: readonly Stage[]): Movements {
  const movements: Movements = { created: [], won: [], lost: [], slipped: [], movedBack: [] };
  for (const deal of touched) {
    if (deal.changes.some(({ isNew }) => isNew)) movements.created.push(deal);
    const status = wasBefore(deal, 'status');
    if (status !== undefined && status !== deal.status) {
      if (deal.status === 'won') movements.won.push(deal);
      if (deal.status === 'lost') movements.lost.push(deal);
    }
    if (deal.status !== 'open') continue;
    const closeOn = wasBefore(deal, 'closeOn');
    if (closeOn && deal.closeOn !== null && deal.closeOn > closeOn) movements.slipped.push(deal);
    const from = stages.find(({ id }) => id === wasBefore(deal, 'stageId'));
    const to = stages.find(({ id }) => id === deal.stageId);
    if (from && to && deal.isFreshInStage && to.position < from.position) {
      movements.movedBack.push({ ...deal, from, to });
    }
  }
  return movements;
}

/** What a field was before the first change of it; `undefined`: it was not changed. */
function wasBefore(
  { changes }: TouchedDeal,
  field: keyof TouchedDeal['changes'][number]['was'],
): string | null | undefined {
  return changes.find(({ was }) => was[field] !== undefined)?.was[field];
}
