import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import type { Json } from '../json.ts';
import type { FaultBox } from './faults.ts';

const scope = 'https://api.botframework.com/.default';
const lifetimeSeconds = 3599;

export interface Credentials {
  /** OAuth client credentials, answered as Entra does. */
  issue(c: Context): Promise<Response>;
  /** Whether this `Authorization` header carries a token that was issued here and still counts. */
  accepts(authorization: string | undefined): boolean;
  reset(): void;
}

export function createCredentials(options: {
  appId: string;
  appSecret: string;
  homeTenantId?: string;
  now: () => number;
  faults: FaultBox;
}): Credentials {
  /** When each token ends, in milliseconds. */
  const issued = new Map<string, number>();

  return {
    async issue(c) {
      if (!c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded')) {
        return refuse(c, 400, 'invalid_request', 'AADSTS900144: The request body must be form-encoded.');
      }
      const form = new URLSearchParams(await c.req.text());
      const home = c.req.param('tenant');
      if (home && options.homeTenantId && home !== options.homeTenantId) {
        return refuse(c, 400, 'invalid_request', `AADSTS90002: Tenant '${home}' not found.`);
      }
      if (form.get('grant_type') !== 'client_credentials') {
        return refuse(c, 400, 'unsupported_grant_type', 'AADSTS70003: The grant type is not supported.');
      }
      if (form.get('client_id') !== options.appId) {
        return refuse(
          c,
          400,
          'unauthorized_client',
          'AADSTS700016: Application was not found in the directory.',
        );
      }
      const isRevoked = options.faults.pick(['revoked'], { operation: 'token' }) !== undefined;
      if (isRevoked || form.get('client_secret') !== options.appSecret) {
        return refuse(c, 401, 'invalid_client', 'AADSTS7000215: Invalid client secret provided.');
      }
      if (form.get('scope') !== scope) {
        return refuse(c, 400, 'invalid_scope', 'AADSTS70011: The provided value for scope is not valid.');
      }
      const token = randomBytes(48).toString('base64url');
      issued.set(token, options.now() + lifetimeSeconds * 1000);
      return c.json({
        token_type: 'Bearer',
        expires_in: lifetimeSeconds,
        ext_expires_in: lifetimeSeconds,
        access_token: token,
      });
    },
    accepts(authorization) {
      const token = authorization?.match(/^Bearer (.+)$/)?.[1];
      return token !== undefined && (issued.get(token) ?? 0) > options.now();
    },
    reset() {
      issued.clear();
    },
  };
}

function refuse(c: Context, status: 400 | 401, error: string, description: string): Response {
  const body: Json = { error, error_description: description, error_codes: [codeOf(description)] };
  return c.json(body, status);
}

function codeOf(description: string): number {
  return Number(description.match(/^AADSTS(\d+)/)?.[1] ?? 0);
}
