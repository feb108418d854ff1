import type { ChatPlatform } from '../../src/runtime/ports.ts';

/** Control: whoever is not in the list of the platform has left. */
export function silenceIsLeaving(platform: ChatPlatform): ChatPlatform {
  return {
    ...platform,
    async chatAccounts(asked) {
      const part = await platform.chatAccounts?.(asked);
      const named = new Set(part?.accounts.map(({ userId }) => userId));
      const missing = asked.userIds.filter((userId) => !named.has(userId));
      return {
        accounts: [...(part?.accounts ?? []), ...missing.map((userId) => ({ userId, isGone: true }))],
        next: part?.next ?? null,
      };
    },
  };
}
