/**
 * Signed `/crm new-lead` commands from HTTP request to committed answer, beside pgbench running every statement of
 * the same command on the same database. Service, load and Postgres share the machine.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../../src/infra/db/client.ts';
import { migrate } from '../../src/infra/db/migrate.ts';
import { type Outcome, outcomesOf } from './outcomes.ts';
import { type Measured, report } from './report.ts';

const secret = 'bench-signing-secret';
const seconds = Number(process.env.BENCH_SECONDS ?? 8);
const port = 3900;
const apiPort = 3901;
const admin = process.env.TEST_DATABASE_URL ?? 'postgres://root@127.0.0.1:5432/postgres';

/** The same ids as in new-lead.sql, so that both sides work on the same organizations. */
async function seed(url: string, organizations: number): Promise<void> {
  const db = await openDatabase({ url, dataDir: '', production: true });
  await migrate(db);
  await db.asOwner(async (owner) => {
    const id = (prefix: string) => `('${prefix}0000000-0000-7000-8000-' || lpad(to_hex(k), 12, '0'))::uuid`;
    const all = `from generate_series(1, ${organizations}) k`;
    await owner.exec(`
      insert into organizations (org_id, slug, name, currency, time_zone, created_at)
        select ${id('0')}, 'bench-' || k, 'Bench', 'USD', 'UTC', now() ${all};
      insert into installations (org_id, id, platform, external_id, name, status, created_at)
        select ${id('0')}, ${id('5')}, 'slack', 'TB' || k, 'Bench', 'connected', now() ${all};
      insert into members (org_id, id, name, roles, locale, time_zone, status, created_at, updated_at)
        select ${id('0')}, ${id('1')}, 'Rep', '{rep}', 'en', 'UTC', 'active', now(), now() ${all};
      insert into identities (org_id, id, member_id, platform, installation_id, installation_external_id, external_user_id, created_at)
        select ${id('0')}, ${id('6')}, ${id('1')}, 'slack', ${id('5')}, 'TB' || k, 'U1', now() ${all};`);
  });
  await db.close();
}

async function startService(url: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../src/start.js')], {
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      DATABASE_URL: url,
      SLACK_SIGNING_SECRET: secret,
      SLACK_BOT_TOKEN: 'xoxb-bench',
      SLACK_API_URL: `http://127.0.0.1:${apiPort}/api/`,
      PLAYGROUND: 'off',
      // What it can do is measured, not how it is shared.
      COMMANDS_PER_SECOND: '100000',
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  for (let tries = 0; tries < 100; tries++) {
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (ready?.ok) return child;
    await sleep(100);
  }
  throw new Error('the service did not start');
}

/** Answers the one call the service makes of Slack at its start. */
const api = createServer((_request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ ok: true, team_id: 'TB1', team: 'Bench', user_id: 'UBOT' }));
}).listen(apiPort, '127.0.0.1');

/** A refusal may name another lead: a twin. */
const savedLead = /"text":"✅ L-\d+/;

let agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** The service has closed the connections that idled while the reference ran. */
function openAnew(): void {
  agent.destroy();
  agent = new Agent({ keepAlive: true, maxSockets: 64 });
}

function command(team: number): Promise<{ ms: number } & Outcome> {
  const unique = randomUUID().slice(0, 13);
  const body = new URLSearchParams({
    command: '/crm',
    text: `new-lead "${unique} Pumps" Jane jane@${unique}.example src:expo 80k`,
    team_id: `TB${team}`,
    user_id: 'U1',
    channel_id: 'C1',
    trigger_id: unique,
    response_url: 'http://127.0.0.1:1/none',
  }).toString();
  const timestamp = Math.floor(Date.now() / 1000).toString();
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
  const started = performance.now();
  return new Promise((resolve) => {
    const call = request(
      {
        port,
        host: '127.0.0.1',
        path: '/slack/events',
        method: 'POST',
        agent,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': Buffer.byteLength(body),
          'x-slack-request-timestamp': timestamp,
          'x-slack-signature': signature,
        },
      },
      (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => {
          const ms = performance.now() - started;
          const ok = savedLead.test(text);
          resolve({ ms, ok, answer: `${response.statusCode} ${text.slice(0, 300)}` });
        });
      },
    );
    call.on('error', (error) =>
      resolve({ ms: performance.now() - started, ok: false, answer: String(error) }),
    );
    call.end(body);
  });
}

