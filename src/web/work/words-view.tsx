import type { ReactNode } from 'react';
import type { Words } from '../../view/screen.ts';
import type { Span } from '../../view/spans.ts';
import { Link } from '../route.tsx';
import { keyed } from './keyed.ts';

/** Runs of text as text: nothing in them is markup. */
export function WordsView({ of }: { of: Words }) {
  return keyed(of, ({ text }) => text).map(({ key, item }) => <Run key={key} span={item} />);
}

function Run({ span }: { span: Span }) {
  let node: ReactNode = span.text;
  if (span.code) node = <code>{node}</code>;
  if (span.bold) node = <strong>{node}</strong>;
  if (span.italic) node = <em>{node}</em>;
  if (span.strike) node = <s>{node}</s>;
  return span.url === undefined ? node : <SafeLink url={span.url}>{node}</SafeLink>;
}

/** Only to where a link may lead; anything else is shown without being one. */
export function SafeLink({
  url,
  className,
  children,
}: {
  url: string;
  className?: string;
  children: ReactNode;
}) {
  const target = safeTarget(url);
  if (!target) return children;
  if (target.isOwn) {
    return (
      <Link href={target.href} className={className}>
        {children}
      </Link>
    );
  }
  return (
    <a href={target.href} className={className} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

function safeTarget(url: string): { href: string; isOwn: boolean } | undefined {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return undefined;
  }
  if (!['http:', 'https:', 'mailto:'].includes(parsed.protocol)) return undefined;
  const isOwn = parsed.origin === location.origin && /^\/tab(\/|$)/.test(parsed.pathname);
  return isOwn ? { href: parsed.pathname + parsed.search, isOwn } : { href: parsed.href, isOwn };
}
