import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import type { SlackStandIn } from '../../src/playground/slack/stand-in.ts';
import { type Child, freePort } from '../journeys/child.ts';
import { secret } from '../journeys/service.ts';
import { freshPostgres } from '../support/database.ts';
import { type AtCommit, type DatabaseProxy, databaseProxy } from './database-proxy.ts';
import { ready } from './kill-run.ts';
import { foundOn } from './organization.ts';
import { person, slack } from './people.ts';
import { serveSlackFor } from './platforms.ts';

/** What a person is told of a line. `none`: nothing, before the platform gives up. */
type Told = 'saved' | 'not saved' | 'not confirmed' | 'none' | 'something else';

interface Typed {
  company: string;
  told: Told;
  /** When it was typed and when it was answered, on the clock of the run. */
  at: number;
  ms: number;
  text: string;
}

export interface OutageRun {
  start(env: Record<string, string>): Child;
  /** What happens to the way to the database while people type. */
  script(stage: OutageStage): Promise<void>;
}

export interface OutageStage {
  proxy: DatabaseProxy;
  slack: SlackStandIn;
  url: string;
  /** Ends the service's connections on the server. */
  terminateBackends(): Promise<void>;
  /** Breaks so many connections at their next COMMIT; resolves when it has happened. */
  breakAtCommit(what: AtCommit, count: number): Promise<void>;
  /** Resolves when each person was told of this many more lines that they are saved; 60 s at most. */
  allSaved(count?: number): Promise<void>;
  /** Lets people type; until then nobody does. */
  begin(): void;
}

export interface Outage {
  told: Record<Told, number>;
  /** Told to be saved, and not there. */
  lost: string[];
  /** There more than once. */
  twice: string[];
  /** Told not to be saved, and there. */
  ghosts: string[];
  /** What else people were told, if anything. */
  strange: string[];
  /** Most lines in a row that one person typed after the end of a fault before one was saved. */
  mostTries: number;
  /** Longest from the end of a fault to the first line that is saved, of any one person. */
  slowestRecoveryMs: number;
  slowestAnswerMs: number;
  /** Answers that came when Slack would not have waited any more. */
  over3s: number;
  isAlive: boolean;
  /** Messages of errors in the service's log that are none of the database's. */
  uncaught: string[];
}

const people = 8;
/**
 * Slack gives up at 3 s, and how often it would have is reported. Here it waits longer, because the machine may be
 * busy; what waits for a database that never answers is caught all the same.
 */
const acknowledgeMs = 20_000;

