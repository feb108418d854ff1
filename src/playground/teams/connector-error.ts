import type { Json } from '../json.ts';

/** Becomes `{ error: { code, message } }` with that status; only codes that are documented. */
export class ConnectorError extends Error {
  readonly status: 400 | 401 | 403 | 404 | 405 | 413 | 429;
  readonly code: string;
  constructor(status: ConnectorError['status'], code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }

  body(): Json {
    // The gateway in front of the connector answers 401 in words of its own.
    if (this.status === 401) return { message: this.message };
    return { error: { code: this.code, message: this.message } };
  }
}

export const unauthorized = () =>
  new ConnectorError(401, 'Unauthorized', 'Authorization has been denied for this request.');
export const badSyntax = (message: string) => new ConnectorError(400, 'BadSyntax', message);
export const noConversation = () =>
  new ConnectorError(404, 'ConversationNotFound', 'Conversation not found.');
export const noActivity = () =>
  new ConnectorError(
    404,
    'ActivityNotFoundInConversation',
    'The activity was not found in the conversation.',
  );
export const notInRoster = () =>
  new ConnectorError(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');
