import type { ReactNode } from 'react';

/** A wide table scrolls by itself, with the keyboard too. */
export function Scrolling({ labelledBy, children }: { labelledBy: string | undefined; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of form fields is something else
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
    <div className="table-scroll" tabIndex={0} role="group" aria-labelledby={labelledBy}>
      {children}
    </div>
  );
}
