/**
 * One run of transactions of many organizations while their server processes are terminated at random. A process
 * of its own, because one thing it counts is errors nobody catches:
 *   node --import tsx test/infra/db/kill-run.ts <url> guarded|stock <transactions> <seed>
 * Prints what was found as JSON.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { DatabaseUnavailableError } from '../../../src/infra/db/errors.ts';
import { openPostgres } from '../../../src/infra/db/postgres.ts';
import { openStockPool } from '../../controls/stock-pool.ts';

export interface KillRunResult {
  committed: number;
  rejected: number;
  unknown: number;
  kills: number;
  /** Rows found under another organization than the one they were written for. */
  foreignRows: number;
  /** Rows of transactions that were told to have failed, and rows of halves of transactions. */
  ghostRows: number;
  /** Committed transactions of which rows are missing. */
  lost: number;
  hung: number;
  uncaught: number;
  seed: number;
}

const poolSize = 6;
const atOnce = 12;
const statements = 6;
const [, , url = '', driver = '', count = '0', seedText = '0'] = process.argv;
const seed = Number(seedText);
const random = generator(seed);

let uncaught = 0;
process.on('uncaughtException', () => {
  uncaught += 1;
});
process.on('unhandledRejection', () => {
  uncaught += 1;
});

type Send = (text: string, values: string[]) => Promise<unknown>;
type Outcome = 'committed' | 'rejected' | 'unknown' | 'hung';

function openDriver(): {
  transaction(orgId: string, run: (send: Send) => Promise<void>): Promise<void>;
  close(): Promise<unknown>;
} {
  if (driver === 'stock') return openStockPool(url, poolSize);
  const database = openPostgres({ url, poolSize });
  return {
    transaction: (orgId, run) =>
      database.transaction({ as: 'app', orgId }, (tx) =>
        run((text, values) => {
          // The same statement through drizzle, with its parameters bound.
          const [before = '', ...rest] = text.split(/\$\d/);
          const query = sql.empty().append(sql.raw(before));
          rest.forEach((part, at) => {
            query.append(sql`${values[at]}`).append(sql.raw(part));
          });
          return tx.execute(query);
        }),
      ),
    close: () => database.close(),
  };
}

const admin = postgres(url, { max: 1, onnotice: () => {} });
const [{ pid: ownPid } = { pid: 0 }] = await admin<{ pid: number }[]>`select pg_backend_pid() as pid`;
const pool = openDriver();
const organizations = Array.from({ length: 20 }, () => randomUUID());
const runs: { id: string; outcome: Outcome }[] = [];
let kills = 0;
let isOver = false;
/** Statements that ended, however: kills follow them, so that a slow machine sees as many per transaction. */
let ended = 0;

async function oneTransaction(): Promise<void> {
  const meant = organizations[Math.floor(random() * organizations.length)] ?? '';
  const run: (typeof runs)[number] = { id: randomUUID(), outcome: 'hung' };
  runs.push(run);
  const together = random() < 0.5;
  try {
    await pool.transaction(meant, async (send) => {
      const insert = async () => {
        try {
          await send('insert into probe (meant, run, id) values ($1::uuid, $2::uuid, $3::uuid)', [
            meant,
            run.id,
            randomUUID(),
          ]);
        } finally {
          ended += 1;
        }
      };
      if (together) {
        await Promise.all([insert(), insert(), insert()]);
        await sleep(random() * 40);
        await Promise.all([insert(), insert(), insert()]);
        return;
      }
      for (let at = 0; at < statements; at++) {
        await insert();
        // At times long enough for a lost connection to be open again, and in use, at the next statement.
        await sleep(random() < 0.4 ? random() * 40 : 0);
      }
    });
    run.outcome = 'committed';
  } catch (error) {
    const isUnknown = error instanceof DatabaseUnavailableError && error.committing;
    // The stock driver does not tell whether COMMIT was sent: give it the benefit of the doubt.
    run.outcome = isUnknown || driver === 'stock' ? 'unknown' : 'rejected';
  }
}

/** Nothing has ended for five seconds: what is left hangs. */
async function standstill(): Promise<void> {
  const answered = () => runs.filter((run) => run.outcome !== 'hung').length;
  for (let before = -1; before !== answered(); await sleep(5_000)) before = answered();
}

async function killer(): Promise<void> {
  while (!isOver) {
    const next = ended + 4 + random() * 8;
    // Connections that hang end no statements any more.
    for (let waited = 0; ended < next && waited < 300 && !isOver; waited += 5) await sleep(5);
    const killed = await admin`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> ${ownPid} and backend_type = 'client backend'
      order by random() limit 1`;
    kills += killed.length;
  }
}

const killing = killer();
let left = Number(count);
const workers = Array.from({ length: atOnce }, async () => {
  // Those who wait longer than this go on without an answer, as people do.
  while (left-- > 0) await Promise.race([oneTransaction(), sleep(2_000)]);
});
const finished = Promise.all(workers).then(() => {
  isOver = true;
});
await Promise.race([finished, standstill()]);
isOver = true;
await killing;
// Whatever is still under way has nobody left to disturb it.
await Promise.race([finished, sleep(3_000)]);
await sleep(200);

const rows = await admin<{ run: string; rows: number; foreign: number }[]>`
  select run, count(*)::int as rows, count(*) filter (where org_id <> meant)::int as foreign from probe group by run`;
const found = new Map(rows.map((row) => [row.run, row]));
const outcomes = (outcome: Outcome) => runs.filter((run) => run.outcome === outcome);
const result: KillRunResult = {
  committed: outcomes('committed').length,
  rejected: outcomes('rejected').length,
  unknown: outcomes('unknown').length,
  kills,
  foreignRows: rows.reduce((sum, row) => sum + row.foreign, 0),
  ghostRows: runs.reduce((sum, run) => {
    const there = found.get(run.id)?.rows ?? 0;
    const isHalf = there !== 0 && there !== statements;
    return sum + (isHalf || run.outcome === 'rejected' ? there : 0);
  }, 0),
  lost: outcomes('committed').filter((run) => (found.get(run.id)?.rows ?? 0) < statements).length,
  hung: outcomes('hung').length,
  uncaught,
  seed,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exit(0);

/** mulberry32 */
function generator(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