/** Eight people type new leads, each line once, while the way to the database breaks in whatever way the script says. */
export async function outageRun(run: OutageRun): Promise<Outage> {
  const [databaseUrl, port] = [await freshPostgres(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const everybody = Array.from({ length: people }, (_, index) => person(index));
  const slackSide = await serveSlackFor(everybody, {
    port: 0,
    target: `${url}/slack/events`,
    desk: 'C0DESK',
    acknowledgeMs,
  });
  await foundOn(databaseUrl);
  const proxy = await databaseProxy(databaseUrl);
  const admin = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  const service = run.start({
    PORT: String(port),
    PUBLIC_URL: url,
    DATABASE_URL: proxy.url,
    SLACK_SIGNING_SECRET: secret,
    SLACK_BOT_TOKEN: slack.token,
    SLACK_API_URL: `${slackSide.url}/api/`,
    PLAYGROUND: 'off',
    LOG_LEVEL: 'info',
  });
  const typed = everybody.map((): Typed[] => []);
  const faultsEnded: number[] = [];
  let isOver = false;
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const type = async (index: number) => {
    await begun;
    while (!isOver) {
      const company = randomUUID().slice(0, 13);
      const at = performance.now();
      const { text, told } = await tell(slackSide.standIn, everybody[index]?.slackId ?? '', company);
      typed[index]?.push({ company, told, text, at, ms: performance.now() - at });
      // Nobody types faster; refusals come at once.
      await sleep(told === 'saved' ? 0 : 30);
    }
  };
  const savedBy = (index: number) => typed[index]?.filter(({ told }) => told === 'saved').length ?? 0;
  const stage: OutageStage = {
    proxy,
    slack: slackSide.standIn,
    url,
    begin,
    async terminateBackends() {
      await admin`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`;
    },
    async breakAtCommit(what, count) {
      const before = proxy.broken();
      proxy.breakAtCommit(what, count);
      while (proxy.broken() < before + count) await sleep(5);
    },
    async allSaved(count = 1) {
      faultsEnded.push(performance.now());
      const before = typed.map((_, index) => savedBy(index));
      const isBack = () => typed.every((_, index) => savedBy(index) >= (before[index] ?? 0) + count);
      for (let tries = 0; !isBack(); tries += 1) {
        if (tries > 6000)
          throw new Error(`nobody gets anything saved any more:\n${service.said().slice(-5000)}`);
        await sleep(10);
      }
    },
  };
  try {
    await ready(url, service);
    const typing = everybody.map((_, index) => type(index));
    try {
      await run.script(stage);
    } finally {
      isOver = true;
      begin();
      await Promise.all(typing);
    }
    const isAlive = (await fetch(`${url}/healthz`).catch(() => undefined))?.ok === true;
    const rows = await admin<{ company: string; n: number }[]>`
      select company, count(*)::int as n from leads group by company order by company`;
    const found = new Map(rows.map(({ company, n }) => [company, n]));
    return { ...judge(typed, found, faultsEnded), isAlive, uncaught: strangeErrors(service.said()) };
  } finally {
    service.kill('SIGKILL');
    await service.exited;
    await Promise.all([slackSide.close(), proxy.close(), admin.end()]);
  }
}

/** Types one line; a promise that the result follows is waited for. */
async function tell(
  standIn: SlackStandIn,
  user: string,
  company: string,
): Promise<{ told: Told; text: string }> {
  const line = `new-lead "${company} Pumps" Jane jane@${company}.example`;
  const before = standIn.messages({ user, all: true }).length;
  const { body, error } = await standIn.command({ user, text: line, channel: 'C0DESK' });
  if (error !== undefined) return { told: 'none', text: error };
  let text = JSON.stringify(body);
  if (text.includes('takes longer')) {
    for (let tries = 0; tries < 300 && text.includes('takes longer'); tries += 1) {
      await sleep(100);
      const later = standIn.messages({ user, all: true }).slice(before);
      text = JSON.stringify(later.filter(({ kind }) => kind !== 'echo').at(-1) ?? '');
    }
  }
  return { told: toldOf(text, company), text };
}

function toldOf(text: string, company: string): Told {
  if (text.includes('Not saved')) return 'not saved';
  if (text.includes('Not confirmed')) return 'not confirmed';
  return text.includes('L-') && text.includes(company) ? 'saved' : 'something else';
}

function judge(
  typed: readonly (readonly Typed[])[],
  found: ReadonlyMap<string, number>,
  faultsEnded: readonly number[],
): Omit<Outage, 'isAlive' | 'uncaught'> {
  const all = typed.flat();
  const countOf = ({ company }: Typed) => found.get(`${company} Pumps`) ?? 0;
  const told: Outage['told'] = { saved: 0, 'not saved': 0, 'not confirmed': 0, none: 0, 'something else': 0 };
  for (const one of all) told[one.told] += 1;
  const recoveries = faultsEnded.flatMap((end, index) =>
    typed.map((lines) => {
      const until = faultsEnded[index + 1] ?? Number.POSITIVE_INFINITY;
      const after = lines.filter(({ at }) => at >= end && at < until);
      const first = after.findIndex((one) => one.told === 'saved');
      return {
        tries: first + 1,
        ms: first < 0 ? 0 : (after[first]?.at ?? 0) + (after[first]?.ms ?? 0) - end,
      };
    }),
  );
  const companies = (which: (one: Typed) => boolean) => all.filter(which).map(({ company }) => company);
  return {
    told,
    lost: companies((one) => one.told === 'saved' && countOf(one) === 0),
    twice: companies((one) => countOf(one) > 1),
    ghosts: companies((one) => one.told === 'not saved' && countOf(one) > 0),
    strange: all
      .filter((one) => one.told === 'something else' || one.told === 'none')
      .map(({ text }) => text),
    mostTries: Math.max(0, ...recoveries.map(({ tries }) => tries)),
    slowestRecoveryMs: Math.round(Math.max(0, ...recoveries.map(({ ms }) => ms))),
    slowestAnswerMs: Math.round(Math.max(...all.map(({ ms }) => ms))),
    over3s: all.filter(({ ms }) => ms > 3000).length,
  };
}

/** Errors of the log that do not come from a database that is away, and what is printed without the log. */
function strangeErrors(said: string): string[] {
  return said.split('\n').filter((line) => {
    if (line === '') return false;
    if (!line.startsWith('{')) return true;
    const { level } = JSON.parse(line) as { level: number | string };
    const isError = level === 'error' || level === 'fatal' || Number(level) >= 50;
    return isError && !/unavailable|Unavailable|Deadline|deadline|cannot be reached|ECONN/.test(line);
  });
}
