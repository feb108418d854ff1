import { type KeyboardEvent, memo, useRef } from 'react';
import { Link, pathOf } from '../route.tsx';
import { useReader } from '../words/reader.tsx';
import type { BoardDeal, BoardStage } from './board-model.ts';
import { useDraggable } from './drag.ts';
import { MoveMenu } from './move-menu.tsx';
import type { Closing } from './use-moves.ts';

export interface CardActions {
  stages: readonly BoardStage['stage'][];
  /** Of this reader; a deal of others cannot be moved by anybody. */
  canMove: boolean;
  onMove(deal: BoardDeal, to: BoardStage['stage']): void;
  onClose(deal: BoardDeal, as: Closing): void;
  onDragging(number: string | undefined): void;
}

/** A deal on the board. Alt with an arrow moves it by a stage; the menu says the same in words. */
export const DealCard = memo(function DealCard({
  deal,
  isMoving,
  actions,
}: {
  deal: BoardDeal;
  isMoving: boolean;
  actions: CardActions;
}) {
  const { words, money, day } = useReader();
  const { stages, canMove, onMove, onDragging } = actions;
  const box = useRef<HTMLElement>(null);
  const isMovable = canMove && !deal.restricted && !isMoving;
  const isDragged = useDraggable(box, deal.number, isMovable, onDragging);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.altKey ? { ArrowLeft: -1, ArrowRight: 1 }[event.key] : undefined;
    if (step === undefined || !isMovable) return;
    // The browser would go back a page.
    event.preventDefault();
    const at = stages.findIndex(({ key }) => key === deal.stage.key);
    const to = stages[at + step];
    if (to) onMove(deal, to);
  };
  return (
    <article
      ref={box}
      className={`deal ${isDragged ? 'is-dragged' : ''} ${isMoving ? 'is-moving' : ''} ${deal.restricted ? 'is-restricted' : ''}`}
      data-deal={deal.number}
      aria-busy={isMoving || undefined}
    >
      <header className="deal-head">
        <h3 className="deal-name">
          <Link
            href={pathOf({ name: 'deal', number: deal.number })}
            draggable={false}
            onKeyDown={onKeyDown}
            aria-keyshortcuts={isMovable ? 'Alt+ArrowLeft Alt+ArrowRight' : undefined}
            title={isMovable ? words.moveHint : undefined}
          >
            <span className="deal-number">{deal.number}</span> {deal.name}
          </Link>
        </h3>
        {isMovable && <MoveMenu deal={deal} actions={actions} />}
      </header>
      {deal.account && (
        <p className="deal-account">
          <Link href={pathOf({ name: 'account', number: deal.account.number })} draggable={false}>
            {deal.account.name}
          </Link>
        </p>
      )}
      {deal.restricted ? (
        <p className="small">
          {words.restricted} · {deal.owner?.name ?? words.noOwner}
        </p>
      ) : (
        <>
          {deal.amount ? (
            <p className="deal-amount">{money(deal.amount)}</p>
          ) : (
            <p className="small">{words.noAmount}</p>
          )}
          <p className="deal-facts small">
            <span>{deal.owner?.name ?? words.noOwner}</span>
            <span>
              {deal.closeOn ? words.closes(day(deal.closeOn)) : words.noClose}
              {deal.isLate && <span className="mark mark-late">{words.late}</span>}
            </span>
            <span>
              {words.daysInStage(deal.daysInStage)}
              {deal.isStuck && <span className="mark mark-stuck">{words.stuck}</span>}
            </span>
          </p>
        </>
      )}
    </article>
  );
});
