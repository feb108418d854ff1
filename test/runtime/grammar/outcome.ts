import type { ReadContext } from '../../../src/kernel/recognise/recogniser.ts';
import { type ParsedLine, parseLine } from '../../../src/runtime/grammar/parse.ts';
import { printLine } from '../../../src/runtime/grammar/print.ts';
import { english, registry } from './fixtures.ts';

/** What comes of a line, in short; see corpus.ts. */
export function outcome(line: string, read: ReadContext = english): string {
  return said(parseLine(line, registry, read), read);
}

export function said(parsed: ParsedLine, read: ReadContext): string {
  switch (parsed.kind) {
    case 'parsed': {
      const line = printLine(parsed.action, parsed.raw, read);
      const ignored = parsed.ignored === undefined ? '' : ` (ignored ${parsed.ignored})`;
      return `${parsed.unsure ? 'form ' : ''}${line}${parsed.dryRun ? ' ?' : ''}${ignored}`;
    }
    case 'problem': {
      const { message } = parsed;
      const key =
        typeof message === 'object' && message.t === 'msg' ? message.key.replace(/^\w+\./, '') : '?';
      const ways = waysOut(parsed);
      return `✗ ${key}${ways.length === 0 ? '' : ` → ${ways.join(' | ')}`}`;
    }
    case 'help':
      return parsed.topic === undefined ? 'help' : `help ${parsed.topic}`;
    case 'empty':
      return 'empty';
    default:
      return parsed satisfies never;
  }
}

/** Every line that is offered with a problem. */
export function waysOut(problem: Extract<ParsedLine, { kind: 'problem' }>): string[] {
  const guessed = (problem.guesses ?? []).map(({ line }) => line);
  return [problem.fixedLine, ...guessed, ...(problem.fixedLines ?? [])].filter((way) => way !== undefined);
}

/** The values a line gives; throws where it is not read. */
export function rawOf(line: string, read: ReadContext = english): Record<string, unknown> {
  const parsed = parseLine(line, registry, read);
  if (parsed.kind !== 'parsed') throw new Error(`${line}: ${said(parsed, read)}`);
  return parsed.raw;
}
