import type { DeliveryFailure } from '../../runtime/ports.ts';

export interface ConnectorProblem {
  /** HTTP status of a refusal; none came: undefined. */
  status?: number;
  /** The connector's own code, or one of ours. */
  code: string;
  retryAfterSeconds?: number;
  /** It may have been taken although no answer came. */
  isUncertain?: boolean;
  cause?: unknown;
}

/** A call of the Bot Connector that was refused or not answered. */
export class ConnectorError extends Error {
  readonly status: number | undefined;
  readonly code: string;
  readonly retryAfterSeconds: number | undefined;
  readonly isUncertain: boolean;

  constructor({ status, code, retryAfterSeconds, isUncertain = false, cause }: ConnectorProblem) {
    super(`connector: ${status ?? '–'} ${code}`, cause === undefined ? undefined : { cause });
    this.name = 'ConnectorError';
    this.status = status;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
    this.isUncertain = isUncertain;
  }
}

/** Nobody was ever reached there: there is no address to send to. */
export class NeverSeenError extends Error {
  constructor() {
    super('no address is known');
    this.name = 'NeverSeenError';
  }
}

/** The tenant is not connected (any more). */
export class TenantNotConnectedError extends Error {
  constructor() {
    super('the tenant is not connected');
    this.name = 'TenantNotConnectedError';
  }
}

const unreachable = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH']);

/** Whether a failed request cannot have arrived. */
export function isBeforeSending(error: unknown): boolean {
  let at: unknown = error;
  for (let depth = 0; depth < 5 && typeof at === 'object' && at !== null; depth += 1) {
    if ('code' in at && typeof at.code === 'string' && unreachable.has(at.code)) return true;
    at = 'cause' in at ? at.cause : undefined;
  }
  return false;
}

/** The statuses Microsoft asks bots to repeat. */
const retried = new Set([412, 429, 502, 504]);
/** What the connector says of a message that has been taken to pieces; everything else of 400 is a broken message too. */
const goneCodes = new Set(['ConversationNotFound', 'ActivityNotFound', 'BotNotInConversationRoster']);

/**
 * Sorts what a call of the connector threw. A 500, a reset and a timeout are *uncertain*: the message may stand there
 * already, and a bot cannot read a conversation to find out.
 */
export function classify(error: unknown): DeliveryFailure {
  if (error instanceof NeverSeenError) return { kind: 'drop-destination', reason: 'never_seen' };
  if (error instanceof TenantNotConnectedError)
    return { kind: 'pause-installation', reason: 'not_connected' };
  if (!(error instanceof ConnectorError)) {
    return { kind: 'poison', reason: error instanceof Error ? error.name : 'unknown' };
  }
  const { status, code, retryAfterSeconds } = error;
  if (status === undefined) {
    if (code === 'host_not_allowed' || code === 'unreadable_answer') return { kind: 'poison', reason: code };
    return error.isUncertain ? { kind: 'uncertain' } : { kind: 'retry' };
  }
  if (retried.has(status)) {
    return { kind: 'retry', ...(retryAfterSeconds === undefined ? {} : { afterSeconds: retryAfterSeconds }) };
  }
  if (status >= 500 || status === 408) return { kind: 'uncertain' };
  if (status === 401) return { kind: 'pause-installation', reason: code };
  if (status === 403 || status === 404 || goneCodes.has(code))
    return { kind: 'drop-destination', reason: code };
  return { kind: 'poison', reason: code };
}
