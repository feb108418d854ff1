import type { ChatAccountsAsked, ChatAccountsPart, PlaceAddress } from '../../runtime/ports.ts';
import { addressOf } from './addresses.ts';
import type { Connector } from './connector.ts';
import { ConnectorError } from './errors.ts';

/** Asked at once; the service waits for none of them longer than for one. */
const askedTogether = 8;

/**
 * What a bot can learn of Entra accounts without Microsoft Graph. It is told nothing when one is blocked or deleted,
 * and cannot list a tenant; it can ask for somebody in their own conversation with it. There the roster answers
 * `MemberNotFoundInConversation` once the account is deleted, and from then on nobody acts with it. That is all that
 * counts: somebody missing in a channel may just have left the team, a conversation that is not there any more may be
 * an app that was removed. An account that is only blocked stays in the roster: Entra lets the person into neither
 * Teams nor the tab, but a page that is open in a browser lives to its own end, unless an admin deactivates them.
 */
export async function askAccounts(
  connector: Connector,
  placeOf: (userId: string) => Promise<PlaceAddress | undefined>,
  { userIds, cursor }: ChatAccountsAsked,
): Promise<ChatAccountsPart> {
  const rest = userIds.filter((userId) => cursor === null || userId > cursor).sort();
  const asked = rest.slice(0, askedTogether);
  const accounts = await Promise.all(asked.map(async (userId) => ({ userId, isGone: await isGone(userId) })));
  return {
    accounts: accounts.flatMap(({ userId, isGone }) => (isGone === undefined ? [] : [{ userId, isGone }])),
    next: rest.length > asked.length ? (asked.at(-1) ?? null) : null,
  };

  async function isGone(userId: string): Promise<boolean | undefined> {
    const own = addressOf(await placeOf(userId));
    if (!own) return undefined;
    try {
      const { userRole } = await connector.member(own, userId);
      return userRole === 'guest' || userRole === 'anonymous';
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      const { status, code } = error;
      if (status === 404) return code === 'MemberNotFoundInConversation' ? true : undefined;
      if (status === 403) return undefined;
      throw error;
    }
  }
}
