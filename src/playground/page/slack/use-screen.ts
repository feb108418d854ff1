import { useCallback, useEffect, useRef, useState } from 'react';
import { loadScreen, onChanges } from '../client.ts';
import type { Screen } from '../model.ts';

/** What this person sees, kept up to date. */
export function useScreen(team: string, user: string): { screen: Screen | null; refresh(): Promise<void> } {
  const [screen, setScreen] = useState<Screen | null>(null);
  const wanted = useRef(user);
  wanted.current = user;

  const refresh = useCallback(async () => {
    const asked = wanted.current;
    const next = await loadScreen(team, asked);
    if (asked === wanted.current) setScreen((before) => (before && isSame(before, next) ? before : next));
  }, [team]);

  useEffect(() => {
    let isBusy = false;
    let isStale = false;
    // Bursts of changes need only one look, but the last change always gets one.
    const look = async () => {
      isStale = true;
      if (isBusy) return;
      isBusy = true;
      while (isStale) {
        isStale = false;
        await refresh().catch(() => undefined);
      }
      isBusy = false;
    };
    return onChanges(() => void look());
  }, [refresh]);

  useEffect(() => {
    if (user) void refresh().catch(() => undefined);
  }, [user, refresh]);

  return { screen: screen?.me.id === user ? screen : null, refresh };
}

function isSame(before: Screen, next: Screen): boolean {
  return before.seq === next.seq && before.me.id === next.me.id;
}
