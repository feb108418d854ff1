import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { botIdOf } from './messages.ts';
import type { OAuthGrant, Tickets } from './tickets.ts';
import type { Workspace } from './workspace.ts';
import { type World, workspaceOf } from './world.ts';

export interface OAuthClient {
  clientId: string;
  clientSecret: string;
}

/**
 * The install flow. `GET /oauth/v2/authorize` is the page on which somebody says yes; here they do at once, unless
 * the address says otherwise: `team` chooses the workspace (else the first), `user` who says it (else an admin),
 * `answer=deny` says no, `org_wide=1` means the whole enterprise. `POST /api/oauth.v2.access` swaps the code, once,
 * for the workspace's bot token.
 */
export function oauthRoutes(world: World, tickets: Tickets, client: OAuthClient): Hono {
  const app = new Hono();

  app.get('/oauth/v2/authorize', (c) => {
    const { client_id, redirect_uri = '', state = '', scope = '', ...choice } = c.req.query();
    if (client_id !== client.clientId) return c.text('invalid_client_id', 400);
    if (!URL.canParse(redirect_uri)) return c.text('bad_redirect_uri', 400);
    const scopes = scope.split(/[,\s]/).filter(Boolean);
    if (scopes.length === 0) return c.text('invalid_scope', 400);
    const workspace = choice.team ? workspaceOf(world, choice.team) : world.workspaces[0];
    if (!workspace) return c.text('invalid_team_for_non_distributed_app', 400);
    const back = new URL(redirect_uri);
    if (choice.answer === 'deny') {
      back.searchParams.set('error', 'access_denied');
    } else {
      const user = choice.user ?? installerOf(workspace);
      const isOrgWide = choice.org_wide === '1';
      const grant = { team: workspace.id, redirectUri: redirect_uri, user, scopes, isOrgWide };
      back.searchParams.set('code', tickets.code(grant));
    }
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
    if (form.get('redirect_uri') !== granted.redirectUri) {
      return c.json({ ok: false, error: 'bad_redirect_uri' });
    }
    return c.json(accept(world, granted));
  });

  return app;
}

function accept(world: World, { team, user, scopes, isOrgWide }: OAuthGrant) {
  const workspace = workspaceOf(world, team);
  // A token that was revoked never comes back to life.
  if (world.revoked.has(workspace.botToken)) workspace.botToken = `xoxb-${randomBytes(12).toString('hex')}`;
  workspace.scopes = scopes;
  const enterprise = { id: `E${workspace.id.slice(1)}`, name: workspace.name };
  return {
    ok: true,
    access_token: workspace.botToken,
    token_type: 'bot',
    scope: scopes.join(','),
    bot_user_id: workspace.botUserId,
    bot_id: botIdOf(workspace.botUserId),
    app_id: workspace.appId,
    team: isOrgWide ? null : { id: workspace.id, name: workspace.name },
    enterprise: isOrgWide ? enterprise : null,
    is_enterprise_install: isOrgWide,
    authed_user: { id: user },
  };
}

function installerOf({ users }: Workspace): string {
  return (users.find((user) => user.isOwner || user.isAdmin) ?? users[0])?.id ?? '';
}

function readBasic(header: string | undefined): string[] {
  if (!header?.startsWith('Basic ')) return [];
  return Buffer.from(header.slice(6), 'base64').toString().split(':');
}
