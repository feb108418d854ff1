import { describe, expect, test } from 'vitest';
import { createTurns } from '../../src/infra/turns.ts';
import type { Turns } from '../../src/runtime/ports.ts';
import { endlessTurns } from '../controls/endless-turns.ts';

const noisy = 'noisy';
const quiet = 'quiet';

/** Turns on a clock of the test's own. */
function turnsAt(perSecond: number) {
  const clock = { ms: 0 };
  return { clock, turns: createTurns({ perSecond, nowMs: () => clock.ms }) };
}

function taken(turns: Turns, orgId: string, times: number): number {
  return Array.from({ length: times }, () => turns.take(orgId)).filter((wait) => wait === undefined).length;
}

describe('turns', () => {
  test('come at once for two seconds, then at their rate, and those who wait are told how long', () => {
    const { clock, turns } = turnsAt(10);
    turns.take(quiet);
    expect(taken(turns, noisy, 50)).toBe(20);
    expect(turns.take(noisy)).toBe(1);
    clock.ms = 100;
    expect(taken(turns, noisy, 50)).toBe(1);
    clock.ms = 1100;
    expect(taken(turns, noisy, 50)).toBe(10);
    expect(turns.take(quiet)).toBeUndefined();
  });

  test('are told in whole seconds that suffice', () => {
    const clock = { ms: 0 };
    const turns = createTurns({ perSecond: 0.5, nowMs: () => clock.ms });
    turns.take(quiet);
    expect(turns.take(noisy)).toBeUndefined();
    const wait = turns.take(noisy) ?? 0;
    expect(wait).toBe(2);
    clock.ms = wait * 1000;
    expect(turns.take(noisy)).toBeUndefined();
  });

  test('are never refused to whoever is alone, and are again once somebody else is there', () => {
    const { clock, turns } = turnsAt(10);
    expect(taken(turns, noisy, 5000)).toBe(5000);
    turns.take(quiet);
    expect(taken(turns, noisy, 50)).toBe(0);
    // Somebody left long ago is nobody to make room for.
    clock.ms = 2001;
    expect(taken(turns, noisy, 5000)).toBe(5000);
  });

  test('of one organization are none of another', () => {
    const { turns } = turnsAt(10);
    expect(taken(turns, quiet, 1)).toBe(1);
    taken(turns, noisy, 5000);
    expect(taken(turns, quiet, 19)).toBe(19);
  });

  test('stay used up while there are many organizations', () => {
    const { turns } = turnsAt(10);
    taken(turns, quiet, 1);
    taken(turns, noisy, 50);
    for (let one = 0; one < 30_000; one += 1) turns.take(`org-${one}`);
    expect(taken(turns, noisy, 50)).toBe(0);
  });
});

describe('beside an organization that sends ten times what the service can do', () => {
  const servedPerTick = 2;
  const sentPerTick = 20;

  /** One served after the other, in the order they came; how many stand before each of the quiet one's commands. */
  function linesMet(turns: Turns, clock: { ms: number }): number[] {
    const line: string[] = [];
    const found: number[] = [];
    for (let tick = 0; tick < 3000; tick += 1) {
      clock.ms = tick * 10;
      for (let one = 0; one < sentPerTick; one += 1) {
        if (turns.take(noisy) === undefined) line.push(noisy);
      }
      if (tick % 100 === 0 && turns.take(quiet) === undefined) {
        found.push(line.length);
        line.push(quiet);
      }
      line.splice(0, servedPerTick);
    }
    return found;
  }

  test('others find a short line; without turns it grows for as long as the other goes on', () => {
    const { clock, turns } = turnsAt(100);
    const found = linesMet(turns, clock);
    expect(found).toHaveLength(30);
    expect(Math.max(...found.slice(3))).toBeLessThanOrEqual(2);
    const naive = linesMet(endlessTurns, { ms: 0 });
    expect(naive).toHaveLength(30);
    expect(naive.at(-1)).toBeGreaterThan(50_000);
  });
});
