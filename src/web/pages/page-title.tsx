import { type ReactNode, useEffect, useRef } from 'react';
import { useReader } from '../words/reader.tsx';

/** Names the page for the window, and takes the focus when people come from another page. */
export function PageTitle({ title, children }: { title: string; children?: ReactNode }) {
  const { words } = useReader();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${words.product}`;
  }, [title, words]);
  useEffect(() => {
    // The first page of a visit begins where the browser begins.
    if (history.state === null && document.activeElement === document.body) return;
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className="page-head">
      <h1 ref={heading} tabIndex={-1} className="page-title">
        {title}
      </h1>
      {children}
    </div>
  );
}
