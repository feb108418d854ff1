import type { SealedPress } from '../../view/press.ts';
import type { ScreenCard, ScreenOutcome } from '../../view/screen.ts';
import { pathOf } from '../route.tsx';

/** Something was changed: neither shown, nor asked, nor refused. */
export function isDone({ done, refused }: Extract<ScreenOutcome, { kind: 'card' }>): boolean {
  return done === true && !refused;
}

/** A few sentences and buttons: said in passing, without standing in the way. */
export function isShort({ title, blocks }: ScreenCard): boolean {
  const texts = blocks.filter(({ t }) => t !== 'buttons');
  return title !== undefined && texts.length <= 3 && texts.every(({ t }) => t === 'text' || t === 'context');
}

const pages: Readonly<
  Record<string, { field: string; page: 'deal' | 'account' | 'approval'; number: RegExp }>
> = {
  'deals.show': { field: 'deal', page: 'deal', number: /^D-\d+$/ },
  'approvals.show': { field: 'approval', page: 'approval', number: /^A-\d+$/ },
  'accounts.show': { field: 'account', page: 'account', number: /^C-\d+$/ },
};

/** The page a press opens, where a record has one of its own. */
export function pageBehind(press: SealedPress): string | undefined {
  if ('p' in press) return undefined;
  const target = pages[press.a];
  const value = target && press.i[target.field];
  if (!target || typeof value !== 'string' || !target.number.test(value)) return undefined;
  return pathOf({ name: target.page, number: value });
}
