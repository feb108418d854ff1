import type { KeyboardEvent } from 'react';

/** Tab goes round within a form that covers the rest. */
export function keepFocusIn(box: HTMLElement | null, event: KeyboardEvent): void {
  if (event.key !== 'Tab') return;
  const stops = [
    ...(box?.querySelectorAll<HTMLElement>('button, input, textarea, select, a[href], [tabindex="0"]') ?? []),
  ].filter((stop) => !stop.hasAttribute('disabled') && stop.tabIndex >= 0 && stop.offsetParent !== null);
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (document.activeElement !== edge) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
}
