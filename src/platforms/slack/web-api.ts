import type { WebClient } from '@slack/web-api';
import type { InstallationSecrets } from '../../runtime/ports.ts';
import { NotConnectedError } from './errors.ts';
import { silentLogger } from './silent-logger.ts';

/** Calls of one workspace's Web API. Rejects with the SDK's errors; `classify` sorts them. */
export type Call = (method: string, args: Record<string, unknown>) => Promise<Record<string, unknown>>;

export interface WebApi {
  /** Throws NotConnectedError. */
  forInstallation(installation: string): Promise<Call>;
  withToken(token: string): Call;
}

const clientsKept = 500;
const timeoutMs = 10_000;

/**
 * Web API clients by token. They never repeat a call by themselves: a repeated post is a second message, and
 * only the relay knows whether the first arrived.
 */
export function createWebApi(options: {
  apiUrl: string;
  installations: InstallationSecrets;
  botToken?: string | undefined;
}): WebApi {
  const clients = new Map<string, Promise<WebClient>>();
  const clientOf = (token: string): Promise<WebClient> => {
    const known = clients.get(token);
    if (known) return known;
    const made = import('@slack/web-api').then(
      (sdk) =>
        new sdk.WebClient(token, {
          slackApiUrl: options.apiUrl,
          retryConfig: { retries: 0 },
          timeout: timeoutMs,
          rejectRateLimitedCalls: true,
          logger: silentLogger,
        }),
    );
    const [oldest] = clients.keys();
    if (oldest !== undefined && clients.size >= clientsKept) clients.delete(oldest);
    clients.set(token, made);
    return made;
  };
  const withToken =
    (token: string): Call =>
    async (method, args) => ({ ...(await (await clientOf(token)).apiCall(method, args)) });
  return {
    withToken,
    async forInstallation(installation) {
      const found = await options.installations.find('slack', installation);
      const token = found && (found.token ?? options.botToken);
      if (!token) throw new NotConnectedError(installation);
      return withToken(token);
    },
  };
}
