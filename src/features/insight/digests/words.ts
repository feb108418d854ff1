import { addDays } from '../../../kernel/dates.ts';
import type { ScheduleRule } from '../../../kernel/schedule.ts';
import { code, type Inline, strong } from '../../../kernel/text.ts';
import type { DigestKind } from '../../../runtime/digest.ts';
import type { FunnelScope } from '../../sales/deals/api.ts';
import { t } from './messages.ts';
import type { DigestView } from './model.ts';

export const kindText = (kind: DigestKind): Inline => t(`kind-${kind}`);

export function ruleText(rule: ScheduleRule): Inline {
  switch (rule.every) {
    case 'day':
    case 'workday':
      return t(`rule-${rule.every}`, { at: rule.at });
    case 'week':
      return t('rule-week', { weekday: String(rule.weekday), at: rule.at });
    case 'month':
      return t('rule-month', { day: rule.day, at: rule.at });
    case 'minutes':
      return t('rule-minutes');
    default:
      return rule satisfies never;
  }
}

/** By its name; a channel whose name its platform keeps to itself, by its id. */
export function channelText(label: string): Inline {
  return label.startsWith('#') ? strong(label) : t('place-unnamed', { id: code(label) });
}

export function placeText({ channel, member }: Pick<DigestView, 'channel' | 'member'>): Inline {
  if (channel) return channelText(channel.label);
  return member && !member.isReader ? strong(member.name) : t('place-you');
}

export function aboutText({ kind, name }: FunnelScope, setBy: string): Inline {
  if (kind === 'all') return t('scope-all');
  if (kind === 'team' && name !== null) return t('team-of', { name });
  return kind === 'own' ? t('scope-own') : (name ?? t('people-of', { name: setBy }));
}

/** The seven days to that one. */
export function weekTo(on: string): { from: string; to: string } {
  return { from: addDays(on, -6), to: on };
}
