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

export interface KillRun {
  /** Starts the process that is killed; called again after every kill. */
  start(): Child;
  url: string;
  /** How often each company is in the database, at the end. */
  counts(): Promise<Map<string, number>>;
  user: string;
  team: string;
  commands: number;
  kills: number;
  seed: number;
}

const clients = 8;

/**
 * Eight people type one new lead after the other while the service is killed at random moments. Whoever gets no
 * answer repeats the line, as the service asks people to.
 */
export async function killRun(run: KillRun): Promise<Killed> {
  const random = generator(run.seed);
  const lines = Array.from({ length: run.commands }, () => randomUUID().slice(0, 13));
  const waiting = [...lines];
  const acknowledged = new Set<string>();
  let kills = 0;
  let child = run.start();
  await ready(run.url);

  async function type(company: string): Promise<boolean> {
    const text = `new-lead "${company} Pumps" Jane jane@${company}.example`;
    const init = signed(
      commandBody(text, { user_id: run.user, team_id: run.team, trigger_id: randomUUID() }),
    );
    try {
      const response = await fetch(run.url, { ...init, signal: AbortSignal.timeout(5000) });
      return (await response.text()).includes('L-');
    } catch {
      return false;
    }
  }

  async function client(): Promise<void> {
    for (let company = waiting.pop(); company !== undefined; company = waiting.pop()) {
      while (!(await type(company))) await sleep(20);
      acknowledged.add(company);
    }
  }

  async function killer(): Promise<void> {
    const share = run.commands / (run.kills + 1);
    for (let next = 1; next <= run.kills; next += 1) {
      while (acknowledged.size < share * next) await sleep(1);
      // Some commands are on their way, at whatever point.
      await sleep(random() * 40);
      child.kill('SIGKILL');
      await child.exited;
      kills += 1;
      child = run.start();
      await ready(run.url);
    }
  }

  try {
    await Promise.all([killer(), ...Array.from({ length: clients }, client)]);
    // The last acknowledged ones as well.
    child.kill('SIGKILL');
    await child.exited;
  } finally {
    child.kill('SIGKILL');
  }
  const counts = await run.counts();
  const countOf = (company: string) => counts.get(`${company} Pumps`) ?? 0;
  return {
    acknowledged: acknowledged.size,
    kills: kills + 1,
    lost: lines.filter((company) => acknowledged.has(company) && countOf(company) === 0),
    twice: lines.filter((company) => countOf(company) > 1),
  };
}

async function ready(url: string): Promise<void> {
  for (let tries = 0; tries < 1200; tries += 1) {
    const answer = await fetch(new URL('/readyz', url)).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(50);
  }
  throw new Error('the service did not come up');
}

/** Numbers in [0, 1), the same for the same seed. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
