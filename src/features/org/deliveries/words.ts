import { code, type Inline } from '../../../kernel/text.ts';
import { t } from './messages.ts';

const known: Readonly<Record<string, Inline>> = {
  // Places.
  is_archived: t('reason-archived'),
  channel_not_found: t('reason-not-found'),
  ConversationNotFound: t('reason-not-found'),
  not_in_channel: t('reason-not-in'),
  BotNotInConversationRoster: t('reason-not-in'),
  never_seen: t('reason-never-seen'),
  shared: t('reason-shared'),
  user_not_found: t('reason-no-person'),
  users_not_found: t('reason-no-person'),
  user_disabled: t('reason-no-person'),
  cannot_dm_bot: t('reason-no-person'),
  restricted_action: t('reason-may-not-post'),
  restricted_action_non_threadable_channel: t('reason-may-not-post'),
  restricted_action_read_only_channel: t('reason-may-not-post'),
  restricted_action_thread_locked: t('reason-may-not-post'),
  messages_tab_disabled: t('reason-may-not-post'),
  // Single messages.
  thread_not_found: t('reason-message-gone'),
  message_not_found: t('reason-message-gone'),
  ActivityNotFound: t('reason-message-gone'),
  cant_update_message: t('reason-cannot-edit'),
  edit_window_closed: t('reason-cannot-edit'),
  // Installations.
  token_revoked: t('reason-revoked'),
  token_expired: t('reason-revoked'),
  account_inactive: t('reason-revoked'),
  invalid_auth: t('reason-revoked'),
  not_authed: t('reason-revoked'),
  not_connected: t('reason-revoked'),
  no_permission: t('reason-not-allowed'),
  missing_scope: t('reason-not-allowed'),
  not_allowed_token_type: t('reason-not-allowed'),
  org_login_required: t('reason-not-allowed'),
  access_denied: t('reason-not-allowed'),
  ekm_access_denied: t('reason-not-allowed'),
  two_factor_setup_required: t('reason-not-allowed'),
  accesslimited: t('reason-not-allowed'),
  // Our own.
  'no answer': t('reason-no-answer'),
  retry: t('reason-later'),
  failed: t('reason-failed'),
  'failed too often': t('reason-failed-often'),
  'too old': t('reason-too-old'),
  left: t('reason-left'),
  'not for this place any more': t('reason-not-for-here'),
  'not posted': t('reason-not-posted'),
  'no such message': t('reason-not-posted'),
  'told within another message': t('state-folded'),
  'no such notification': t('reason-not-known'),
  'no such handler': t('reason-not-known'),
};

/** Why a place takes no messages, or one did not arrive; what we have no words for, in the platform's. */
export function reasonText(reason: string): Inline {
  return known[reason] ?? code(reason);
}

const notifications: Readonly<Record<string, Inline>> = {
  'accounts.assigned': t('what-account-assigned'),
  'accounts.twin-created': t('what-twin'),
  'alerts.told': t('what-alert'),
  'approvals.answered': t('what-approval-answered'),
  'approvals.asked': t('what-approval-asked'),
  'approvals.logged': t('what-approval-logged'),
  'approvals.reminder': t('what-approval-reminder'),
  'approvals.said': t('what-approval-said'),
  'approvals.stuck': t('what-approval-stuck'),
  'contacts.left': t('what-contact-left'),
  'deals.assigned': t('what-deal-assigned'),
  'deliveries.place-paused': t('what-place-paused'),
  'digests.more': t('what-digest-more'),
  'digests.paused': t('what-digest-paused'),
  'digests.posted': t('what-digest'),
  'digests.taken': t('what-digest-taken'),
  'help.welcome': t('what-welcome'),
  'leads.assigned': t('what-lead-assigned'),
  'leads.twin-created': t('what-twin'),
  'members.access-asked': t('what-access-asked'),
  'members.account-back': t('what-account-back'),
  'members.account-ended': t('what-account-ended'),
  'members.account-linked': t('what-account-linked'),
  'members.last-admin-gone': t('what-last-admin-gone'),
  'members.role-given': t('what-role-given'),
  'members.workspace-connected': t('what-workspace-connected'),
  'next-steps.given': t('what-step-given'),
  'quotes.shared': t('what-quote-shared'),
};

/** What a message was about. Work in the background keeps its name: whoever looks into it searches the log for it. */
export function whatText(name: string): Inline {
  return notifications[name] ?? code(name);
}
