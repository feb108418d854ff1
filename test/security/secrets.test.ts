import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createSecrets, SecretError, type Secrets } from '../../src/infra/secrets.ts';
import { unboundSecrets } from '../controls/unbound-secrets.ts';

const key = randomBytes(32).toString('base64');
const secrets = createSecrets(key);
const token = 'xoxb-1234-abcdef';
const at = { orgId: 'org-1', table: 'installations', column: 'token_cipher', row: 'row-1' };

const elsewhere = {
  'another organization': { ...at, orgId: 'org-2' },
  'another table': { ...at, table: 'identities' },
  'another column': { ...at, column: 'bot_user_id' },
  'another row': { ...at, row: 'row-2' },
  'the same signs, divided otherwise': { ...at, table: 'installationstoken', column: '_cipher' },
};

const opens = (box: Secrets, envelope: string, place: typeof at) => {
  try {
    return box.open(envelope, place);
  } catch {
    return undefined;
  }
};

describe('a ciphertext that was moved', () => {
  test.each(Object.entries(elsewhere))('to %s is refused', (_name, place) => {
    expect(() => secrets.open(secrets.seal(token, at), place)).toThrow(SecretError);
  });

  test('opens everywhere where nothing binds it to its place', () => {
    const unbound = unboundSecrets(key);
    const places = Object.values(elsewhere);
    const tokens = places.map((place) => opens(unbound, unbound.seal(token, at), place));
    expect(tokens).toEqual(places.map(() => token));
  });
});

test('a ciphertext of another key is refused, under its own name and under ours', () => {
  const foreign = createSecrets(randomBytes(32).toString('base64')).seal(token, at);
  expect(() => secrets.open(foreign, at)).toThrow(/there is no key/);
  const [, ownKeyId] = secrets.seal(token, at).split('.');
  const [version, , ...rest] = foreign.split('.');
  expect(() => secrets.open([version, ownKeyId, ...rest].join('.'), at)).toThrow(SecretError);
});

test('no ciphertext opens after it was cut, anywhere', () => {
  const envelope = secrets.seal(token, at);
  const cuts = Array.from({ length: envelope.length }, (_, length) => envelope.slice(0, length));
  expect(cuts.filter((text) => opens(secrets, text, at) !== undefined)).toEqual([]);
});

test('no ciphertext opens after one of its bits was turned', () => {
  const [version, keyId, iv = '', sealed = ''] = secrets.seal(token, at).split('.');
  const turned = (text: string) => {
    const bytes = Buffer.from(text, 'base64url');
    return Array.from({ length: bytes.length * 8 }, (_, bit) => {
      const copy = Buffer.from(bytes);
      copy.writeUInt8(copy.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      return copy.toString('base64url');
    });
  };
  const changed = [
    ...turned(iv).map((text) => [version, keyId, text, sealed].join('.')),
    ...turned(sealed).map((text) => [version, keyId, iv, text].join('.')),
  ];
  expect(changed.length).toBeGreaterThan(300);
  expect(changed.filter((text) => opens(secrets, text, at) !== undefined)).toEqual([]);
});

test('the parts of two ciphertexts make no third', () => {
  const [version, keyId, iv] = secrets.seal(token, at).split('.');
  const [, , , sealed] = secrets.seal(token, at).split('.');
  expect(opens(secrets, [version, keyId, iv, sealed].join('.'), at)).toBeUndefined();
});

test('an error says nothing of the secret or the key', () => {
  const envelope = secrets.seal(token, at);
  try {
    secrets.open(envelope, elsewhere['another row']);
    expect.unreachable();
  } catch (error) {
    const said = `${(error as Error).stack} ${String((error as Error).cause)}`;
    expect(said).not.toContain('xoxb');
    expect(said).not.toContain(key);
    expect(said).not.toContain(envelope);
  }
});
