import { and, eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Core } from './app.ts';
import { codeUnknown, connectByCode } from './connect-code.ts';
import { organizationOfCode } from './infra/one-time-codes.ts';
import { installedOrganizations } from './infra/organizations.ts';
import type { Profile, Visitor } from './runtime/interaction.ts';
import { installations } from './store/tables/people.ts';
import type { Tx } from './store/tx.ts';

/**
 * Ties a tenant that nobody has connected to the organization whose admin (or operator) made the code, and the person
 * who sent it to that admin. Throws AppError with words for the sender.
 */
export async function connectTenant(
  core: Core,
  typed: string,
  visitor: Visitor,
  profile: Profile,
  tenantName: string,
): Promise<void> {
  const orgId = await organizationOfCode(core.db, 'link', typed);
  if (!orgId || profile.isOutsider) throw codeUnknown();
  const installed = await installedOrganizations(core.db, visitor.platform);
  const former = installed.find(({ externalId }) => externalId === visitor.installation);
  // A tenant that was here before belongs to its own organization, whoever sends the code.
  if (former && former.orgId !== orgId) throw codeUnknown();
  await core.db.transaction({ as: 'app', orgId }, (tx) =>
    connectByCode(core, tx, { orgId, code: typed, visitor, profile }, (now) =>
      connect(tx, orgId, visitor, { name: tenantName, installedBy: visitor.userId, now }),
    ),
  );
  core.forgetInstallations();
}

async function connect(
  tx: Tx,
  orgId: string,
  { platform, installation }: Visitor,
  { name, installedBy, now }: { name: string; installedBy: string; now: Date },
): Promise<void> {
  const values = { name, installedBy, status: 'connected' as const };
  const renewed = await tx
    .update(installations)
    .set(values)
    .where(
      and(
        eq(installations.orgId, orgId),
        eq(installations.platform, platform),
        eq(installations.externalId, installation),
      ),
    )
    .returning({ id: installations.id });
  if (renewed.length > 0) return;
  await tx
    .insert(installations)
    .values({ ...values, orgId, id: uuidv7(), platform, externalId: installation, createdAt: now });
}
