import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { type Child, freePort } from '../journeys/child.ts';
import { commandBody, secret, signed } from '../journeys/service.ts';
import { freshPostgres } from '../support/database.ts';
import { generator, ready } from './kill-run.ts';
import { foundOn } from './organization.ts';
import { person, slack } from './people.ts';
import { serveSlackFor } from './platforms.ts';

export interface ReplicasRun {
  start(env: Record<string, string>): Child;
  deliveries: number;
  seed: number;
}

export interface Replicated {
  /** Deliveries by how often each was made. */
  made: Record<number, number>;
  /** Leads that are not there exactly once in the end. */
  notOnce: string[];
  /** How often all was delivered again that had not been taken yet, as on a busy machine. */
  rounds: number;
}

const people = 8;
const atOnce = 4;
const mostRounds = 50;

/**
 * Words in channels, presses and commands, each delivered one to four times, at random to either of two processes of
 * the service and within a few milliseconds or one after the other.
 */
export async function replicasRun({ start, deliveries, seed }: ReplicasRun): Promise<Replicated> {
  const random = generator(seed);
  const [databaseUrl, first, second] = [await freshPostgres(), await freePort(), await freePort()];
  const urls = [first, second].map((port) => `http://127.0.0.1:${port}`);
  const everybody = Array.from({ length: people }, (_, index) => person(index));
  const slackSide = await serveSlackFor(everybody, {
    port: 0,
    target: 'http://127.0.0.1:1/',
    desk: 'C0DESK',
  });
  await foundOn(databaseUrl);
  const admin = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  const services = urls.map((url) =>
    start({
      PORT: new URL(url).port,
      DATABASE_URL: databaseUrl,
      SLACK_SIGNING_SECRET: secret,
      SLACK_BOT_TOKEN: slack.token,
      SLACK_API_URL: `${slackSide.url}/api/`,
      PLAYGROUND: 'off',
      LOG_LEVEL: 'error',
    }),
  );
  const all = Array.from({ length: deliveries }, (_, index) => {
    const company = `${randomUUID().slice(0, 13)} Pumps`;
    return { index, company, ...requestOf(index, company, everybody[index % people]?.slackId ?? '') };
  });
  const made: Record<number, number> = {};
  const deliver = async ({ index, body, type }: (typeof all)[number]) => {
    const copies = 1 + Math.floor(random() * 4);
    const together = random() < 0.5;
    made[copies] = (made[copies] ?? 0) + 1;
    const send = async (copy: number) => {
      if (together) await sleep(random() * 5);
      const url = urls[random() < 0.5 ? 0 : 1];
      const request = signed(body, { type, headers: retryHeaders(index, copy) });
      await (await fetch(`${url}/slack/events`, request)).text();
    };
    if (together) await Promise.all(Array.from({ length: copies }, (_, copy) => send(copy)));
    else for (let copy = 0; copy < copies; copy += 1) await send(copy);
  };
  try {
    await Promise.all(urls.map((url, index) => ready(url, services[index] as Child)));
    // Everybody is known before copies arrive: who comes in first is another question.
    for (const { slackId } of everybody) {
      const hello = commandBody('today', { user_id: slackId, team_id: slack.team, channel_id: 'C0DESK' });
      await fetch(`${urls[0]}/slack/events`, signed(hello));
    }
    const count = async () => {
      const rows = await admin<{ company: string; n: number }[]>`
        select company, count(*)::int as n from leads group by company order by company`;
      const found = new Map(rows.map(({ company, n }) => [company, n]));
      return (company: string) => found.get(company) ?? 0;
    };
    let countOf: (company: string) => number = () => 0;
    let rounds = 0;
    for (let missing = all; missing.length > 0 && rounds < mostRounds; rounds += 1) {
      const waiting = [...missing];
      const work = async () => {
        for (let next = waiting.pop(); next; next = waiting.pop()) await deliver(next);
      };
      await Promise.all(Array.from({ length: atOnce }, work));
      countOf = await count();
      missing = all.filter(({ company }) => countOf(company) === 0);
    }
    const notOnce = all.flatMap(({ company }) => (countOf(company) === 1 ? [] : [company]));
    return { made, notOnce, rounds };
  } finally {
    for (const child of services) child.kill('SIGKILL');
    await Promise.all(services.map(({ exited }) => exited));
    await Promise.all([slackSide.close(), admin.end()]);
  }
}

const form = 'application/x-www-form-urlencoded';

/** The same body for every copy, as Slack sends them. */
function requestOf(index: number, company: string, user: string): { body: string; type: string } {
  const key = randomUUID();
  const line = `new-lead "${company}" Jane`;
  if (index % 3 === 0) {
    const change = { user_id: user, team_id: slack.team, trigger_id: key, channel_id: 'C0DESK' };
    return { body: commandBody(line, change), type: form };
  }
  if (index % 3 === 1) {
    const event = {
      type: 'app_mention',
      user,
      text: `<@${slack.bot}> ${line}`,
      ts: `${index}.000100`,
      channel: 'C0DESK',
    };
    const envelope = {
      type: 'event_callback',
      team_id: slack.team,
      event_id: key,
      authorizations: [
        { team_id: slack.team, user_id: slack.bot, is_bot: true, is_enterprise_install: false },
      ],
      event,
    };
    return { body: JSON.stringify(envelope), type: 'application/json' };
  }
  const press = { a: 'leads.create', i: { company, contactName: 'Jane' } };
  const payload = {
    type: 'block_actions',
    trigger_id: key,
    team: { id: slack.team },
    user: { id: user, team_id: slack.team },
    channel: { id: 'C0DESK', name: 'desk' },
    actions: [{ action_id: 'press:0', block_id: 'b', value: JSON.stringify(press), action_ts: `${index}.1` }],
  };
  return { body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), type: form };
}

/** Slack says so when it delivers an event again. */
function retryHeaders(index: number, copy: number): Record<string, string> {
  if (index % 3 !== 1 || copy === 0) return {};
  return { 'x-slack-retry-num': String(copy), 'x-slack-retry-reason': 'http_timeout' };
}
