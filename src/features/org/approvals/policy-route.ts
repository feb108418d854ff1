import type { Ctx } from '../../../runtime/context.ts';
import { memberNames, readMember } from '../members/api.ts';
import type { Part, Seat } from './model.ts';
import type { PolicyStep } from './policy.ts';
import type { RouteStep } from './policy-model.ts';
import { type Asking, seatsFor } from './routing.ts';
import { partKey } from './rules.ts';
import { partName, peopleNamed } from './words.ts';

/** Who would be asked for a part, remembered while several cases are looked at. */
export type SeatsOf = (part: Part, asking: Asking) => Promise<Seat[]>;

export function seatsRemembered(ctx: Ctx): SeatsOf {
  const known = new Map<string, Promise<Seat[]>>();
  return (part, asking) => {
    const key = JSON.stringify([partKey(part), asking.requesterId, [...asking.excluded].sort()]);
    const found = known.get(key) ?? seatsFor(ctx, part, asking);
    known.set(key, found);
    return found;
  };
}

/** The way these steps take as people stand now. */
export async function routeOf(
  ctx: Ctx,
  steps: readonly PolicyStep[],
  asking: Asking,
  seatsOf: SeatsOf = seatsRemembered(ctx),
): Promise<RouteStep[]> {
  const route: RouteStep[] = [];
  for (const { need, parts } of steps) {
    const told: RouteStep['parts'] = [];
    for (const part of parts) {
      const seats = await seatsOf(part, asking);
      const names = await memberNames(ctx, [
        ...peopleNamed([part]),
        ...seats.flatMap(({ memberId, forId }) => [memberId, forId ?? null]),
      ]);
      const people = seats.map(({ memberId, why, forId }) => ({
        memberId,
        name: names.get(memberId) ?? '?',
        why,
        forName: forId === undefined ? null : (names.get(forId) ?? null),
      }));
      const isPerson = part.who !== 'role' && people.length > 0;
      told.push({ label: partName(part, names), isPerson, people });
    }
    route.push({ need, parts: told });
  }
  return route;
}

export interface LeftOut {
  memberId: string;
  name: string;
  why: 'requester' | 'owner' | 'involved';
}

/** Those whom the steps would ask, had they no hand in it. */
export async function leftOutOf(
  ctx: Ctx,
  steps: readonly PolicyStep[],
  asking: Asking,
  ownerId: string | null,
): Promise<LeftOut[]> {
  const free: Asking = { requesterId: asking.requesterId, excluded: new Set() };
  const ids = new Set<string>();
  for (const part of steps.flatMap(({ parts }) => parts)) {
    for (const { memberId } of await seatsFor(ctx, part, free)) {
      if (asking.excluded.has(memberId)) ids.add(memberId);
    }
  }
  const left: LeftOut[] = [];
  for (const memberId of ids) {
    const why = memberId === asking.requesterId ? 'requester' : memberId === ownerId ? 'owner' : 'involved';
    left.push({ memberId, name: (await readMember(ctx, memberId))?.name ?? '?', why });
  }
  return left;
}
