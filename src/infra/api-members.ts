import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Role } from '../kernel/context.ts';
import { organizations } from '../store/tables/organizations.ts';
import { apiKeys, members } from '../store/tables/people.ts';
import type { Database } from './db/database.ts';

export interface ApiMember {
  orgId: string;
  memberId: string;
  name: string;
  roles: Role[];
  /** SHA-256 of the key, base64url. */
  keyHash: string;
  now: Date;
}

/** A member for a program: acts with its own roles and name in the audit trail, and has no chat identity. */
export async function addApiMember(db: Database, key: ApiMember): Promise<void> {
  const { orgId, memberId, name, roles, keyHash, now } = key;
  await db.transaction({ as: 'app', orgId }, async (tx) => {
    const [organization] = await tx.select().from(organizations).where(eq(organizations.orgId, orgId));
    if (!organization) throw new Error('organization is gone');
    await tx.insert(members).values({
      orgId,
      id: memberId,
      name,
      roles,
      locale: organization.locale,
      timeZone: organization.timeZone,
      status: 'active',
      source: 'api-key',
      externalId: memberId,
      createdAt: now,
      updatedAt: now,
    });
    await tx.insert(apiKeys).values({ orgId, id: uuidv7(), memberId, name, keyHash, createdAt: now });
  });
}
