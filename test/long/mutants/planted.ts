import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A mistake that naive code would make, and the suite that is to notice it. */
export interface Planted {
  /** Of the threats and faults. */
  row: string;
  naive: string;
  file: string;
  /** Stands in the file exactly once. */
  find: string;
  put: string;
  suite: string;
  /** Names of tests, where the whole suite would take long. */
  only: string | undefined;
}

/**
 * Reads planted.txt. A mistake is its row and what it does, the file, what stands there (`-`), what is put in its
 * place (`+`, nothing at all if left out) and the suite, with names of tests after a `>`.
 */
export function readPlanted(): Planted[] {
  const text = readFileSync(join(import.meta.dirname, 'planted.txt'), 'utf8');
  return text.trim().split('\n\n').map(read);
}

function read(block: string): Planted {
  const lines = block.split('\n');
  const after = (sign: string) =>
    lines
      .filter((line) => line.startsWith(`${sign} `))
      .map((line) => line.slice(2))
      .join('\n');
  const [head = '', file = ''] = lines;
  const [, row, naive] = /^([TF]\d+) (.+)$/.exec(head) ?? [];
  const [suite = '', only] = (lines.at(-1) ?? '').split(' > ');
  const [find, put] = [after('-'), after('+')];
  const isWhole = row && naive && find && file.startsWith('src/') && suite.endsWith('.test.ts');
  if (!isWhole) throw new Error(`planted.txt: not a mistake: ${block}`);
  return { row, naive, file, find, put, suite, only };
}
