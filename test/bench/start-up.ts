/**
 * From the start of the process until it answers, and what it then takes of memory: on Postgres, and on the embedded
 * database the first time and later. Each is started several times; the median counts.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { report } from './report.ts';

const starts = 5;
const port = 3902;
const apiPort = 3903;
const admin = process.env.TEST_DATABASE_URL ?? 'postgres://root@127.0.0.1:5432/postgres';
const idleMs = 2_000;

interface Started {
  seconds: number;
  megabytes: number;
}

/** Answers the one call the service makes of Slack at its start. */
const api = createServer((_request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ ok: true, team_id: 'TB1', team: 'Bench', user_id: 'UBOT' }));
}).listen(apiPort, '127.0.0.1');

async function startOnce(env: Record<string, string>): Promise<Started> {
  const began = performance.now();
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../src/start.js')], {
    env: { PATH: process.env.PATH, PORT: String(port), LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    while (!(await isReady())) {
      if (child.exitCode !== null || performance.now() - began > 60_000) throw new Error('did not start');
      await sleep(10);
    }
    const seconds = (performance.now() - began) / 1000;
    await sleep(idleMs);
    return { seconds, megabytes: memoryOf(child) };
  } finally {
    child.kill('SIGTERM');
    await new Promise((resolve) => (child.exitCode === null ? child.once('exit', resolve) : resolve(null)));
  }
}

async function isReady(): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
  return answer?.ok === true;
}

/** Resident memory in MB, as Linux counts it. */
function memoryOf({ pid }: ChildProcess): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

async function several(env: Record<string, string>): Promise<Started> {
  const all: Started[] = [];
  for (let turn = 0; turn < starts; turn++) all.push(await startOnce(env));
  const median = (of: keyof Started) => all.map((one) => one[of]).sort((a, b) => a - b)[starts >> 1] ?? 0;
  return { seconds: median('seconds'), megabytes: median('megabytes') };
}

const told = ({ seconds, megabytes }: Started) => `${seconds.toFixed(2)} s, ${Math.round(megabytes)} MB`;
const said = (what: string, started: Started, goal: string) =>
  report([{ what, value: told(started), reference: '–', goal }]);

const name = `parley_bench_start_${process.pid}`;
const url = admin.replace(/[^/]*$/, name);
const folder = mkdtempSync(join(tmpdir(), 'parley-bench-start-'));
execFileSync('psql', [admin, '-qc', `create database ${name}`]);
try {
  const slack = {
    SLACK_SIGNING_SECRET: 'bench-signing-secret',
    SLACK_BOT_TOKEN: 'xoxb-bench',
    SLACK_API_URL: `http://127.0.0.1:${apiPort}/api/`,
    PLAYGROUND: 'off',
  };
  await startOnce({ ...slack, DATABASE_URL: url });
  said(
    'start to ready on Postgres, memory idle',
    await several({ ...slack, DATABASE_URL: url }),
    '≤ 1.5 s, ≤ 200 MB',
  );
  const embedded = { DATA_DIR: join(folder, 'data') };
  said('first start with the playground, embedded', await startOnce(embedded), '≤ 5 s, ≤ 300 MB');
  said('later starts with the playground, embedded', await several(embedded), '≤ 2 s, ≤ 300 MB');
} finally {
  api.close();
  rmSync(folder, { recursive: true, force: true });
  execFileSync('psql', [admin, '-qc', `drop database ${name} with (force)`]);
}
