import { loadScreen, slackChanges } from '../client.ts';
import type { Screen } from '../model.ts';
import { useLiveScreen } from '../use-live-screen.ts';

/** What this person sees in this workspace, kept up to date. */
export function useScreen(team: string, user: string): { screen: Screen | null; refresh(): Promise<void> } {
  return useLiveScreen({
    key: `${team} ${user}`,
    load: () => loadScreen(team, user),
    changes: slackChanges,
  });
}
