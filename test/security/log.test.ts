import { PassThrough } from 'node:stream';
import { DrizzleQueryError } from 'drizzle-orm/errors';
import { expect, test } from 'vitest';
import { createLog } from '../../src/infra/logger.ts';

const canary = 'price 95k for Acme';

function linesOf(error: unknown): string {
  const out = new PassThrough();
  createLog('trace', out).error({ requestId: 'r1', note: canary, err: error }, 'failed');
  return String(out.read());
}

test.each([
  ['a line that reads like a frame', new Error(`not saved:\nat Acme: ${canary}`)],
  ['an indented one', new Error(`not saved:\n    at ${canary} (here:1:1)`)],
  [
    'a query with its values',
    new DrizzleQueryError('insert …', [`a note\n  at ${canary} (x:1:1)`], new Error('e')),
  ],
  ['its cause', new Error('outer', { cause: new Error(`x\n    at ${canary} (here:1:1)`) })],
])('no text of an error’s message reaches the log: %s', (_name, error) => {
  const line = linesOf(error);
  expect(line).not.toContain('95k');
  expect(line).toContain('log.test.ts');
  expect(line).toContain('r1');
});

test('a message changed after the error was made leaks nothing', () => {
  const error = new Error(`x\n    at ${canary} (here:1:1)`);
  error.message = 'short';
  expect(linesOf(error)).not.toContain('95k');
});
