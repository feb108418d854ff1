import type { ReactNode } from 'react';

/** There is nothing yet, and what would change that. */
export function Empty({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <p>{text}</p>
      {children}
    </div>
  );
}
