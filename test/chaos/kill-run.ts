import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Child } from '../journeys/child.ts';
import { commandBody, signed } from '../journeys/service.ts';

export interface Killed {
  acknowledged: number;
  kills: number;
  /** Told to be saved, and not there. */
  lost: string[];
  /** There more than once. */
  twice: string[];
}

/** A line somebody types again until the answer has `done` in it. */
export interface Typed {
  line: string;
  done: string;
}

export interface TypingRun {
  /** Starts the process that is killed; called again after every kill. */
  start(): Child;
  url: string;
  user: string;
  team: string;
  lines: readonly Typed[];
  kills: number;
  seed: number;
}

export interface KillRun extends Omit<TypingRun, 'lines'> {
  /** How often each company is in the database, at the end. */
  counts(): Promise<Map<string, number>>;
  commands: number;
}

const clients = 8;

/** Eight people type new leads; afterwards each must be there once. */
export async function killRun({ commands, counts, ...run }: KillRun): Promise<Killed> {
  const companies = Array.from({ length: commands }, () => randomUUID().slice(0, 13));
  const lines = companies.map((company) => ({
    line: `new-lead "${company} Pumps" Jane jane@${company}.example`,
    done: 'L-',
  }));
  const { acknowledged, kills, child } = await typeWhileKilled({ ...run, lines });
  // The last acknowledged ones as well.
  child.kill('SIGKILL');
  await child.exited;
  const found = await counts();
  const countOf = (company: string) => found.get(`${company} Pumps`) ?? 0;
  return {
    acknowledged,
    kills: kills + 1,
    lost: companies.filter((company) => countOf(company) === 0),
    twice: companies.filter((company) => countOf(company) > 1),
  };
}

/**
 * Eight people type one line after the other while the service is killed at random moments. Whoever gets no answer
 * repeats the line, as the service asks people to; all lines are acknowledged in the end. Leaves the service running.
 */
export async function typeWhileKilled(
  run: TypingRun,
): Promise<{ acknowledged: number; kills: number; child: Child }> {
  const random = generator(run.seed);
  const waiting = [...run.lines].reverse();
  let acknowledged = 0;
  let kills = 0;
  let child = run.start();
  await ready(run.url, child);

  async function type({ line, done }: Typed): Promise<boolean> {
    const init = signed(
      commandBody(line, { user_id: run.user, team_id: run.team, trigger_id: randomUUID() }),
    );
    try {
      const response = await fetch(run.url, { ...init, signal: AbortSignal.timeout(5000) });
      return (await response.text()).includes(done);
    } catch {
      return false;
    }
  }

  async function client(): Promise<void> {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      while (!(await type(next))) await sleep(20);
      acknowledged += 1;
    }
  }

  async function killer(): Promise<void> {
    const share = run.lines.length / (run.kills + 1);
    for (let next = 1; next <= run.kills; next += 1) {
      while (acknowledged < share * next) await sleep(1);
      // Some commands are on their way, at whatever point.
      await sleep(random() * 40);
      child.kill('SIGKILL');
      await child.exited;
      kills += 1;
      child = run.start();
      await ready(run.url, child);
    }
  }

  try {
    await Promise.all([killer(), ...Array.from({ length: clients }, client)]);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  return { acknowledged, kills, child };
}

/** Waits until the service behind this address takes requests; a minute at most. */
export async function ready(url: string, child: Child): Promise<void> {
  for (let tries = 0; tries < 1200; tries += 1) {
    const answer = await fetch(new URL('/readyz', url)).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(50);
  }
  throw new Error(`the service did not come up:\n${child.said()}`);
}

/** Numbers in [0, 1), the same for the same seed. */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
