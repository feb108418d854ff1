import { createHmac } from 'node:crypto';
import { Hono } from 'hono';
import { exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT } from 'jose';
import { appId } from '../../playground/teams-service.ts';
import { type Served, serveApp } from './serving.ts';

export type Claims = Record<string, unknown>;

export { appId };
export const issuer = 'https://api.botframework.com';
export const serviceUrl = 'https://smba.trafficmanager.net/emea/';

interface Pair {
  privateKey: CryptoKey;
  publicKey: CryptoKey;
  jwk: JWK;
}

async function pairOf(alg: string): Promise<Pair> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return { publicKey, privateKey, jwk: await exportJWK(publicKey) };
}

/** Which of the published keys a token names; `entra` stands in the directory's list alone. */
export type KeyName = 'teams' | 'anyChannel' | 'webChat' | 'entra' | 'foreign';

/**
 * Signs as the Bot Connector does, as Microsoft's directory does, and as forgers do. Keys are published over HTTP in
 * two lists, as in reality: `/keys` of the connector, `/directory/keys` of the directory.
 */
export class Forger {
  /** How often the connector's keys were asked for. */
  asked = 0;
  /** The connector's keys cannot be had. */
  isAway = false;
  private served: Served | undefined;
  private readonly pairs = new Map<KeyName | 'curve', Pair>();
  private readonly published: JWK[] = [];

  async start(): Promise<this> {
    const names = ['teams', 'anyChannel', 'webChat', 'entra', 'foreign'] as const;
    await Promise.all([
      ...names.map(async (name) => this.pairs.set(name, await pairOf('RS256'))),
      pairOf('ES256').then((pair) => this.pairs.set('curve', pair)),
    ]);
    this.publish('teams', { endorsements: ['msteams', 'skype'] });
    this.publish('anyChannel', {});
    this.publish('webChat', { endorsements: ['webchat'] });
    const app = new Hono();
    app.get('/keys', (c) => {
      this.asked += 1;
      return this.isAway ? c.text('away', 503) : c.json({ keys: this.published });
    });
    app.get('/directory/keys', (c) => c.json({ keys: [this.jwkOf('entra')] }));
    this.served = await serveApp(app);
    return this;
  }

  async stop(): Promise<void> {
    await this.served?.stop();
  }

  get jwksUrl(): string {
    return `${this.served?.base}/keys`;
  }

  get directoryKeysUrl(): string {
    return `${this.served?.base}/directory/keys`;
  }

  publish(name: KeyName, extra: object): void {
    this.published.push({ ...this.jwkOf(name), ...extra });
  }

  /** A token over these claims. The header names the key unless told otherwise. */
  async sign(claims: Claims, key: KeyName = 'teams', header: object = {}) {
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: key, ...header })
      .sign(this.pair(key).privateKey);
  }

  /** With the very key, but by another of the algorithms an RSA key can do. */
  async signAs(claims: Claims, alg: 'RS512' | 'PS256'): Promise<string> {
    const { privateKey } = this.pair('teams');
    const pkcs8 = await crypto.subtle.exportKey('pkcs8', privateKey);
    const algorithm =
      alg === 'RS512' ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' } : { name: 'RSA-PSS', hash: 'SHA-256' };
    const same = await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']);
    return new SignJWT(claims).setProtectedHeader({ alg, typ: 'JWT', kid: 'teams' }).sign(same);
  }

  /** Brings its own key along in the header. */
  async signWithOwnKey(claims: Claims): Promise<string> {
    const { privateKey, jwk } = this.pair('curve');
    return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'teams', jwk }).sign(privateKey);
  }

  /** An HMAC with the connector's public key for a secret. */
  async signWithPublicKey(claims: Claims): Promise<string> {
    const pem = await exportSPKI(this.pair('teams').publicKey);
    const signed = `${part({ alg: 'HS256', typ: 'JWT', kid: 'teams' })}.${part(claims)}`;
    return `${signed}.${createHmac('sha256', pem).update(signed).digest('base64url')}`;
  }

  private jwkOf(name: KeyName): JWK {
    return { ...this.pair(name).jwk, use: 'sig', kid: name };
  }

  private pair(name: KeyName | 'curve'): Pair {
    const pair = this.pairs.get(name);
    if (!pair) throw new Error('not started');
    return pair;
  }
}

export function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** What the connector says of itself over an activity. */
export function connectorClaims(change: Claims = {}, nowSeconds = Math.floor(Date.now() / 1000)): Claims {
  return {
    serviceurl: serviceUrl,
    nbf: nowSeconds - 300,
    exp: nowSeconds + 3600,
    iss: issuer,
    aud: appId,
    ...change,
  };
}

/** What the directory says of a person to a tab of the app: anybody in any tenant can get one. */
export function userClaims(change: Claims = {}, nowSeconds = Math.floor(Date.now() / 1000)): Claims {
  const tid = 'eeeeeeee-0000-4000-8000-000000000001';
  return {
    aud: appId,
    iss: `https://login.microsoftonline.com/${tid}/v2.0`,
    iat: nowSeconds,
    nbf: nowSeconds,
    exp: nowSeconds + 3600,
    azp: '1fec8e78-bce4-4aaf-ab1b-5451cc387264',
    oid: 'eeeeeeee-0000-4000-8000-000000000002',
    scp: 'access_as_user',
    tid,
    ver: '2.0',
    ...change,
  };
}
