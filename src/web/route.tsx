import { type AnchorHTMLAttributes, type MouseEvent, useSyncExternalStore } from 'react';

export type Page =
  | { name: 'day' | 'pipeline' | 'approvals' | 'reports' | 'settings' | 'missing' }
  | { name: 'deal' | 'account' | 'approval'; number: string };

const base = '/tab';

/** The page of a path below `/tab`. */
export function pageOf(pathname: string): Page {
  const [first = '', second, ...more] = pathname
    .slice(base.length)
    .split('/')
    .filter((part) => part !== '');
  if (more.length > 0) return { name: 'missing' };
  if (second !== undefined) {
    const number = second.toUpperCase();
    if (first === 'deals' && /^D-\d+$/.test(number)) return { name: 'deal', number };
    if (first === 'accounts' && /^C-\d+$/.test(number)) return { name: 'account', number };
    if (first === 'approvals' && /^A-\d+$/.test(number)) return { name: 'approval', number };
    return { name: 'missing' };
  }
  if (first === '') return { name: 'day' };
  if (first === 'pipeline' || first === 'approvals' || first === 'reports' || first === 'settings') {
    return { name: first };
  }
  return { name: 'missing' };
}

export function pathOf(page: Page): string {
  switch (page.name) {
    case 'deal':
      return `${base}/deals/${page.number}`;
    case 'account':
      return `${base}/accounts/${page.number}`;
    case 'approval':
      return `${base}/approvals/${page.number}`;
    case 'day':
    case 'missing':
      return `${base}/`;
    default:
      return `${base}/${page.name}`;
  }
}

const moved = 'parley:moved';

export function navigate(to: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  dispatchEvent(new Event(moved));
}

function subscribe(changed: () => void): () => void {
  addEventListener('popstate', changed);
  addEventListener(moved, changed);
  return () => {
    removeEventListener('popstate', changed);
    removeEventListener(moved, changed);
  };
}

/** Path and query, as they are now. */
export function useLocation(): { pathname: string; search: string } {
  const pathname = useSyncExternalStore(subscribe, () => location.pathname);
  const search = useSyncExternalStore(subscribe, () => location.search);
  return { pathname, search };
}

/** Stays in the page on a plain click; a new window, a copied link and a middle click work as everywhere. */
export function Link({ href, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  const onClick = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(href);
  };
  return <a {...rest} href={href} onClick={onClick} />;
}
