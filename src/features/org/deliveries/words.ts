import { code, type Inline } from '../../../kernel/text.ts';
import { t } from './messages.ts';

const known: Readonly<Record<string, Inline>> = {
  is_archived: t('reason-archived'),
  channel_not_found: t('reason-not-found'),
  never_seen: t('reason-never-seen'),
  not_in_channel: t('reason-not-in'),
  token_revoked: t('reason-revoked'),
  account_inactive: t('reason-revoked'),
  invalid_auth: t('reason-revoked'),
  not_connected: t('reason-revoked'),
  ConversationNotFound: t('reason-not-found'),
  BotNotInConversationRoster: t('reason-not-in'),
};

/** Why a place takes no messages; what we have no words for, in the platform's. */
export function reasonText(reason: string): Inline {
  return known[reason] ?? code(reason);
}
