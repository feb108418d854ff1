/**
 * Control: looks what is due, queues it and moves the schedule on, without claiming the run first. A process of its
 * own; the run that the service passes must break this one.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { sharedClock } from '../chaos/shared-clock.ts';

const sql = postgres(process.env.DATABASE_URL ?? '', { max: 2, onnotice: () => {} });
const clock = sharedClock(process.env.CLOCK ?? '', Number(process.env.SKEW_MS));
await sql`select 1`;
process.stdout.write('ready\n');
for (;;) {
  const due = await sql<{ id: string; org_id: string; job: string; next_on: string }[]>`
    select id, org_id, job, next_on::text from schedules where next_run_at <= ${clock.now()}`;
  for (const { id, org_id, job, next_on } of due) {
    await sql`insert into outbox (org_id, id, kind, name, payload, order_key)
      values (${org_id}, ${randomUUID()}, 'job', ${job}, ${sql.json({ schedule: { on: next_on } })}, ${id})`;
    await sql`update schedules set next_run_at = next_run_at + interval '1 day', next_on = next_on + 1
      where id = ${id} and next_on = ${next_on}::date`;
  }
  await sleep(5);
}
