import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';
import { SignedOut } from '../client/call.ts';
import { useReader } from '../words/reader.tsx';
import { problemText } from './problem.tsx';

function subscribe(changed: () => void): () => void {
  addEventListener('online', changed);
  addEventListener('offline', changed);
  return () => {
    removeEventListener('online', changed);
    removeEventListener('offline', changed);
  };
}

/** Said while the computer has no network or the service cannot be asked; what stands on the page stays. */
export function OfflineBar() {
  const { words } = useReader();
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine);
  const { error, retry } = useOutdated();
  if (isOnline && !error) return null;
  return (
    <p className="offline" role="status">
      <span>{isOnline ? problemText(error, words) : words.offline}</span>
      {error && (
        <button type="button" className="button" onClick={retry}>
          {words.retry}
        </button>
      )}
    </p>
  );
}

/** Whether something on the page could not be brought up to date, and why. What never came says so in its own place. */
function useOutdated(): { error: Error | null; retry(): void } {
  const queries = useQueryClient();
  const cache = queries.getQueryCache();
  const outdated = () =>
    cache.findAll({ type: 'active' }).filter(({ state }) => state.error && state.data !== undefined);
  const error = useSyncExternalStore(
    useCallback((changed) => cache.subscribe(changed), [cache]),
    () => outdated()[0]?.state.error ?? null,
  );
  const retry = () => {
    if (error instanceof SignedOut) void queries.resetQueries({ queryKey: ['session'] });
    else for (const query of outdated()) void query.fetch().catch(() => undefined);
  };
  return { error, retry };
}
