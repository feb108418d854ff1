import { and, eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Locale } from '../kernel/text.ts';
import type { Engine } from '../runtime/engine.ts';
import { foundOrganization } from '../runtime/execute.ts';
import { installationKey } from '../runtime/relay/work.ts';
import { openGate } from '../store/gates.ts';
import { ensureTimers } from '../store/schedules.ts';
import { organizations } from '../store/tables/organizations.ts';
import { installations } from '../store/tables/people.ts';
import type { Tx } from '../store/tx.ts';
import type { Database } from './db/database.ts';

export interface NewOrganization {
  slug: string;
  name: string;
  currency: string;
  timeZone: string;
  locale: Locale;
}

/**
 * Makes an organization with what every organization starts with. Returns its id. Throws when the slug is taken.
 * `also`: done in the same transaction, so that it is made with that or not at all.
 */
export async function createOrganization(
  engine: Engine,
  values: NewOrganization,
  also?: (tx: Tx, orgId: string) => Promise<void>,
): Promise<string> {
  const orgId = uuidv7();
  const createdAt = engine.clock.now();
  await foundOrganization(engine, orgId, async (tx) => {
    const rows = await tx
      .insert(organizations)
      .values({ orgId, ...values, createdAt })
      .returning();
    const scope = { tx, now: createdAt, newId: engine.newId };
    await ensureTimers(scope, rows.map(scheduleCalendarOf), engine.registry.timers());
    await also?.(tx, orgId);
  });
  return orgId;
}

function scheduleCalendarOf({ orgId, timeZone, workdays, holidays }: typeof organizations.$inferSelect) {
  return { id: orgId, timeZone, workdays, holidays };
}

/** All organizations by slug; for operators and single-organization set-ups. */
export async function listOrganizations(
  db: Database,
): Promise<{ orgId: string; slug: string; name: string; currency: string }[]> {
  return db.transaction({ as: 'router' }, (tx) =>
    tx
      .select({
        orgId: organizations.orgId,
        slug: organizations.slug,
        name: organizations.name,
        currency: organizations.currency,
      })
      .from(organizations)
      .orderBy(organizations.slug),
  );
}

/** Connects a workspace to an organization; connecting it again refreshes its name. */
export async function connectInstallation(
  db: Database,
  orgId: string,
  values: { platform: 'slack' | 'teams'; externalId: string; name: string; botUserId: string | null },
  now: Date,
): Promise<void> {
  await db.transaction({ as: 'app', orgId }, async (tx) => {
    const updated = await tx
      .update(installations)
      .set({ name: values.name, status: 'connected', botUserId: values.botUserId })
      .where(
        and(
          eq(installations.orgId, orgId),
          eq(installations.platform, values.platform),
          eq(installations.externalId, values.externalId),
        ),
      )
      .returning({ id: installations.id });
    if (updated.length > 0) {
      await openGate(tx, orgId, installationKey(values.platform, values.externalId));
      return;
    }
    await tx
      .insert(installations)
      .values({ orgId, id: uuidv7(), ...values, status: 'connected', createdAt: now });
  });
}

/** Organizations with a workspace on this platform, one that was uninstalled included. */
export async function installedOrganizations(
  db: Database,
  platform: 'slack' | 'teams',
): Promise<{ orgId: string; externalId: string }[]> {
  return db.transaction({ as: 'router' }, (tx) =>
    tx
      .select({ orgId: installations.orgId, externalId: installations.externalId })
      .from(installations)
      .where(eq(installations.platform, platform)),
  );
}

/** A workspace was uninstalled: no token, no traffic; CRM data stays. */
export async function disconnectInstallation(
  db: Database,
  orgId: string,
  platform: 'slack' | 'teams',
  externalId: string,
): Promise<void> {
  await db.transaction({ as: 'app', orgId }, (tx) =>
    tx
      .update(installations)
      .set({ status: 'disconnected', tokenCipher: null })
      .where(
        and(
          eq(installations.orgId, orgId),
          eq(installations.platform, platform),
          eq(installations.externalId, externalId),
        ),
      ),
  );
}
