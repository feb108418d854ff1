import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import type { HostCheck } from './allow-list.ts';

/** What of an activity its token has to agree with. */
export interface Claimed {
  serviceUrl?: unknown;
  channelId?: unknown;
}

export interface ActivityVerifier {
  /** Whether Microsoft's Bot Connector sent this activity to this bot. Never throws. */
  verify(authorization: string | undefined, activity: Claimed): Promise<boolean>;
}

export interface VerifierOptions {
  appId: string;
  issuer: string;
  jwksUrl: string;
  allowed: HostCheck;
  now?: () => Date;
}

const channel = 'msteams';
const toleranceSeconds = 300;
/** Unknown keys make us ask for the published ones again, not more often than this. */
const cooldownMs = 60_000;
/** As long as Microsoft lets bots keep them: a list that cannot be had for an hour silences nobody. */
const keptMs = 24 * 3_600_000;
const fetchTimeoutMs = 4000;

/**
 * The token check of the Bot Connector: its issuer alone, not any token of Microsoft's directory for our app, which
 * any of its users could get; and a service address that the token itself names, since our own token goes there.
 */
export function createActivityVerifier(options: VerifierOptions): ActivityVerifier {
  const { appId, issuer, allowed, now = () => new Date() } = options;
  const keys = createRemoteJWKSet(new URL(options.jwksUrl), {
    cooldownDuration: cooldownMs,
    cacheMaxAge: keptMs,
    timeoutDuration: fetchTimeoutMs,
  });

  /** Keys may be published for other channels only; where nothing is said, they are for all. */
  const isEndorsed = (kid: string | undefined): boolean => {
    const key = keys.jwks()?.keys.find((one) => one.kid === kid) as { endorsements?: unknown } | undefined;
    const { endorsements } = key ?? {};
    return !Array.isArray(endorsements) || endorsements.includes(channel);
  };

  return {
    async verify(authorization, { serviceUrl, channelId }) {
      const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
      if (token === undefined || channelId !== channel) return false;
      if (typeof serviceUrl !== 'string' || !allowed(serviceUrl)) return false;
      try {
        const { payload, protectedHeader } = await jwtVerify(token, keys, {
          algorithms: ['RS256'],
          issuer,
          audience: appId,
          requiredClaims: ['exp'],
          clockTolerance: toleranceSeconds,
          currentDate: now(),
        });
        if (typeof protectedHeader.kid !== 'string' || !isEndorsed(protectedHeader.kid)) return false;
        // A list of audiences is a token for others as well.
        return payload.aud === appId && sameAddress(claimOf(payload), serviceUrl);
      } catch {
        return false;
      }
    },
  };
}

/** The claim is written `serviceurl` in real tokens and `serviceUrl` in documents. */
function claimOf(payload: JWTPayload): unknown {
  const names = Object.keys(payload).filter((name) => name.toLowerCase() === 'serviceurl');
  return names.length === 1 && names[0] !== undefined ? payload[names[0]] : undefined;
}

function sameAddress(claimed: unknown, serviceUrl: string): boolean {
  const bare = (url: string) => url.replace(/\/$/, '');
  return typeof claimed === 'string' && bare(claimed) === bare(serviceUrl);
}
