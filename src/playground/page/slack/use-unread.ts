import type { Screen } from '../model.ts';
import { useUnseen } from '../use-unseen.ts';

/** Conversations with something this person hasn't looked at since the page was opened. */
export function useUnread(screen: Screen | null, place: string): Set<string> {
  return useUnseen(latestByPlace(screen), { me: screen?.me.id ?? '', place });
}

/** Slack's timestamps are seconds. */
function latestByPlace(screen: Screen | null): Record<string, number> {
  const latest: Record<string, number> = {};
  for (const message of screen?.messages ?? []) {
    if (message.author !== screen?.me.id) latest[message.channel] = Number(message.ts) * 1000;
  }
  return latest;
}
