import { and, eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Core } from './app.ts';
import { accountLinked, workspaceConnected } from './features/org/members/api.ts';
import { canonicalCode, takeCode } from './infra/one-time-codes.ts';
import { AppError } from './kernel/errors.ts';
import { command } from './kernel/text.ts';
import { deliveryOf } from './runtime/delivery.ts';
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
    await tell(core, tx, { orgId, visitor, profile, now, admin: undefined });
    return;
  }
  const member = await sessions.byMember(tx, orgId, code.memberId);
  // Rights may have changed since the code was made.
  if (member?.status !== 'active' || !member.actor.roles.includes('admin')) throw codeUnknown();
  const account = await link(tx, orgId, visitor, { memberId: code.memberId, now });
  await tell(core, tx, { orgId, visitor, profile, now, admin: { ...member.actor, account } });
}

interface Connected {
  orgId: string;
  visitor: Visitor;
  profile: Profile;
  now: Date;
  /** Whose code it was, with the account that acts as them since; nobody's: an operator's. */
  admin: { memberId: string; name: string; account: string | undefined } | undefined;
}

/** Leaves an audit entry and tells the admins: a code that got into other hands must not go unnoticed. */
async function tell(
  { engine }: Core,
  tx: Tx,
  { orgId, visitor, profile, now, admin }: Connected,
): Promise<void> {
  const { platform, installation } = visitor;
  const { name: workspace } = await installationOf(tx, orgId, visitor);
  const id = engine.newId();
  const actor = admin
    ? { actorId: admin.memberId, actorName: admin.name }
    : { actorId: null, actorName: 'system:operator' };
  await engine.audit.append(
    tx,
    {
      ...actor,
      id,
      orgId,
      at: now,
      causeId: null,
      platform,
      action: 'installations.connect',
      input: { installation, workspace, account: visitor.userId },
      line: null,
    },
    [],
  );
  const connected = { name: profile.name, workspace, by: admin?.name ?? null, auditId: id };
  await engine.outbox.enqueue(tx, orgId, id, [
    deliveryOf('send', workspaceConnected, connected, id),
    ...(admin?.account === undefined
      ? []
      : [
          deliveryOf(
            'send',
            accountLinked,
            { memberId: admin.memberId, account: admin.account, name: profile.name, workspace, auditId: id },
            id,
          ),
        ]),
  ]);
}

async function installationOf(
  tx: Tx,
  orgId: string,
  { platform, installation }: Visitor,
): Promise<{ id: string; name: string }> {
  const [found] = await tx
    .select({ id: installations.id, name: installations.name })
    .from(installations)
    .where(
      and(
        eq(installations.orgId, orgId),
        eq(installations.platform, platform),
        eq(installations.externalId, installation),
      ),
    );
  if (!found) throw new Error('installation is gone');
  return found;
}

/** Unknown codes and those that may not connect read the same: nobody learns which codes there are. */
export function codeUnknown(): AppError {
  return new AppError('not_found', t('code-unknown', { link: command('link') }));
}

/** An account that was somebody before, and comes back with the installation, stays who it was: `undefined`. */
async function link(
  tx: Tx,
  orgId: string,
  visitor: Visitor,
  { memberId, now }: { memberId: string; now: Date },
): Promise<string | undefined> {
  const { platform, installation, userId } = visitor;
  const { id: installationId } = await installationOf(tx, orgId, visitor);
  const rows = await tx
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
    .onConflictDoNothing()
    .returning({ id: identities.id });
  return rows[0]?.id;
}
