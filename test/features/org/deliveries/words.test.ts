import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCatalogedRegistry } from '../../../../src/app.ts';
import { reasonText, whatText } from '../../../../src/features/org/deliveries/words.ts';

const src = join(import.meta.dirname, '../../../../src');
const isNamed = (inline: unknown) => typeof inline === 'object' && inline !== null && 'key' in inline;

/** What the platforms and the relay may say of a failure, as their sources list it. */
function reasonsIn(file: string): string[] {
  const source = readFileSync(join(src, file), 'utf8');
  const lists = [
    ...source.matchAll(/const (?:dropDestination|pauseInstallation|goneCodes) = new Set\(\[([^\]]*)\]/g),
  ];
  const listed = lists.flatMap(([, list = '']) =>
    [...list.matchAll(/'([^']+)'/g)].map(([, one = '']) => one),
  );
  const said = [...source.matchAll(/reason: '([^']+)'/g)].map(([, one = '']) => one);
  return [...new Set([...listed, ...said])];
}

describe('the words of deliveries', () => {
  const names = createCatalogedRegistry().features.flatMap(({ notifications = [] }) =>
    notifications.map(({ name }) => name),
  );
  it('there is something to name', () => expect(names.length).toBeGreaterThan(20));
  it.each(names)('%s has a name people read', (name) => {
    expect(isNamed(whatText(name))).toBe(true);
  });

  const reasons = [
    'platforms/slack/errors.ts',
    'platforms/teams/errors.ts',
    'runtime/relay/deliver.ts',
    'runtime/relay/relay.ts',
  ].flatMap(reasonsIn);
  it('there is something to explain', () => expect(reasons.length).toBeGreaterThan(35));
  it.each(reasons)('“%s” is said in words', (reason) => {
    expect(isNamed(reasonText(reason))).toBe(true);
  });
  it('what nobody foresaw is told as the platform says it', () => {
    expect(reasonText('brand_new_error')).toEqual({ t: 'code', of: 'brand_new_error' });
  });
});
