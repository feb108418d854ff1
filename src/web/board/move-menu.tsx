import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { Icon } from '../frame/icon.tsx';
import { useReader } from '../words/reader.tsx';
import type { BoardDeal } from './board-model.ts';
import type { CardActions } from './deal-card.tsx';

/** Every place a deal can go to, by name: for the keyboard, for fingers, for who does not see the board. */
export function MoveMenu({ deal, actions }: { deal: BoardDeal; actions: CardActions }) {
  const { words, named } = useReader();
  const [isOpen, setIsOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();

  useEffect(() => {
    if (!isOpen) return;
    box.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    const onPointerDown = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setIsOpen(false);
    };
    document.addEventListener('pointerdown', onPointerDown);
    return () => document.removeEventListener('pointerdown', onPointerDown);
  }, [isOpen]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOpen) return;
    if (event.key === 'Escape' || event.key === 'Tab') {
      if (event.key === 'Escape') event.preventDefault();
      setIsOpen(false);
      button.current?.focus();
      return;
    }
    const items = [...(box.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    items.at(to % items.length)?.focus();
  };
  const choose = (act: () => void) => () => {
    setIsOpen(false);
    button.current?.focus();
    act();
  };
  return (
    <div className="menu" ref={box} onKeyDown={onKeyDown} role="none">
      <button
        ref={button}
        type="button"
        className="button button-icon"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        aria-label={words.moveTo(deal.number)}
        onClick={() => setIsOpen(!isOpen)}
      >
        <Icon name="move" />
      </button>
      {isOpen && (
        <div className="menu-items" id={id} role="menu" aria-label={words.moveTo(deal.number)}>
          {actions.stages
            .filter(({ key }) => key !== deal.stage.key)
            .map((stage) => (
              <button
                key={stage.key}
                type="button"
                role="menuitem"
                tabIndex={-1}
                onClick={choose(() => actions.onMove(deal, stage))}
              >
                {named(stage)}
              </button>
            ))}
          {(['won', 'lost'] as const).map((as) => (
            <button
              key={as}
              type="button"
              role="menuitem"
              tabIndex={-1}
              className={`menu-${as}`}
              onClick={choose(() => actions.onClose(deal, as))}
            >
              {words[as]}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
