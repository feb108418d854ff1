import { useCallback, useRef } from 'react';
import { type Amount, useReader } from '../words/reader.tsx';
import type { BoardStage, Moves } from './board-model.ts';
import { type CardActions, DealCard } from './deal-card.tsx';
import { useDropTarget } from './drag.ts';

interface Props {
  figures: BoardStage;
  moves: Moves;
  actions: CardActions;
  onDrop(number: string, to: BoardStage['stage']): void;
  onMore(key: string): void;
}

/** A stage with what is in it. */
export function Column({ figures, moves, actions, onDrop, onMore }: Props) {
  const { words, named, count } = useReader();
  const box = useRef<HTMLElement>(null);
  const { stage } = figures;
  const isOver = useDropTarget(
    box,
    useCallback((number: string) => onDrop(number, stage), [onDrop, stage]),
  );
  const name = named(stage);
  const missing = figures.total - figures.deals.length;
  return (
    <section ref={box} className={`column ${isOver ? 'is-over' : ''}`} aria-labelledby={`stage-${stage.key}`}>
      <header className="column-head">
        <h2 id={`stage-${stage.key}`}>
          <span>{name}</span> <span className="count">{count(figures.total)}</span>
        </h2>
        <Sums amounts={figures.amounts} weighted={figures.weighted} />
        <p className="small">
          {[
            figures.withoutAmount > 0 && words.withoutAmount(figures.withoutAmount),
            figures.restricted > 0 && words.restrictedCount(figures.restricted),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </header>
      <ul
        className="column-deals"
        tabIndex={figures.deals.length === 0 ? undefined : 0}
        aria-labelledby={`stage-${stage.key}`}
      >
        {figures.deals.map((deal) => (
          <li key={deal.number}>
            <DealCard deal={deal} isMoving={moves.has(deal.number)} actions={actions} />
          </li>
        ))}
        {figures.deals.length === 0 && <li className="empty small">{words.emptyStage}</li>}
        {missing > 0 && (
          <li>
            <button type="button" className="button button-quiet" onClick={() => onMore(stage.key)}>
              {words.more(missing)}
            </button>
          </li>
        )}
      </ul>
    </section>
  );
}

/** One line per currency: unlike currencies are never added. */
function Sums({ amounts, weighted }: { amounts: readonly Amount[]; weighted: readonly Amount[] }) {
  const { words, money } = useReader();
  return (
    <ul className="sums">
      {amounts.map((amount) => {
        const share = weighted.find(({ currency }) => currency === amount.currency);
        return (
          <li key={amount.currency}>
            <strong>{money(amount)}</strong>
            {share && <span className="small">{words.weightedIs(money(share))}</span>}
          </li>
        );
      })}
    </ul>
  );
}
