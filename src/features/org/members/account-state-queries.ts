import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Ctx } from '../../../runtime/context.ts';
import { identities, installations } from '../../../store/tables/people.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

/** A connected workspace or tenant. */
export interface AccountPlace {
  platform: 'slack' | 'teams';
  installation: string;
}

export interface HeldAccount {
  id: string;
  memberId: string;
  userId: string;
  state: 'active' | 'gone' | 'back';
  /** Name of its workspace or tenant. */
  workspace: string;
}

function held(ctx: Reading) {
  return ctx.tx
    .select({
      id: identities.id,
      memberId: identities.memberId,
      userId: identities.externalUserId,
      state: identities.state,
      workspace: installations.name,
    })
    .from(identities)
    .innerJoin(
      installations,
      and(eq(installations.orgId, identities.orgId), eq(installations.id, identities.installationId)),
    )
    .$dynamic();
}

const at = (ctx: Reading, { platform, installation }: AccountPlace) =>
  and(
    eq(identities.orgId, ctx.org.id),
    eq(identities.platform, platform),
    eq(identities.installationExternalId, installation),
  );

/** Those of these accounts that somebody here has, in one order. */
export async function heldAccounts(
  ctx: Reading,
  place: AccountPlace,
  userIds: readonly string[],
): Promise<HeldAccount[]> {
  if (userIds.length === 0) return [];
  return held(ctx)
    .where(and(at(ctx, place), inArray(identities.externalUserId, [...userIds])))
    .orderBy(asc(identities.memberId), asc(identities.id));
}

export async function heldAccount(ctx: Reading, id: string): Promise<HeldAccount | undefined> {
  const rows = await held(ctx).where(and(eq(identities.orgId, ctx.org.id), eq(identities.id, id)));
  return rows[0];
}

/** The platform's ids of everybody here who has an account there. */
export async function userIdsAt(ctx: Reading, place: AccountPlace): Promise<string[]> {
  const rows = await ctx.tx
    .select({ userId: identities.externalUserId })
    .from(identities)
    .where(at(ctx, place))
    .orderBy(asc(identities.externalUserId));
  return rows.map(({ userId }) => userId);
}

export async function connectedPlaces(ctx: Reading): Promise<AccountPlace[]> {
  return ctx.tx
    .select({ platform: installations.platform, installation: installations.externalId })
    .from(installations)
    .where(and(eq(installations.orgId, ctx.org.id), eq(installations.status, 'connected')))
    .orderBy(asc(installations.id));
}

/** How many accounts the member can act with besides this one. */
export async function otherAccounts(ctx: Reading, { id, memberId }: HeldAccount): Promise<number> {
  const rows = await ctx.tx
    .select({ n: sql<number>`count(*)::int` })
    .from(identities)
    .where(
      and(
        eq(identities.orgId, ctx.org.id),
        eq(identities.memberId, memberId),
        eq(identities.state, 'active'),
        ne(identities.id, id),
      ),
    );
  return rows[0]?.n ?? 0;
}

export async function setAccountState(ctx: Reading, id: string, state: HeldAccount['state']): Promise<void> {
  await ctx.tx
    .update(identities)
    .set({ state })
    .where(and(eq(identities.orgId, ctx.org.id), eq(identities.id, id)));
}

/** An admin lets in what has come back; what is still gone on its platform stays so. Answers how many that were. */
export async function letAccountsIn(ctx: Reading, memberId: string): Promise<number> {
  const rows = await ctx.tx
    .update(identities)
    .set({ state: 'active' })
    .where(
      and(eq(identities.orgId, ctx.org.id), eq(identities.memberId, memberId), eq(identities.state, 'back')),
    )
    .returning({ id: identities.id });
  return rows.length;
}
