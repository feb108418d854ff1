import type { Core } from './app.ts';
import { accountSaid, doubtAccounts } from './features/org/members/api.ts';
import { operate } from './runtime/execute.ts';

type Platform = 'slack' | 'teams';

/** A platform says of itself that an account ended or is there again. Of copies of a delivery one takes effect. */
export async function noteAccount(
  core: Core,
  orgId: string,
  said: { platform: Platform; installation: string; userId: string; isGone: boolean },
  delivery: string | undefined,
): Promise<void> {
  const { engine } = core;
  await operate(engine, { orgId, handler: 'members.account-said' }, (ctx) =>
    accountSaid(ctx, said, () =>
      delivery === undefined
        ? Promise.resolve(true)
        : engine.deliveries.firstTime(ctx.tx, orgId, delivery, ctx.now),
    ),
  );
}

/** A platform has hinted that these accounts may have ended: it is asked about them, after the answer. */
export async function doubt(
  core: Core,
  orgId: string,
  at: { platform: Platform; installation: string },
  userIds: readonly string[],
): Promise<void> {
  await operate(core.engine, { orgId, handler: 'members.account-doubted' }, (ctx) =>
    doubtAccounts(ctx, at, userIds),
  );
}
