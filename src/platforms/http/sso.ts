import { createRemoteJWKSet, jwtVerify } from 'jose';
import { isUuid } from '../../kernel/ids.ts';
import type { TabTokens } from './authenticate.ts';

/** Clients of Teams that may ask for a token of the tab: desktop and mobile, web (documented by Microsoft). */
const teamsClients = ['1fec8e78-bce4-4aaf-ab1b-5451cc387264', '5e3ce6c0-2b1f-4285-8d4b-75ee78787346'];

const toleranceSeconds = 60;
const fetchTimeoutMs = 4000;

/**
 * Tokens that Teams hands to the tab for the person who looks at it. `issuerTemplate` has `{tid}` where the token's
 * own tenant stands: a token of one tenant says nothing about another.
 */
export function createTabTokens(options: {
  tabAppId: string;
  issuerTemplate: string;
  jwksUrl: string;
  now?: () => Date;
}): TabTokens {
  const { tabAppId, issuerTemplate, now = () => new Date() } = options;
  const keys = createRemoteJWKSet(new URL(options.jwksUrl), { timeoutDuration: fetchTimeoutMs });
  return {
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, keys, {
          algorithms: ['RS256'],
          audience: tabAppId,
          requiredClaims: ['exp', 'tid', 'oid', 'scp', 'azp'],
          clockTolerance: toleranceSeconds,
          currentDate: now(),
        });
        const { tid, oid, scp, azp, aud, iss } = payload;
        if (aud !== tabAppId) return undefined;
        if (typeof tid !== 'string' || typeof oid !== 'string' || !isUuid(tid) || !isUuid(oid))
          return undefined;
        if (iss !== issuerTemplate.replace('{tid}', tid)) return undefined;
        if (typeof scp !== 'string' || !scp.split(' ').includes('access_as_user')) return undefined;
        if (typeof azp !== 'string' || !teamsClients.includes(azp)) return undefined;
        return { tenantId: tid, objectId: oid };
      } catch {
        return undefined;
      }
    },
  };
}
