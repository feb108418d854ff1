import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createCatalogedRegistry } from '../../src/app.ts';
import { parseLine } from '../../src/runtime/grammar/parse.ts';
import { lineFor } from '../../src/runtime/grammar/print.ts';

const registry = createCatalogedRegistry();
const src = join(import.meta.dirname, '../../src');

/** Lines that cards propose, as a Chinese reader gets them. */
const proposed = readdirSync(src, { recursive: true, encoding: 'utf8' })
  // Digests have a set of lines for each language and choose by themselves.
  .filter((name) => name.endsWith('.ts') && name !== 'features/insight/digests/line.ts')
  .flatMap((name) => {
    const found = readFileSync(join(src, name), 'utf8').matchAll(
      /\bcommand\(\s*(['`])(.+?)\1(?:,\s*(['`])(.+?)\3)?,?\s*\)/g,
    );
    return [...found].map(([, , line = '', , chinese]) => [
      name,
      chinese ?? lineFor(line, { locale: 'zh-CN' }, registry),
    ]);
  });

const examples = registry
  .actions()
  .flatMap(({ name, command }) => (command?.examples['zh-CN'] ?? []).map((line) => [name, line]));

const read = {
  now: new Date('2026-11-10T02:00:00Z'),
  timeZone: 'Asia/Shanghai',
  locale: 'zh-CN',
  currency: 'CNY',
  workdayEndsAt: '18:00',
} as const;

/** Names, codes and numbers are typed the same in every language. */
function englishIn(line: string): string[] {
  const bare = line
    .replace(/\$\{[^}]*\}/g, ' ')
    .replace(/"[^"]*"/g, ' ')
    .replace(/[@#][\w-]*/g, ' ')
    .replace(/Europe\/Berlin|ABCDE-FGHJK|\b(?:East|Anna|GTX|EUR|CNY|PDF|en)\b/g, ' ');
  return bare.match(/[A-Za-z]{3,}/g) ?? [];
}

describe('lines that a Chinese reader is told to type', () => {
  test('are found', () => {
    expect(proposed.length).toBeGreaterThan(50);
    expect(examples.length).toBeGreaterThan(50);
  });

  const whole = proposed.filter(([, line = '']) => !/[…$]/.test(line));
  test.each(whole)('%s: %s is understood', (_where, line = '') => {
    expect(parseLine(line, registry, read).kind).not.toBe('problem');
  });

  test.each([
    ['proposed by cards', proposed],
    ['shown by help', examples],
  ])('have no English words: %s', (_name, lines) => {
    const left = lines.filter(([, line = '']) => englishIn(line).length > 0);
    expect(left.map(([where, line]) => `${where}: ${line}`)).toEqual([]);
  });
});
