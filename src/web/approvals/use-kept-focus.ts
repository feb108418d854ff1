import { type FocusEvent, useEffect, useRef } from 'react';

/** A button that had the focus may be gone with the next `state` of a page; then the page's title takes it. */
export function useKeptFocus(state: unknown) {
  const box = useRef<HTMLDivElement>(null);
  const isInside = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another state can have taken the focus away
  useEffect(() => {
    if (!isInside.current || document.activeElement !== document.body) return;
    box.current?.querySelector<HTMLElement>('.page-title')?.focus({ preventScroll: true });
  }, [state]);
  return {
    ref: box,
    onFocus: () => {
      isInside.current = true;
    },
    onBlur: ({ target }: FocusEvent) => {
      // Who clicks elsewhere leaves; what is removed does not.
      queueMicrotask(() => {
        if (target.isConnected && !box.current?.contains(document.activeElement)) isInside.current = false;
      });
    },
  };
}
