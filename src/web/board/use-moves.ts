import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useReader } from '../words/reader.tsx';
import { isDone } from '../work/outcomes.ts';
import { useWork } from '../work/use-work.ts';
import type { BoardDeal, BoardStage, Moves } from './board-model.ts';

export type Closing = 'won' | 'lost';

/**
 * Moves deals: shown at once, done by the same press as in chat, so with the same rules, questions and forms. What
 * is refused or asks something first goes back to where it was.
 */
export function useMoves() {
  const { words, named } = useReader();
  const { press, send, show, announce } = useWork();
  const queries = useQueryClient();
  const [moves, setMoves] = useState<Moves>(new Map());

  const move = useCallback(
    async (deal: BoardDeal, to: BoardStage['stage']) => {
      const { number, stage: from } = deal;
      if (to.key === from.key) return;
      announce(words.moving(number, named(to)));
      setMoves((before) => new Map(before).set(number, to.key));
      const outcome = await send({
        kind: 'press',
        press: { a: 'deals.move', i: { deal: number, stage: to.key } },
      });
      const isMoved = outcome?.kind === 'card' && isDone(outcome);
      if (outcome) show(outcome);
      if (isMoved) await queries.refetchQueries({ queryKey: ['board'] });
      setMoves((before) => {
        const after = new Map(before);
        if (after.get(number) === to.key) after.delete(number);
        return after;
      });
      announce(isMoved ? words.moved(number, named(to)) : words.notMoved(number, named(from)));
    },
    [announce, named, queries, send, show, words],
  );

  const close = useCallback(
    (deal: BoardDeal, as: Closing) => press({ a: `deals.${as}`, i: { deal: deal.number }, form: true }),
    [press],
  );
  return { moves, move, close };
}
