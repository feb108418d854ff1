/** One replica's scheduler that looks all the time, on the run's clock; a process of its own, to be killed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { openPostgres } from '../../src/infra/db/postgres.ts';
import { createSchedules } from '../../src/infra/schedules.ts';
import { createScheduler } from '../../src/runtime/scheduler.ts';
import { sharedClock } from './shared-clock.ts';

const db = openPostgres({ url: process.env.DATABASE_URL ?? '', poolSize: 2 });
const complain = (fields: object, message: string) =>
  void process.stderr.write(`${message} ${'err' in fields ? fields.err : ''}\n`);
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: complain };
const scheduler = createScheduler({
  schedules: createSchedules(db, silent),
  timers: [],
  clock: sharedClock(process.env.CLOCK ?? '', Number(process.env.SKEW_MS)),
  log: silent,
  wake: () => {},
  everyMinute: () => async () => {},
});
await db.ping();
process.stdout.write('ready\n');
for (;;) {
  await scheduler.tick();
  await sleep(5);
}
