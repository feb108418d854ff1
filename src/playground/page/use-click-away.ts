import { type RefObject, useEffect, useRef } from 'react';

/** Whether what opens from this element has more room above it than below. */
export function opensUp(element: HTMLElement | null, needed: number): boolean {
  const box = element?.getBoundingClientRect();
  return box !== undefined && box.bottom + needed > window.innerHeight && box.top > needed;
}

/** Calls back on a press anywhere outside the element, and on Escape. */
export function useClickAway(box: RefObject<HTMLElement | null>, away: () => void): void {
  const latest = useRef(away);
  latest.current = away;
  useEffect(() => {
    const onDown = (event: MouseEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) latest.current();
    };
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key === 'Escape') latest.current();
    };
    document.addEventListener('mousedown', onDown);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('mousedown', onDown);
      document.removeEventListener('keydown', onKey);
    };
  }, [box]);
}
