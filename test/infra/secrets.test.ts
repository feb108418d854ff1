import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSecrets, SecretError } from '../../src/infra/secrets.ts';

const newKey = () => randomBytes(32).toString('base64');
const key = newKey();
const at = { orgId: 'org-1', table: 'installations', column: 'token_cipher', row: 'row-1' };
const token = 'xoxb-1234-abcdef';

test('what was sealed opens in its place, and shows nothing of what it holds', () => {
  const secrets = createSecrets(key);
  const envelope = secrets.seal(token, at);
  expect(envelope).toMatch(/^v1\.[\w-]{8}\.[\w-]{16}\.[\w-]+$/);
  expect(envelope).not.toContain('xoxb');
  expect(secrets.open(envelope, at)).toBe(token);
  expect(secrets.seal(token, at)).not.toBe(envelope);
});

test.each([
  ['', 'empty'],
  ['密钥 🔑', 'beyond ASCII'],
  ['x'.repeat(5000), 'long'],
])('any text comes back whole (%#)', (text) => {
  const secrets = createSecrets(key);
  expect(secrets.open(secrets.seal(text, at), at)).toBe(text);
});

test('a new first key seals, the old one still opens, and once it is gone nothing of it does', () => {
  const added = newKey();
  const old = createSecrets(key).seal(token, at);
  const both = createSecrets(`${added}, ${key}`);
  expect(both.open(old, at)).toBe(token);
  expect(both.isCurrent(old)).toBe(false);
  const renewed = both.seal(token, at);
  expect(both.isCurrent(renewed)).toBe(true);
  const alone = createSecrets(added);
  expect(alone.open(renewed, at)).toBe(token);
  expect(() => alone.open(old, at)).toThrow(SecretError);
});

test.each(['', 'v1', 'xoxb-1234-abcdef', 'v2.a.b.c', 'v1.a.b.c', 'v1...', 'v1.a.b.c.d'])(
  'what is no envelope is refused: %j',
  (text) => {
    expect(() => createSecrets(key).open(text, at)).toThrow(SecretError);
  },
);

test.each(['', 'short', `${newKey()},short`, `${newKey()},`])(
  'a key of the wrong size is refused: %#',
  (keys) => {
    expect(() => createSecrets(keys)).toThrow(RangeError);
  },
);
