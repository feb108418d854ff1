import { and, arrayOverlaps, asc, eq, type SQL, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Org, Role } from '../kernel/context.ts';
import type { Locale } from '../kernel/text.ts';
import type { FoundMember, Sessions } from '../runtime/ports.ts';
import { organizations } from '../store/tables/organizations.ts';
import { apiKeys, identities, installations, members } from '../store/tables/people.ts';
import type { Tx } from '../store/tx.ts';
import type { Database } from './db/database.ts';

const installationCacheMs = 30_000;

const memberColumns = {
  memberId: members.id,
  name: members.name,
  roles: members.roles,
  unitId: members.unitId,
  reportsTo: members.reportsTo,
  locale: members.locale,
  timeZone: members.timeZone,
  status: members.status,
  org: organizations,
};

/** `autoJoin`: role that full members of a connected workspace get at first use. */
export function createSessions(
  db: Pick<Database, 'transaction'>,
  autoJoin: 'off' | 'read-only' | 'rep' | 'manager',
): Sessions & { forget(): void } {
  const cache = new Map<string, { orgId: string; until: number }>();
  return {
    forget: () => cache.clear(),

    async organizationOf(platform, installation) {
      const key = `${platform} ${installation}`;
      const cached = cache.get(key);
      if (cached && cached.until > performance.now()) return cached.orgId;
      const rows = await db.transaction({ as: 'router' }, (tx) =>
        tx
          .select({ orgId: installations.orgId })
          .from(installations)
          .where(
            and(
              eq(installations.platform, platform),
              eq(installations.externalId, installation),
              eq(installations.status, 'connected'),
            ),
          ),
      );
      const orgId = rows[0]?.orgId;
      if (orgId) cache.set(key, { orgId, until: performance.now() + installationCacheMs });
      else cache.delete(key);
      return orgId;
    },

    async byVisitor(tx, orgId, visitor) {
      const rows = await tx
        .select({
          ...memberColumns,
          // An account that ended gets as far as somebody who left.
          status: sql<FoundMember['status']>`case when ${identities.state} = 'active'
            then ${members.status} else 'left' end`,
        })
        .from(identities)
        .innerJoin(members, and(eq(members.orgId, identities.orgId), eq(members.id, identities.memberId)))
        .innerJoin(organizations, eq(organizations.orgId, identities.orgId))
        .where(
          and(
            eq(identities.orgId, orgId),
            eq(identities.platform, visitor.platform),
            eq(identities.installationExternalId, visitor.installation),
            eq(identities.externalUserId, visitor.userId),
          ),
        );
      return found(rows[0]);
    },

    async byMember(tx, orgId, memberId) {
      const rows = await tx
        .select(memberColumns)
        .from(members)
        .innerJoin(organizations, eq(organizations.orgId, members.orgId))
        .where(and(eq(members.orgId, orgId), eq(members.id, memberId)));
      return found(rows[0]);
    },

    async organization(tx, orgId) {
      const rows = await tx.select().from(organizations).where(eq(organizations.orgId, orgId));
      const row = rows[0];
      if (!row) throw new Error('organization is gone');
      return orgOf(row);
    },

    async join(tx, orgId, visitor, profile, now) {
      const [installation, organization] = await Promise.all([
        tx
          .select({ id: installations.id })
          .from(installations)
          .where(
            and(
              eq(installations.orgId, orgId),
              eq(installations.platform, visitor.platform),
              eq(installations.externalId, visitor.installation),
            ),
          ),
        tx.select().from(organizations).where(eq(organizations.orgId, orgId)),
      ]);
      const installationId = installation[0]?.id;
      if (!installationId || !organization[0]) throw new Error('installation is gone');
      const memberId = uuidv7();
      const claimed = await tx
        .insert(identities)
        .values({
          orgId,
          id: uuidv7(),
          memberId,
          platform: visitor.platform,
          installationId,
          installationExternalId: visitor.installation,
          externalUserId: visitor.userId,
          createdAt: now,
        })
        .onConflictDoNothing()
        .returning({ id: identities.id });
      if (claimed.length === 0) return;
      await tx.insert(members).values({
        orgId,
        id: memberId,
        name: profile.name,
        email: profile.email?.toLowerCase() ?? null,
        roles: rolesAtJoin(profile.isOwnerOrAdmin, autoJoin),
        locale: profile.locale,
        timeZone: profile.timeZone || organization[0].timeZone,
        status: 'active',
        createdAt: now,
        updatedAt: now,
      });
    },

    async namesWithRole(tx, orgId, roles, limit) {
      const rows = await tx
        .select({ name: members.name })
        .from(members)
        .where(
          and(
            eq(members.orgId, orgId),
            eq(members.status, 'active'),
            arrayOverlaps(members.roles, [...roles]) as SQL,
          ),
        )
        .orderBy(asc(members.name))
        .limit(limit);
      return rows.map((row) => row.name);
    },
  };
}

function rolesAtJoin(isOwnerOrAdmin: boolean, autoJoin: 'off' | 'read-only' | 'rep' | 'manager'): Role[] {
  if (isOwnerOrAdmin) return ['admin', 'manager'];
  return autoJoin === 'off' ? [] : [autoJoin];
}

type MemberRow = {
  memberId: string;
  name: string;
  roles: Role[];
  unitId: string | null;
  reportsTo: string | null;
  locale: string;
  timeZone: string;
  status: FoundMember['status'];
  org: typeof organizations.$inferSelect;
};

function found(row: MemberRow | undefined): FoundMember | undefined {
  if (!row) return undefined;
  const { org, status, locale, ...member } = row;
  return { org: orgOf(org), actor: { kind: 'member', ...member, locale: locale as Locale }, status };
}

function orgOf(row: typeof organizations.$inferSelect): Org {
  const { orgId, createdAt: _, locale, ...rest } = row;
  return { id: orgId, ...rest, locale: locale as Locale };
}

/** The organization a bearer key belongs to, and the member it acts as. */
export async function memberOfApiKey(
  db: Pick<Database, 'transaction'>,
  keyHash: string,
): Promise<{ orgId: string; memberId: string } | undefined> {
  const rows = await db.transaction({ as: 'router' }, (tx: Tx) =>
    tx
      .select({ orgId: apiKeys.orgId, memberId: apiKeys.memberId })
      .from(apiKeys)
      .where(and(eq(apiKeys.keyHash, keyHash), sql`${apiKeys.revokedAt} is null`)),
  );
  return rows[0];
}