const pick = (organizations: number) => 1 + Math.floor(Math.random() * organizations);

/** As many commands as `clients` can send one after the other, each of which has to succeed. */
async function saturate(clients: number, organizations: number): Promise<number> {
  openAnew();
  const outcomes = outcomesOf(`${clients} clients, ${organizations} organizations`);
  const until = performance.now() + seconds * 1000;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < until) outcomes.add(await command(pick(organizations)));
    }),
  );
  return outcomes.done() / seconds;
}

/** A fixed rate, whatever the answers take. Milliseconds at the 99th percentile. */
async function steady(perSecond: number, organizations: number): Promise<{ p50: number; p99: number }> {
  openAnew();
  const outcomes = outcomesOf(`${perSecond} requests/s`);
  const running: Promise<{ ms: number }>[] = [];
  for (let sent = 0; sent < perSecond * seconds; sent++) {
    running.push(
      command(pick(organizations)).then((one) => {
        outcomes.add(one);
        return one;
      }),
    );
    await sleep(1000 / perSecond);
  }
  const times = (await Promise.all(running)).map((one) => one.ms).sort((a, b) => a - b);
  outcomes.done();
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}

function pgbench(url: string, clients: number, organizations: number): number {
  const found = ['/usr/lib/postgresql/15/bin/pgbench', '/usr/bin/pgbench'].find((path) => existsSync(path));
  if (!found) throw new Error('pgbench is not installed');
  const text = execFileSync(
    found,
    [
      '-n',
      '-M',
      'prepared',
      '-c',
      String(clients),
      '-j',
      '2',
      '-T',
      String(seconds),
      '-D',
      `orgs=${organizations}`,
      '-f',
      join(import.meta.dirname, 'new-lead.sql'),
      url,
    ],
    { encoding: 'utf8', cwd: mkdtempSync(join(tmpdir(), 'bench-')) },
  );
  const tps = /tps = ([\d.]+)/.exec(text)?.[1];
  if (!tps) throw new Error(`pgbench said: ${text}`);
  return Number(tps);
}

const name = `parley_bench_${process.pid}`;
const url = new URL(admin);
url.pathname = `/${name}`;
const psql = (sql: string) => execFileSync('psql', [admin, '-qc', sql], { stdio: 'ignore' });
psql(`create database ${name}`);
const measured: Measured[] = [];
try {
  await seed(url.toString(), 50);
  const service = await startService(url.toString());
  try {
    await saturate(8, 50);
    for (const organizations of [1, 50]) {
      for (const clients of [8, 32]) {
        const ours = await saturate(clients, organizations);
        const reference = pgbench(url.toString(), clients, organizations);
        measured.push({
          what: `new-lead committed, ${clients} clients, ${organizations} organizations`,
          value: `${ours.toFixed(0)}/s`,
          reference: `pgbench ${reference.toFixed(0)}/s`,
          ratio: ours / reference,
          goal: '≥ 0.35',
        });
      }
    }
    const { p50, p99 } = await steady(50, 50);
    measured.push({
      what: 'new-lead at 50 requests/s, answer time',
      value: `p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`,
      reference: '–',
      goal: 'p99 ≤ 300 ms',
    });
  } finally {
    service.kill('SIGTERM');
    await new Promise((resolve) => service.once('exit', resolve));
  }
} finally {
  psql(`drop database if exists ${name} with (force)`);
  agent.destroy();
  api.close();
}
report(measured);
