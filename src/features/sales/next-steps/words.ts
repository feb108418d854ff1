import type { Inline } from '../../../kernel/text.ts';
import type { PresentContext } from '../../../runtime/action.ts';
import { dayText, instantText } from '../leads/api.ts';
import { t } from './messages.ts';
import type { TodayGroup } from './model.ts';

export const statusTexts = {
  open: t('status-open'),
  done: t('status-done'),
  replaced: t('status-replaced'),
} satisfies Record<'open' | 'done' | 'replaced', Inline>;

export const groupTexts = {
  overdue: t('group-overdue'),
  today: t('group-today'),
  clock: t('group-clock'),
  unplanned: t('group-unplanned'),
  review: t('group-review'),
} satisfies Record<TodayGroup, Inline>;

/** `today 10:00`, `tomorrow`, else day and time. */
export function dueText(due: { dueOn: string; dueAt: string | null }, at: PresentContext): Inline {
  return due.dueAt === null ? dayText(due.dueOn, at.today) : instantText(due.dueAt, at);
}
