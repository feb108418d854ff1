import type { DeliveryFailure } from '../../runtime/ports.ts';

/** The workspace has no token (any more). */
export class NotConnectedError extends Error {
  constructor(installation: string) {
    super(`slack workspace ${installation} is not connected`);
    this.name = 'NotConnectedError';
  }
}

/** Whether an earlier post arrived cannot be found out: the app may not read the destination. */
export class CannotLookError extends Error {
  constructor(cause: unknown) {
    super('history cannot be read', { cause });
    this.name = 'CannotLookError';
  }
}

const dropDestination = new Set([
  'channel_not_found',
  'is_archived',
  'not_in_channel',
  'user_not_found',
  'users_not_found',
  'user_disabled',
  'cannot_dm_bot',
  'restricted_action',
  'restricted_action_non_threadable_channel',
  'restricted_action_read_only_channel',
  'restricted_action_thread_locked',
  'thread_not_found',
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'messages_tab_disabled',
]);

const pauseInstallation = new Set([
  'token_revoked',
  'token_expired',
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'no_permission',
  'missing_scope',
  'not_allowed_token_type',
  'org_login_required',
  'access_denied',
  'ekm_access_denied',
  'two_factor_setup_required',
  'accesslimited',
]);

/** Slack says of some of these that a part may have been done. */
const uncertain = new Set(['internal_error', 'fatal_error', 'request_timeout']);
const retry = new Set(['ratelimited', 'rate_limited', 'service_unavailable', 'team_added_to_org']);

/** Nothing was sent yet when one of these comes. */
const beforeSending = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH']);

/** The error name Slack answered with, e.g. `expired_trigger_id`. */
export function slackErrorOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('data' in error)) return undefined;
  const { data } = error;
  if (typeof data !== 'object' || data === null || !('error' in data)) return undefined;
  return typeof data.error === 'string' ? data.error : undefined;
}

/**
 * Sorts what a call of the Web API threw. A 5xx, a reset and a timeout are *uncertain*: in each case Slack may
 * have accepted the message, and sending it again would show it twice.
 */
export function classify(error: unknown): DeliveryFailure {
  if (error instanceof NotConnectedError) return { kind: 'pause-installation', reason: 'not_connected' };
  if (error instanceof CannotLookError) return { kind: 'uncertain', cannotLook: true };
  const name = slackErrorOf(error);
  if (name !== undefined) return classifyName(name);
  if (typeof error !== 'object' || error === null) return { kind: 'poison', reason: String(error) };
  if ('retryAfter' in error && typeof error.retryAfter === 'number') {
    return { kind: 'retry', afterSeconds: error.retryAfter };
  }
  if ('statusCode' in error && typeof error.statusCode === 'number') {
    const { statusCode } = error;
    if (statusCode === 429) return { kind: 'retry' };
    if (statusCode >= 500 || statusCode === 408) return { kind: 'uncertain' };
    return { kind: 'poison', reason: `http_${statusCode}` };
  }
  if ('code' in error && error.code === 'slack_webapi_request_error') {
    return causeCodes(error).some((code) => beforeSending.has(code))
      ? { kind: 'retry' }
      : { kind: 'uncertain' };
  }
  return { kind: 'poison', reason: error instanceof Error ? error.name : 'unknown' };
}

function classifyName(name: string): DeliveryFailure {
  if (retry.has(name)) return { kind: 'retry' };
  if (uncertain.has(name)) return { kind: 'uncertain' };
  if (dropDestination.has(name)) return { kind: 'drop-destination', reason: name };
  if (pauseInstallation.has(name)) return { kind: 'pause-installation', reason: name };
  return { kind: 'poison', reason: name };
}

function causeCodes(error: unknown): string[] {
  const codes: string[] = [];
  let at: unknown = error;
  for (let depth = 0; depth < 5 && typeof at === 'object' && at !== null; depth += 1) {
    if ('code' in at && typeof at.code === 'string') codes.push(at.code);
    at = 'cause' in at ? at.cause : undefined;
  }
  return codes;
}
