import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits for a cookie or a link: nothing to guess, so a plain hash is enough to keep. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** All that is kept of a secret. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
