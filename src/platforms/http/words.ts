import type { PlatformWords } from '../../runtime/ports.ts';

/** Our own pages have no line to type into and stand beside any chat: a line is shown bare. */
export const webWords: PlatformWords = {
  commandLine: (line) => (line === '' ? 'help' : line),
};
