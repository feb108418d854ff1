import { z } from 'zod';
import { ConnectorError } from './errors.ts';

const answerSchema = z.looseObject({ access_token: z.string().min(1), expires_in: z.coerce.number() });
const refusedSchema = z.looseObject({ error: z.string() });
const scope = 'https://api.botframework.com/.default';
const timeoutMs = 8000;
/** Given back this long before it ends, so that it does not end on the way. */
const marginMs = 5 * 60_000;

export interface BotToken {
  /** Of several callers at once, one asks. Rejects with ConnectorError. */
  get(): Promise<string>;
  /** It was refused: ask for another one next time. */
  forget(): void;
}

/** The bot's own bearer token, by client credentials. */
export function createBotToken(options: {
  appId: string;
  appSecret: string;
  tokenUrl: string;
  fetch?: typeof fetch;
  now?: () => Date;
}): BotToken {
  const { now = () => new Date(), fetch: send = fetch } = options;
  let held: { token: string; until: number } | undefined;
  let asking: Promise<string> | undefined;

  async function ask(): Promise<string> {
    const askedAt = now().getTime();
    let response: Response;
    try {
      response = await send(options.tokenUrl, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: options.appId,
          client_secret: options.appSecret,
          scope,
        }),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
    } catch (cause) {
      throw new ConnectorError({ code: 'no_token', cause });
    }
    const answer: unknown = await response.json().catch(() => undefined);
    const read = answerSchema.safeParse(answer);
    if (!response.ok || !read.success) throw refused(response.status, answer);
    held = { token: read.data.access_token, until: askedAt + read.data.expires_in * 1000 - marginMs };
    return held.token;
  }

  return {
    get() {
      if (held && held.until > now().getTime()) return Promise.resolve(held.token);
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
    forget() {
      held = undefined;
    },
  };
}

/** Wrong credentials will stay wrong until somebody acts; anything else may pass. */
function refused(status: number, answer: unknown): ConnectorError {
  const read = refusedSchema.safeParse(answer);
  const isOurs = status === 400 || status === 401;
  if (isOurs) return new ConnectorError({ status: 401, code: read.success ? read.data.error : 'no_token' });
  return new ConnectorError({ code: 'no_token' });
}
