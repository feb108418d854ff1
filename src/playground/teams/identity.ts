import { type Context, Hono } from 'hono';
import { refuse } from '../control-route.ts';
import { ImpossibleGesture } from '../impossible-gesture.ts';
import { asJson, asText, parseJson } from '../json.ts';
import { publicKeys, signToken, ssoClaims } from './authority.ts';
import type { Credentials } from './credentials.ts';
import { findUser, tenantFor, type World } from './world.ts';

interface Identity {
  world: World;
  base: () => string;
  issuer: string;
  now: () => number;
  /** Audience of the tokens that tabs get. */
  tabAppId: string;
}

/** What a tab gets from `getAuthToken()`. @throws ImpossibleGesture for somebody who isn't there */
export async function ssoToken(
  { world, base, now, tabAppId }: Identity,
  id: string,
  tenantId?: string,
): Promise<string> {
  const tenant = tenantFor(world, id, tenantId);
  const user = findUser(tenant, id);
  if (!user) throw new ImpossibleGesture(`${tenant.name} has nobody with the id ${id}.`);
  return signToken(ssoClaims({ tenant, user }, { audience: tabAppId, base: base() }, now()), 'entra');
}

/** Keys and tokens: of the connector, and of the directory that signs people in. */
export function identityRoutes(identity: Identity & { credentials: Credentials }): Hono {
  const { base, issuer, credentials } = identity;
  const app = new Hono();
  app.get('/.well-known/openidconfiguration', (c) =>
    c.json({
      issuer,
      authorization_endpoint: 'https://invalid.botframework.com',
      jwks_uri: `${base()}/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
    }),
  );
  app.get('/keys', async (c) => c.json(await publicKeys('connector')));
  app.get('/entra/keys', async (c) => c.json(await publicKeys('entra')));
  app.post('/token', (c) => credentials.issue(c));
  app.post('/:tenant/oauth2/v2.0/token', (c) => credentials.issue(c));
  app.get('/entra/token', (c) => give(c, identity, c.req.query('user'), c.req.query('tenant')));
  app.post('/entra/token', async (c) => {
    if (!c.req.header('content-type')?.startsWith('application/json')) {
      return c.json({ error: 'Send JSON.' }, 415);
    }
    const { user, tenant } = asJson(parseJson(await c.req.text()));
    return give(c, identity, asText(user), asText(tenant) || undefined);
  });
  return app;
}

async function give(
  c: Context,
  identity: Identity,
  user: string | undefined,
  tenant: string | undefined,
): Promise<Response> {
  try {
    return c.json({ token: await ssoToken(identity, user ?? '', tenant) });
  } catch (error) {
    return refuse(c, error);
  }
}
