import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** Where a secret is kept. It opens there and nowhere else. */
export interface SecretPlace {
  orgId: string;
  table: string;
  column: string;
  /** Id of the row. */
  row: string;
}

/** Tokens as the database sees them. */
export interface Secrets {
  seal(plaintext: string, at: SecretPlace): string;
  /** Throws SecretError. */
  open(envelope: string, at: SecretPlace): string;
  /** Sealed with the key that is first now; of other envelopes a newer one is due. */
  isCurrent(envelope: string): boolean;
}

/** An envelope that does not open: cut, moved from another row, or of a key that is not there. */
export class SecretError extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`secret does not open: ${reason}`, options);
    this.name = 'SecretError';
  }
}

const version = 'v1';
const cipher = 'aes-256-gcm';
const keyBytes = 32;
const ivBytes = 12;
/** Node takes shorter tags unless it is told; those are quicker to forge. */
const tagBytes = 16;
const part = '([A-Za-z0-9_-]+)';
const shape = new RegExp(`^${version}\\.${part}\\.${part}\\.${part}$`);

interface Key {
  id: string;
  bytes: Buffer;
}

/**
 * AES-256-GCM envelopes `v1.<key id>.<iv>.<ciphertext and tag>`, bound to their place by the additional data.
 * `encryptionKeys`: 32 bytes in base64 each, separated by commas; the first seals, all of them open. Throws RangeError.
 */
export function createSecrets(encryptionKeys: string): Secrets {
  const keys = encryptionKeys.split(',').map(readKey);
  const [first] = keys;
  if (!first) throw new RangeError('no encryption key');
  return {
    seal(plaintext, at) {
      const iv = randomBytes(ivBytes);
      const encrypting = createCipheriv(cipher, first.bytes, iv, { authTagLength: tagBytes });
      encrypting.setAAD(boundTo(first.id, at));
      const sealed = Buffer.concat([
        encrypting.update(plaintext, 'utf8'),
        encrypting.final(),
        encrypting.getAuthTag(),
      ]);
      return [version, first.id, iv.toString('base64url'), sealed.toString('base64url')].join('.');
    },

    open(envelope, at) {
      const [, keyId = '', ivText = '', sealedText = ''] = shape.exec(envelope) ?? [];
      const key = keys.find(({ id }) => id === keyId);
      if (!key) throw new SecretError(keyId === '' ? 'it is no envelope' : `there is no key ${keyId}`);
      const iv = Buffer.from(ivText, 'base64url');
      const sealed = Buffer.from(sealedText, 'base64url');
      if (iv.length !== ivBytes || sealed.length < tagBytes) throw new SecretError('it was cut');
      const decrypting = createDecipheriv(cipher, key.bytes, iv, { authTagLength: tagBytes });
      decrypting.setAAD(boundTo(key.id, at));
      decrypting.setAuthTag(sealed.subarray(-tagBytes));
      try {
        const opened = [decrypting.update(sealed.subarray(0, -tagBytes)), decrypting.final()];
        return Buffer.concat(opened).toString('utf8');
      } catch (cause) {
        throw new SecretError('it was changed, or belongs elsewhere', { cause });
      }
    },

    isCurrent: (envelope) => envelope.startsWith(`${version}.${first.id}.`),
  };
}

function readKey(text: string): Key {
  const bytes = Buffer.from(text.trim(), 'base64');
  if (bytes.length !== keyBytes) throw new RangeError(`an encryption key has ${keyBytes} bytes`);
  const id = createHash('sha256').update(bytes).digest().subarray(0, 6).toString('base64url');
  return { id, bytes };
}

/** As JSON, so that no two places read the same. */
function boundTo(keyId: string, { orgId, table, column, row }: SecretPlace): Buffer {
  return Buffer.from(JSON.stringify([version, keyId, orgId, table, column, row]));
}
