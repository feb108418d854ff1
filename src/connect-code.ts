import { and, eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Core } from './app.ts';
import { canonicalCode, takeCode } from './infra/one-time-codes.ts';
import { AppError } from './kernel/errors.ts';
import { command } from './kernel/text.ts';
import type { Profile, Visitor } from './runtime/interaction.ts';
import { engineMessages as t } from './runtime/messages.ts';
import { identities, installations } from './store/tables/people.ts';
import type { Tx } from './store/tx.ts';

/** Who connects a workspace or tenant to an existing organization, and by which code. */
export interface CodeBearer {
  orgId: string;
  /** As it was typed. */
  code: string;
  visitor: Visitor;
  profile: Profile;
}

/**
 * Uses the code of an admin (or operator) up: `connect` ties the workspace or tenant to the organization, and the
 * bearer becomes that admin: the code was shown to them on one side and brought to the other. All in the caller's
 * transaction, so that of two at once one connects. Throws AppError with words for the bearer.
 */
export async function connectByCode(
  core: Core,
  tx: Tx,
  { orgId, code: typed, visitor, profile }: CodeBearer,
  connect: (now: Date) => Promise<void>,
): Promise<void> {
  const { sessions, clock } = core.engine;
  const now = clock.now();
  const code = await takeCode(tx, 'link', orgId, canonicalCode(typed));
  if (!code?.mayConnect) throw codeUnknown();
  await connect(now);
  if (code.memberId === null) {
    await sessions.join(tx, orgId, visitor, { ...profile, isOwnerOrAdmin: true }, now);
    return;
  }
  const member = await sessions.byMember(tx, orgId, code.memberId);
  // Rights may have changed since the code was made.
  if (member?.status !== 'active' || !member.actor.roles.includes('admin')) throw codeUnknown();
  await link(tx, orgId, visitor, { memberId: code.memberId, now });
}

/** Unknown codes and those that may not connect read the same: nobody learns which codes there are. */
export function codeUnknown(): AppError {
  return new AppError('not_found', t('code-unknown', { link: command('link') }));
}

/** An account that was somebody before, and comes back with the installation, stays who it was. */
async function link(
  tx: Tx,
  orgId: string,
  { platform, installation, userId }: Visitor,
  { memberId, now }: { memberId: string; now: Date },
): Promise<void> {
  const rows = await tx
    .select({ id: installations.id })
    .from(installations)
    .where(
      and(
        eq(installations.orgId, orgId),
        eq(installations.platform, platform),
        eq(installations.externalId, installation),
      ),
    );
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
