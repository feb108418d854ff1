import { Hono } from 'hono';
import { botIdOf } from './messages.ts';
import type { Tickets } from './tickets.ts';
import { type World, workspaceOf } from './world.ts';

export interface OAuthClient {
  clientId: string;
  clientSecret: string;
}

/**
 * The install flow: `GET /oauth/v2/authorize` says yes at once (for the workspace in `team`, else the first) and
 * `POST /api/oauth.v2.access` swaps the code, once, for the workspace's bot token.
 */
export function oauthRoutes(world: World, tickets: Tickets, client: OAuthClient): Hono {
  const app = new Hono();

  app.get('/oauth/v2/authorize', (c) => {
    const { client_id, redirect_uri = '', state = '', team } = c.req.query();
    if (client_id !== client.clientId) return c.text('invalid_client_id', 400);
    if (!URL.canParse(redirect_uri)) return c.text('bad_redirect_uri', 400);
    const workspace = team ? workspaceOf(world, team) : world.workspaces[0];
    if (!workspace) return c.text('invalid_team_for_non_distributed_app', 400);
    const back = new URL(redirect_uri);
    back.searchParams.set('code', tickets.code(workspace.id, redirect_uri));
    back.searchParams.set('state', state);
    return c.redirect(back.href, 302);
  });

  app.post('/api/oauth.v2.access', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const [basicId, basicSecret] = readBasic(c.req.header('authorization'));
    if ((form.get('client_id') ?? basicId) !== client.clientId)
      return c.json({ ok: false, error: 'invalid_client_id' });
    if ((form.get('client_secret') ?? basicSecret) !== client.clientSecret) {
      return c.json({ ok: false, error: 'bad_client_secret' });
    }
    const granted = tickets.takeCode(form.get('code') ?? '');
    if (!granted) return c.json({ ok: false, error: 'invalid_code' });
    const redirect = form.get('redirect_uri');
    if (redirect !== null && redirect !== granted.redirectUri)
      return c.json({ ok: false, error: 'bad_redirect_uri' });
    const workspace = workspaceOf(world, granted.team);
    world.revoked.delete(workspace.botToken);
    return c.json({
      ok: true,
      access_token: workspace.botToken,
      token_type: 'bot',
      scope: (workspace.scopes ?? []).join(','),
      bot_user_id: workspace.botUserId,
      bot_id: botIdOf(workspace.botUserId),
      app_id: workspace.appId,
      team: { id: workspace.id, name: workspace.name },
      enterprise: null,
      is_enterprise_install: false,
      authed_user: {
        id: workspace.users.find((user) => user.isOwner || user.isAdmin)?.id ?? workspace.users[0]?.id,
      },
    });
  });

  return app;
}

function readBasic(header: string | undefined): string[] {
  if (!header?.startsWith('Basic ')) return [];
  return Buffer.from(header.slice(6), 'base64').toString().split(':');
}
