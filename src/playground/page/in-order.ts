import { createElement, Fragment, type ReactNode } from 'react';

/** Draws things that have no identity but their place, such as the parts of a text: they need no keys. */
export function inOrder<T>(items: readonly T[], draw: (item: T, index: number) => ReactNode): ReactNode {
  return createElement(Fragment, null, ...items.map(draw));
}

/** The same for what is drawn already. */
export function together(nodes: readonly ReactNode[]): ReactNode {
  return createElement(Fragment, null, ...nodes);
}
