import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createHostCheck } from '../../../src/platforms/teams/allow-list.ts';
import { type ActivityVerifier, createActivityVerifier } from '../../../src/platforms/teams/auth.ts';
import { naiveTokenCheck } from '../../controls/naive-token-check.ts';
import { appId, type Claims, connectorClaims, Forger, issuer, type KeyName, serviceUrl } from './forger.ts';
import { directoryForgeries, type Forgery, forgeries } from './forgeries.ts';

const allowed = createHostCheck(['smba.trafficmanager.net', '.botframework.com'], true);
const activity = { serviceUrl, channelId: 'msteams' };

const forger = new Forger();
beforeAll(() => forger.start());
afterAll(() => forger.stop());
let verifier: ActivityVerifier;
beforeEach(() => {
  forger.asked = 0;
  forger.isAway = false;
  verifier = createActivityVerifier({ appId, issuer, jwksUrl: forger.jwksUrl, allowed });
});
afterEach(() => {
  vi.useRealTimers();
});

async function accepts(claims: Claims, key: KeyName = 'teams', sent: object = activity): Promise<boolean> {
  return verifier.verify(`Bearer ${await forger.sign(claims, key)}`, sent);
}

async function refuses({ make }: Forgery): Promise<boolean> {
  const { authorization, activity } = await make(forger);
  return !(await verifier.verify(authorization, activity));
}

describe('an activity is taken', () => {
  test('from the Bot Connector', async () => {
    expect(await accepts(connectorClaims())).toBe(true);
  });

  test('with the address spelled as in the documents, by a key for all channels', async () => {
    const { serviceurl, ...rest } = connectorClaims();
    expect(await accepts({ ...rest, serviceUrl: serviceurl }, 'anyChannel')).toBe(true);
  });

  test('with or without a slash at the end of the address', async () => {
    expect(
      await accepts(connectorClaims(), 'teams', { ...activity, serviceUrl: serviceUrl.slice(0, -1) }),
    ).toBe(true);
  });

  test('when clocks differ by a few minutes', async () => {
    const now = Math.floor(Date.now() / 1000);
    expect(await accepts(connectorClaims({ exp: now - 240, nbf: now - 4000 }))).toBe(true);
    expect(await accepts(connectorClaims({ nbf: now + 240 }))).toBe(true);
  });
});

describe('an activity is refused', () => {
  test('for forty reasons and more', () => {
    expect(forgeries.length).toBeGreaterThanOrEqual(40);
    expect(new Set(forgeries.map(({ name }) => name)).size).toBe(forgeries.length);
  });

  test.each(forgeries)('$name', async (forgery) => {
    // Good ones pass at the same time: a check that refuses everything would pass otherwise.
    expect([await refuses(forgery), await accepts(connectorClaims())]).toEqual([true, true]);
  });

  test('that a check of signature and audience alone takes', async () => {
    const naive = naiveTokenCheck({ appId, jwksUrls: [forger.jwksUrl, forger.directoryKeysUrl] });
    for (const forgery of directoryForgeries) {
      const { authorization } = await forgery.make(forger);
      expect([forgery.name, await naive(authorization), await refuses(forgery)]).toEqual([
        forgery.name,
        true,
        true,
      ]);
    }
  });
});

describe('the published keys', () => {
  test('are asked for once, however many activities come at once', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => accepts(connectorClaims())));
    expect(all.every(Boolean)).toBe(true);
    expect(forger.asked).toBe(1);
  });

  test('are not asked for by what is refused without them', async () => {
    for (const sent of [
      {},
      { ...activity, channelId: 'x' },
      { ...activity, serviceUrl: 'https://x.example' },
    ]) {
      expect(await accepts(connectorClaims(), 'teams', sent)).toBe(false);
    }
    expect(await verifier.verify('Bearer x', activity)).toBe(false);
    expect(forger.asked).toBe(0);
  });

  test('are asked for once a minute at most by tokens of unknown keys', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    expect(await accepts(connectorClaims())).toBe(true);
    for (let n = 0; n < 30; n += 1) {
      const token = await forger.sign(connectorClaims(), 'foreign', { kid: `unknown-${n}` });
      expect(await verifier.verify(`Bearer ${token}`, activity)).toBe(false);
    }
    expect(forger.asked).toBe(1);
    vi.setSystemTime(Date.now() + 61_000);
    for (let n = 0; n < 30; n += 1) expect(await accepts(connectorClaims(), 'foreign')).toBe(false);
    expect(forger.asked).toBe(2);
  });

  test('are used for a day though the list cannot be had', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    expect(await accepts(connectorClaims())).toBe(true);
    forger.isAway = true;
    vi.setSystemTime(Date.now() + 20 * 3_600_000);
    expect(await accepts(connectorClaims())).toBe(true);
    vi.setSystemTime(Date.now() + 5 * 3_600_000);
    expect(await accepts(connectorClaims())).toBe(false);
  });

  test('missing, nothing is taken, and all is well when they are back', async () => {
    forger.isAway = true;
    expect(await accepts(connectorClaims())).toBe(false);
    forger.isAway = false;
    expect(await accepts(connectorClaims())).toBe(true);
  });
});
