import { useQuery } from '@tanstack/react-query';
import { interact, type WebInteraction } from '../client/call.ts';

/**
 * The card an interaction answers with, kept fresh with everything that is done on the page; `everyMs`: also with what
 * others do meanwhile.
 */
export function useCard(
  interaction: Extract<WebInteraction, { kind: 'press' | 'home' }>,
  { everyMs }: { everyMs?: number } = {},
) {
  return useQuery({
    refetchInterval: everyMs ?? false,
    queryKey: ['card', interaction],
    queryFn: async () => {
      const outcome = await interact(interaction);
      if (outcome.kind !== 'card') throw new Error(`a ${outcome.kind} where a card was asked for`);
      return outcome;
    },
  });
}
