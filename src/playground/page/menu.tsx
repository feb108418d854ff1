import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { opensUp, useClickAway } from './use-click-away.ts';

export interface MenuItem {
  key: string;
  label: string;
}

interface Props {
  label: string;
  icon: ReactNode;
  items: MenuItem[];
  className?: string;
  onPick(key: string): void;
}

/** A button that opens a short list of things to do. */
export function Menu({ label, icon, items, className, onPick }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useClickAway(box, () => setIsOpen(false));

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = [...(box.current?.querySelectorAll<HTMLButtonElement>('[role=menuitem]') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only moves the focus among the buttons inside
    <div className="menu" ref={box} onKeyDown={onKeyDown}>
      <button
        type="button"
        className={className}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        {icon}
      </button>
      {isOpen && (
        <div
          className={`popover menu-popover ${opensUp(box.current, 150 + items.length * 34) ? 'opens-up' : ''}`}
          role="menu"
        >
          {items.map((item) => (
            <button
              key={item.key}
              type="button"
              role="menuitem"
              className="menu-item"
              onClick={() => {
                setIsOpen(false);
                onPick(item.key);
              }}
            >
              {item.label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
