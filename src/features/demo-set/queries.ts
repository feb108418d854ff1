import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Ctx } from '../../runtime/context.ts';
import { identities, installations, members } from '../../store/tables/people.ts';
import type { deals } from '../sales/deals/tables.ts';
import type { leads } from '../sales/leads/tables.ts';
import { stages } from '../sales/pipelines/tables.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

/** Ids of the organization's stages by what people type for them. */
export async function stageIds(ctx: Reading): Promise<Map<string, string>> {
  const rows = await ctx.tx
    .select({ key: stages.nameKey, id: stages.id })
    .from(stages)
    .where(eq(stages.orgId, ctx.org.id));
  return new Map(rows.map(({ key, id }) => [key, id]));
}

/** Lets records look as old as their story: for the demo set only, nothing else rewrites when a record was made. */
export async function backdate(
  ctx: Reading,
  table: typeof leads | typeof deals,
  records: readonly { id: string; createdAt: Date }[],
): Promise<void> {
  const values = records.map(
    ({ id, createdAt }) => sql`(${id}::uuid, ${createdAt.toISOString()}::timestamptz)`,
  );
  await ctx.tx.execute(
    sql`update ${table} set created_at = made.at from (values ${sql.join(values, sql`, `)}) as made(id, at)
      where ${table.orgId} = ${ctx.org.id} and ${table.id} = made.id`,
  );
}

export interface DemoInstallation {
  platform: 'slack' | 'teams';
  /** Team or tenant id. */
  installation: string;
}

export async function membersByEmail(
  ctx: Reading,
  emails: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await ctx.tx
    .select({ id: members.id, email: members.email })
    .from(members)
    .where(and(eq(members.orgId, ctx.org.id), inArray(members.email, [...emails])));
  return new Map(rows.flatMap(({ id, email }) => (email === null ? [] : [[email, id] as const])));
}

export interface DemoIdentity {
  memberId: string;
  externalUserId: string;
}

/** Ties members to their accounts on a platform, as if they had come in by themselves. */
export async function linkIdentities(
  ctx: Pick<Ctx, 'org' | 'tx' | 'now' | 'newId'>,
  at: DemoInstallation,
  people: readonly DemoIdentity[],
): Promise<void> {
  const found = await ctx.tx
    .select({ id: installations.id })
    .from(installations)
    .where(
      and(
        eq(installations.orgId, ctx.org.id),
        eq(installations.platform, at.platform),
        eq(installations.externalId, at.installation),
      ),
    );
  const installationId = found[0]?.id;
  if (!installationId)
    throw new Error(`no ${at.platform} installation ${at.installation} to put people into`);
  if (people.length === 0) return;
  await ctx.tx
    .insert(identities)
    .values(
      people.map((person) => ({
        ...person,
        orgId: ctx.org.id,
        id: ctx.newId(),
        platform: at.platform,
        installationId,
        installationExternalId: at.installation,
        createdAt: ctx.now,
      })),
    )
    .onConflictDoNothing();
}
