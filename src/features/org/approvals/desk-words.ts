import { day, type Inline, strong } from '../../../kernel/text.ts';
import type { DeskScope } from './desk-model.ts';
import { t } from './messages.ts';

/** One day, or two with everything between. */
export function daysText({ from, until }: { from: string; until: string }): Inline {
  return from === until ? day(from) : t('sub-days', { from: day(from), until: day(until) });
}

/** Whose requests a desk gets. */
export function scopeText({ kind, by, unit }: DeskScope): Inline {
  const name = strong(by?.name ?? '?');
  switch (kind) {
    case 'all':
      return unit === null ? t('scope-all') : t('scope-unit', { unit: strong(unit) });
    case 'sees':
      return unit === null ? t('scope-sees', { name }) : t('scope-sees-unit', { name, unit: strong(unit) });
    case 'nothing':
      return t('scope-nothing', { name });
    default:
      return kind satisfies never;
  }
}
