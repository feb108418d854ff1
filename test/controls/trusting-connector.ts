import type { ConversationAddress } from '../../src/platforms/teams/connector.ts';

/**
 * Control: sends where the activity said to, as a client does that trusts what it stored, and goes on to wherever it
 * is sent. The canary that sees nothing of our connector must see the token of this one.
 */
export function trustingConnector(options: { appId: string; appSecret: string; tokenUrl: string }) {
  return {
    async send({ serviceUrl, conversationId }: ConversationAddress, activity: object): Promise<void> {
      const asked = await fetch(options.tokenUrl, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: options.appId,
          client_secret: options.appSecret,
          scope: 'https://api.botframework.com/.default',
        }),
      });
      const { access_token } = (await asked.json()) as { access_token: string };
      await fetch(`${serviceUrl}v3/conversations/${encodeURIComponent(conversationId)}/activities`, {
        method: 'POST',
        headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
        body: JSON.stringify(activity),
      });
    },
  };
}
