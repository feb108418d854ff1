import { and, inArray, isNull, lt, sql } from 'drizzle-orm';
import { schedule } from 'node-cron';
import type { Log } from '../runtime/ports.ts';
import { noOrganization, oauthStates, oneTimeCodes, sessions } from '../store/tables/access.ts';
import { outbox } from '../store/tables/outbox.ts';
import { scheduleRuns } from '../store/tables/schedules.ts';
import { idempotencyKeys, inbox, pendingInputs, repeats } from '../store/tables/short-lived.ts';
import type { Database } from './db/database.ts';
import { listOrganizations } from './organizations.ts';

/**
 * Removes what has served its purpose: line repeats after an hour, deliveries and idempotency keys after a day,
 * stored buttons and claimed runs after 30, sessions, codes and begun installations a day after their end. Returns how to stop. The timer is only a tick; what is due is decided by the rows.
 */
export function startHousekeeping(db: Database, log: Log): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  const task = schedule('17 * * * *', () => {
    running = sweep(db).catch((error) => log.error({ err: error }, 'housekeeping failed'));
  });
  return async () => {
    await task.destroy();
    await running;
  };
}

/** One organization after the other, so that no transaction is long. */
export async function sweep(db: Database): Promise<void> {
  const organizations = await listOrganizations(db);
  for (const orgId of [noOrganization, ...organizations.map((one) => one.orgId)]) {
    await db.transaction({ as: 'app', orgId }, (tx) =>
      Promise.all([
        tx.delete(repeats).where(lt(repeats.at, sql`now() - interval '1 hour'`)),
        tx.delete(inbox).where(lt(inbox.at, sql`now() - interval '1 day'`)),
        tx.delete(idempotencyKeys).where(lt(idempotencyKeys.at, sql`now() - interval '1 day'`)),
        tx.delete(pendingInputs).where(lt(pendingInputs.createdAt, sql`now() - interval '30 days'`)),
        tx.delete(scheduleRuns).where(lt(scheduleRuns.at, sql`now() - interval '30 days'`)),
        tx.delete(outbox).where(
          and(
            inArray(outbox.state, ['sent', 'folded', 'cancelled']),
            lt(outbox.settledAt, sql`now() - interval '30 days'`),
            // What must not be queued a second time is remembered by its row.
            isNull(outbox.dedupeKey),
          ),
        ),
        tx.delete(sessions).where(lt(sessions.expiresAt, sql`now() - interval '1 day'`)),
        tx.delete(oneTimeCodes).where(lt(oneTimeCodes.expiresAt, sql`now() - interval '1 day'`)),
        tx.delete(oauthStates).where(lt(oauthStates.expiresAt, sql`now() - interval '1 day'`)),
      ]),
    );
  }
}
