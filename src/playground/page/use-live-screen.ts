import { useCallback, useEffect, useRef, useState } from 'react';
import { onChanges } from './client.ts';

interface Source<S> {
  /** Names whose screen it is; another one starts anew. */
  key: string;
  load(): Promise<S>;
  /** Address of the stream of changes. */
  changes: string;
}

/** What one person sees on one platform, kept up to date. */
export function useLiveScreen<S extends { seq: number }>({
  key,
  load,
  changes,
}: Source<S>): {
  screen: S | null;
  refresh(): Promise<void>;
} {
  const [seen, setSeen] = useState<{ key: string; screen: S } | null>(null);
  const latest = useRef({ key, load });
  latest.current = { key, load };

  const refresh = useCallback(async () => {
    const asked = latest.current;
    const screen = await asked.load();
    if (asked.key !== latest.current.key) return;
    setSeen((before) =>
      before?.key === asked.key && before.screen.seq === screen.seq ? before : { key: asked.key, screen },
    );
  }, []);

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
    return onChanges(changes, () => void look());
  }, [refresh, changes]);

  useEffect(() => {
    if (key) void refresh().catch(() => undefined);
  }, [key, refresh]);

  return { screen: seen?.key === key ? seen.screen : null, refresh };
}
