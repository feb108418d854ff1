import type { Inline } from '../../../kernel/text.ts';
import { t } from './messages.ts';
import type { ApprovalStatus, Part } from './model.ts';

export const statusTexts: Readonly<Record<ApprovalStatus, Inline>> = {
  pending: t('status-pending'),
  approved: t('status-approved'),
  countered: t('status-countered'),
  rejected: t('status-rejected'),
  withdrawn: t('status-withdrawn'),
  expired: t('status-expired'),
  superseded: t('status-superseded'),
};

/** "their manager", "Finance", a name; `names` by member id. */
export function partName(part: Part, names: ReadonlyMap<string, string>): Inline {
  switch (part.who) {
    case 'manager':
      return t('who-manager');
    case 'role':
      return t(`who-role-${part.role}`);
    case 'member':
      return names.get(part.memberId) ?? '?';
    default:
      return part satisfies never;
  }
}

/** Whom parts name themselves. */
export function peopleNamed(parts: readonly Part[]): string[] {
  return parts.flatMap((part) => (part.who === 'member' ? part.memberId : []));
}
