import { useEffect, useState } from 'react';
import type { Screen } from '../model.ts';

/** Conversations with something this person hasn't looked at since the page was opened. */
export function useUnread(screen: Screen | null, place: string): Set<string> {
  const [seen, setSeen] = useState<Record<string, string>>({});
  const me = screen?.me.id ?? '';
  const latest = latestByPlace(screen);
  const here = latest[place];

  useEffect(() => {
    if (me && here) setSeen((before) => ({ ...before, [`${me} ${place}`]: here }));
  }, [me, place, here]);

  const [opened] = useState(() => String(Date.now() / 1000));
  return new Set(
    Object.entries(latest)
      .filter(([id, ts]) => id !== place && ts > (seen[`${me} ${id}`] ?? opened))
      .map(([id]) => id),
  );
}

function latestByPlace(screen: Screen | null): Record<string, string> {
  const latest: Record<string, string> = {};
  for (const message of screen?.messages ?? []) {
    if (message.author !== screen?.me.id) latest[message.channel] = message.ts;
  }
  return latest;
}
