import { createLocalJWKSet, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { appId, askToken, group, openBench, tabAppId, tenantId, verify, wei } from './teams-service.ts';

const good = (now: number) => ({
  iss: 'https://api.botframework.com',
  aud: appId,
  serviceurl: 'http://stand-in.test/',
  exp: Math.floor(now / 1000) + 600,
});

describe('tokens', () => {
  it('the connector publishes keys that are endorsed for Teams', async () => {
    const { standIn } = openBench();
    const keys = await (await standIn.web.request('/keys')).json();
    expect(keys.keys).toEqual([
      expect.objectContaining({ kty: 'RSA', use: 'sig', endorsements: ['msteams'], kid: expect.any(String) }),
    ]);
    expect(keys.keys[0]).not.toHaveProperty('d');
  });

  it('a signature of its own is accepted by a stranger', async () => {
    const { standIn, clock } = openBench();
    const token = await standIn.signToken(good(clock.now));
    await expect(verify(standIn, token, clock.now)).resolves.toMatchObject({ aud: appId });
  });

  it.each([
    ['another audience', { aud: 'somebody-else' }, 'connector'],
    ['another issuer', { iss: 'https://sts.windows.net/1/' }, 'connector'],
    ['a past end', { exp: 1_700_000_000 }, 'connector'],
    ['somebody else’s key', {}, 'foreign'],
    ['the directory’s key', {}, 'entra'],
    ['no signature', {}, 'none'],
    ['the public key as a secret', {}, 'hs256'],
  ] as const)('a forgery with %s is one that a stranger refuses', async (_, change, key) => {
    const { standIn, clock } = openBench();
    const token = await standIn.signToken({ ...good(clock.now), ...change }, { key });
    await expect(verify(standIn, token, clock.now)).rejects.toThrow();
    const outcome = await standIn.sendRaw(
      { type: 'message', serviceUrl: 'http://stand-in.test/' },
      `Bearer ${token}`,
    );
    expect(outcome).toMatchObject({ ok: false, status: 401 });
  });

  it('a tab gets a token of the person, for the tab, from the directory', async () => {
    const { standIn, clock } = openBench();
    const token = await standIn.ssoToken(wei);
    const keys = await (await standIn.web.request('/entra/keys')).json();
    const { payload } = await jwtVerify(token, createLocalJWKSet(keys), {
      audience: tabAppId,
      issuer: `http://stand-in.test/entra/${tenantId}/v2.0`,
      currentDate: new Date(clock.now),
    });
    expect(payload).toMatchObject({
      tid: tenantId,
      oid: wei,
      scp: 'access_as_user',
      azp: '1fec8e78-bce4-4aaf-ab1b-5451cc387264',
      ver: '2.0',
      name: 'Chen Wei',
      preferred_username: 'chen.wei@east.example',
    });
    expect(Number(payload.exp) - Number(payload.iat)).toBe(3600);
    const asked = await standIn.web.request(`/entra/token?user=${wei}&tenant=${tenantId}`);
    expect(Object.keys(await asked.json())).toEqual(['token']);
    expect((await standIn.web.request('/entra/token?user=nobody')).status).toBe(400);
  });

  it.each([
    [{ client_secret: 'wrong' }, 401, 'invalid_client'],
    [{ client_id: 'other' }, 400, 'unauthorized_client'],
    [{ scope: 'https://graph.microsoft.com/.default' }, 400, 'invalid_scope'],
    [{ grant_type: 'password' }, 400, 'unsupported_grant_type'],
  ])('credentials %j are refused', async (change, status, error) => {
    const { standIn } = openBench();
    const response = await askToken(standIn, change as Record<string, string>);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({
      error,
      error_description: expect.stringMatching(/^AADSTS/),
    });
  });

  it('a token of another home tenant is not given', async () => {
    const { standIn } = openBench({ homeTenantId: tenantId });
    expect((await askToken(standIn, {}, `/${tenantId}/oauth2/v2.0/token`)).status).toBe(200);
    expect((await askToken(standIn, {}, '/other/oauth2/v2.0/token')).status).toBe(400);
  });

  it('the connector takes only tokens it has issued, and only while they last', async () => {
    const { standIn, connector, bearer, clock } = openBench();
    const path = `/v3/conversations/${group}/members`;
    const token = await bearer();
    expect((await connector('GET', path, undefined, token)).status).toBe(200);
    expect((await connector('GET', path, undefined, 'made-up')).status).toBe(401);
    const own = await standIn.signToken(good(clock.now));
    expect((await connector('GET', path, undefined, own)).status).toBe(401);
    clock.now += 3_600_000;
    expect((await connector('GET', path, undefined, token)).status).toBe(401);
    expect((await standIn.web.request(path)).status).toBe(401);
  });
});
