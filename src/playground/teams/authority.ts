import { createHmac, createPublicKey, type JsonWebKey, type KeyObject, randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import type { Json } from '../json.ts';
import type { TeamsUser, Tenant } from './tenant.ts';

/** Issuer of the real Bot Connector. */
export const connectorIssuer = 'https://api.botframework.com';

/** The desktop client's application id, as `azp` of tokens for tabs. */
const teamsClientId = '1fec8e78-bce4-4aaf-ab1b-5451cc387264';

/**
 * `connector` and `entra` are published, `foreign` is nobody's. `none` and `hs256` are the two classic forgeries: no
 * signature at all, and an HMAC with the connector's public key as the secret.
 */
export type SigningKey = 'connector' | 'entra' | 'foreign' | 'none' | 'hs256';

interface Signer {
  privateKey: CryptoKey | KeyObject;
  jwk: JWK;
  kid: string;
}

const made = new Map<string, Promise<Signer>>();

/** 2048-bit RSA takes a while to find: once per process and name, when it is first needed. */
function signerOf(name: 'connector' | 'entra' | 'foreign'): Promise<Signer> {
  const known = made.get(name) ?? makeSigner();
  made.set(name, known);
  return known;
}

async function makeSigner(): Promise<Signer> {
  const { publicKey, privateKey } = await generateKeyPair('RS256', {
    modulusLength: 2048,
    extractable: true,
  });
  const jwk = await exportJWK(publicKey);
  const kid = (await calculateJwkThumbprint(jwk)).slice(0, 27);
  return { privateKey, jwk, kid };
}

/** The public keys under the address that `/.well-known/openidconfiguration` names. */
export async function publicKeys(name: 'connector' | 'entra'): Promise<Json> {
  const { jwk, kid } = await signerOf(name);
  const endorsements = name === 'connector' ? { endorsements: ['msteams'] } : {};
  return { keys: [{ ...jwk, use: 'sig', kid, x5t: kid, ...endorsements }] };
}

/** Signs any claims with any key: the good tokens as well as those a service must refuse. */
export async function signToken(claims: Json, key: SigningKey = 'connector'): Promise<string> {
  if (key === 'none') return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
  if (key === 'hs256') return forgeWithPublicKey(claims);
  const { privateKey, kid } = await signerOf(key);
  // A forger names the key he would like to be taken for.
  const shown = key === 'foreign' ? (await signerOf('connector')).kid : kid;
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: shown, x5t: shown })
    .sign(privateKey);
}

async function forgeWithPublicKey(claims: Json): Promise<string> {
  const { jwk, kid } = await signerOf('connector');
  const signed = `${part({ alg: 'HS256', typ: 'JWT', kid, x5t: kid })}.${part(claims)}`;
  const pem = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' }).export({
    type: 'spki',
    format: 'pem',
  });
  return `${signed}.${createHmac('sha256', pem).update(signed).digest('base64url')}`;
}

function part(value: Json): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** What the connector says of itself when it sends an activity. `now` in milliseconds. */
export function connectorClaims(
  who: { appId: string; issuer: string; serviceUrl: string },
  now: number,
): Json {
  const seconds = Math.floor(now / 1000);
  return {
    serviceurl: who.serviceUrl,
    nbf: seconds - 300,
    exp: seconds + 3600,
    iss: who.issuer,
    aud: who.appId,
  };
}

/** What a tab gets from `getAuthToken()`. `now` in milliseconds. */
export function ssoClaims(
  { tenant, user }: { tenant: Tenant; user: TeamsUser },
  { audience, base }: { audience: string; base: string },
  now: number,
): Json {
  const seconds = Math.floor(now / 1000);
  return {
    aud: audience,
    iss: `${base}/entra/${tenant.id}/v2.0`,
    iat: seconds,
    nbf: seconds,
    exp: seconds + 3600,
    azp: teamsClientId,
    azpacr: '0',
    name: user.name,
    oid: user.aadObjectId,
    preferred_username: user.userPrincipalName,
    scp: 'access_as_user',
    sub: user.id.slice(3),
    tid: tenant.id,
    uti: randomUUID(),
    ver: '2.0',
  };
}
