import { and, eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Core } from './app.ts';
import { canonicalCode, organizationOfCode, takeCode } from './infra/one-time-codes.ts';
import { installedOrganizations } from './infra/organizations.ts';
import { AppError } from './kernel/errors.ts';
import { command } from './kernel/text.ts';
import type { Profile, Visitor } from './runtime/interaction.ts';
import { engineMessages as t } from './runtime/messages.ts';
import { identities, installations } from './store/tables/people.ts';
import type { Tx } from './store/tx.ts';

/**
 * Ties a tenant that nobody has connected to the organization whose admin (or operator) made the code, and the person
 * who sent it to that admin: the code was shown to them on one side and typed on the other. All in one transaction, so
 * that of two at once one connects. Throws AppError with words for the sender.
 */
export async function connectTenant(
  core: Core,
  typed: string,
  visitor: Visitor,
  profile: Profile,
  tenantName: string,
): Promise<void> {
  const orgId = await organizationOfCode(core.db, 'link', typed);
  // Unknown, and one that may not connect, read the same: nobody learns which codes there are.
  if (!orgId || profile.isOutsider) throw codeUnknown();
  const installed = await installedOrganizations(core.db, visitor.platform);
  const former = installed.find(({ externalId }) => externalId === visitor.installation);
  // A tenant that was here before belongs to its own organization, whoever sends the code.
  if (former && former.orgId !== orgId) throw codeUnknown();
  const now = core.engine.clock.now();
  await core.db.transaction({ as: 'app', orgId }, async (tx) => {
    const code = await takeCode(tx, 'link', orgId, canonicalCode(typed));
    if (!code?.mayConnect) throw codeUnknown();
    await connect(tx, orgId, visitor, { name: tenantName, installedBy: visitor.userId, now });
    if (code.memberId === null) {
      await core.engine.sessions.join(tx, orgId, visitor, { ...profile, isOwnerOrAdmin: true }, now);
      return;
    }
    const member = await core.engine.sessions.byMember(tx, orgId, code.memberId);
    // Rights may have changed since the code was made.
    if (member?.status !== 'active' || !member.actor.roles.includes('admin')) {
      throw codeUnknown();
    }
    await link(tx, orgId, visitor, { memberId: code.memberId, now });
  });
  core.forgetInstallations();
}

function codeUnknown(): AppError {
  return new AppError('not_found', t('code-unknown', { link: command('link') }));
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
    .where(and(eq(installations.orgId, orgId), here(platform, installation)))
    .returning({ id: installations.id });
  if (renewed.length > 0) return;
  await tx
    .insert(installations)
    .values({ ...values, orgId, id: uuidv7(), platform, externalId: installation, createdAt: now });
}

/** An account that was somebody before, and comes back with the tenant, stays who it was. */
async function link(
  tx: Tx,
  orgId: string,
  { platform, installation, userId }: Visitor,
  { memberId, now }: { memberId: string; now: Date },
): Promise<void> {
  const rows = await tx
    .select({ id: installations.id })
    .from(installations)
    .where(and(eq(installations.orgId, orgId), here(platform, installation)));
  const installationId = rows[0]?.id;
  if (!installationId) throw new Error('installation is gone');
  await tx
    .insert(identities)
    .values({
      orgId,
      id: uuidv7(),
      memberId,
      platform,
      installationId,
      installationExternalId: installation,
      externalUserId: userId,
      createdAt: now,
    })
    .onConflictDoNothing();
}

function here(platform: Visitor['platform'], installation: string) {
  return and(eq(installations.platform, platform), eq(installations.externalId, installation));
}
