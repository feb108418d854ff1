const timeoutMs = 10_000;

/**
 * Posts to a response URL, which may come twice where the connection breaks before the answer: nobody but the person
 * sees it. Rejects when Slack refuses it (too old, used five times) or cannot be reached.
 */
export type Respond = (responseUrl: string, body: object) => Promise<void>;

/**
 * Response URLs come from signed requests and from forms we made; still only Slack's own hosts are called, and
 * the host of the configured Web API for stand-ins.
 */
export function createRespond(apiUrl: string): Respond {
  const api = new URL(apiUrl);
  return async (responseUrl, body) => {
    if (!isAllowed(responseUrl, api)) throw new Error('response url is not of Slack');
    const post = () =>
      fetch(responseUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
    const answer = await post().catch((error) => {
      // An idle connection that was closed at the other end as we wrote to it tells nothing of Slack.
      if (isBrokenConnection(error)) return post();
      throw error;
    });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`response url answered ${answer.status}`);
  };
}

function isBrokenConnection(error: unknown): boolean {
  const { code } = ((error as Error).cause ?? {}) as { code?: string };
  return code === 'ECONNRESET' || code === 'EPIPE' || code === 'UND_ERR_SOCKET';
}

const slackHosts = ['hooks.slack.com', 'hooks.slack-gov.com'];

function isAllowed(responseUrl: string, api: URL): boolean {
  if (!URL.canParse(responseUrl)) return false;
  const url = new URL(responseUrl);
  if (url.protocol === 'https:' && slackHosts.includes(url.hostname)) return true;
  return isLoopback(api.hostname) ? isLoopback(url.hostname) : url.origin === api.origin;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
