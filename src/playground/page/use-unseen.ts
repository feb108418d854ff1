import { useEffect, useState } from 'react';

/**
 * Conversations with something this person hasn't looked at since the page was opened. `latest`: when the newest
 * message of each conversation was sent by somebody else, in milliseconds since 1970.
 */
export function useUnseen(
  latest: Readonly<Record<string, number>>,
  { me, place }: { me: string; place: string },
): Set<string> {
  const [seen, setSeen] = useState<Record<string, number>>({});
  const [opened] = useState(() => Date.now());
  const here = latest[place];

  useEffect(() => {
    if (me && here) setSeen((before) => ({ ...before, [`${me} ${place}`]: here }));
  }, [me, place, here]);

  return new Set(
    Object.entries(latest)
      .filter(([id, at]) => id !== place && at > (seen[`${me} ${id}`] ?? opened))
      .map(([id]) => id),
  );
}
