import { askedFor, involved, keyOf, openParts, type World } from './oracle.ts';
import type { State } from './state.ts';

/** The request of a sequence as it was made. */
export interface OneRequest {
  id: string;
  number: string;
  expiresAt: number;
  answerBy: number;
  /** When a step was to be hurried, by step. */
  clocks: Map<string, number>;
}

/** What checks look at beside a state, and how they complain. */
export interface Watched {
  world: World;
  request: OneRequest | undefined;
  fail: (what: string) => never;
  key(id: string): string;
}

/** What holds of every step, whoever did what. */
export function checkAlways(at: Watched, before: State, after: State): void {
  const { row, request, transitions, grants, pendingCount } = after;
  const isOver = request.status !== 'pending';
  if (transitions !== (isOver ? 1 : 0))
    at.fail(`${transitions} transitions of a request that is ${request.status}`);
  if (before.request.status !== 'pending' && JSON.stringify(row) !== JSON.stringify(before.row))
    at.fail('a request was changed after its answer');
  if (pendingCount > 1) at.fail(`${pendingCount} requests about one deal are open`);
  const isGranted = request.status === 'approved' || request.status === 'countered';
  const wanted = isGranted ? [`${at.request?.number} ${request.percent}`] : [];
  if (grants.join() !== wanted.join()) at.fail(`granted ${grants.join()} instead of ${wanted.join()}`);
  const isNew = isOver && before.request.status === 'pending';
  if (isNew && isGranted && row.terms.amountMinor !== at.world.deal.amountMinor)
    at.fail('granted on other terms than those of now');
  if (isNew && (isGranted || request.status === 'rejected') && request.decidedBy !== null) {
    if (involved(at.world, request).has(request.decidedBy))
      at.fail(`${at.key(request.decidedBy)} decided on their own`);
  }
  const own = at.request;
  if (own && row.answerBy.getTime() !== own.answerBy)
    at.fail('the time an answer was promised for has moved');
  if (own && row.expiresAt.getTime() !== own.expiresAt) at.fail('the last day of an answer has moved');
  for (const { id, escalateAt } of after.steps) {
    const known = own?.clocks.get(id);
    if (known !== undefined && escalateAt?.getTime() !== known) at.fail('the clock of a step was set anew');
    if (escalateAt) own?.clocks.set(id, escalateAt.getTime());
  }
}

/** Open parts have the people the rules want, and beside them only managers who were called in. Answers whether nobody can go on. */
export function checkSeats(at: Watched, { request, steps }: State): boolean {
  if (request.status !== 'pending') return false;
  const open = steps.filter(({ state }) => state === 'open');
  const expected = openParts(at.world, request);
  if (
    open
      .map(({ part }) => keyOf(part))
      .sort()
      .join() !== expected.map(keyOf).sort().join()
  ) {
    at.fail(
      `open are ${open.map(({ part }) => keyOf(part)).join()} instead of ${expected.map(keyOf).join()}`,
    );
  }
  for (const { part, seats } of open) {
    const named = seats.filter(({ why }) => why !== 'escalated').map(({ memberId }) => memberId);
    const wanted = [...askedFor(at.world, request, part)];
    if ([...named].sort().join() !== wanted.sort().join()) {
      at.fail(
        `${keyOf(part)}: asked ${named.map((id) => at.key(id)).join()} instead of ${wanted.map((id) => at.key(id)).join()}`,
      );
    }
    for (const { memberId } of seats.filter(({ why }) => why === 'escalated')) {
      const one = at.world.members.get(memberId);
      const fits = one?.isHere && one.roles.includes('manager') && !involved(at.world, request).has(memberId);
      if (!fits) at.fail(`${at.key(memberId)} was called in and may not decide`);
    }
  }
  const need = open[0]?.need ?? 'all';
  const empty = open.filter(({ seats }) => seats.length === 0).length;
  return need === 'any' ? empty > 0 && empty === open.length : empty > 0;
}
