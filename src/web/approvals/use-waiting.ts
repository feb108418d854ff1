import { useQuery } from '@tanstack/react-query';
import { call } from '../client/call.ts';
import { useReader } from '../words/reader.tsx';

/** How often pages look for what others decided and asked. */
export const freshMs = 15_000;

/** How many requests wait for the reader, as it is shown (`3`, `10+`); `undefined`: none, or nobody who decides. */
export function useWaiting(): string | undefined {
  const { session } = useReader();
  const list = useQuery({
    queryKey: ['approvals'],
    queryFn: () => call('approvals.list', {}),
    enabled: session.roles.some((role) => role === 'manager' || role === 'finance'),
    refetchInterval: freshMs,
  });
  const { waiting = [], hasMore = false } = list.data ?? {};
  return waiting.length === 0 ? undefined : `${waiting.length}${hasMore ? '+' : ''}`;
}
