import type { ReactNode } from 'react';
import type { Dictionary } from './dictionary.ts';

interface Props {
  label: string;
  isActive: boolean;
  isUnread?: boolean;
  isFaded?: boolean;
  words: Dictionary;
  children: ReactNode;
  onPick(): void;
}

/** One place that can be opened. */
export function SideRow({ label, isActive, isUnread, isFaded, words, children, onPick }: Props) {
  const look = ['row', isActive && 'is-active', isUnread && 'is-unread', isFaded && 'is-faded'].filter(
    Boolean,
  );
  return (
    <button
      type="button"
      className={look.join(' ')}
      aria-current={isActive ? 'page' : undefined}
      title={label}
      onClick={onPick}
    >
      {children}
      <span className="row-label">{label}</span>
      {isUnread && <span className="dot" role="img" aria-label={words.newMessages} />}
    </button>
  );
}
