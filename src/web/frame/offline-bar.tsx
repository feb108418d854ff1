import { useSyncExternalStore } from 'react';
import { useReader } from '../words/reader.tsx';

function subscribe(changed: () => void): () => void {
  addEventListener('online', changed);
  addEventListener('offline', changed);
  return () => {
    removeEventListener('online', changed);
    removeEventListener('offline', changed);
  };
}

/** Said while the computer has no network; what stands on the page stays. */
export function OfflineBar() {
  const { words } = useReader();
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine);
  if (isOnline) return null;
  return (
    <p className="offline" role="status">
      {words.offline}
    </p>
  );
}
