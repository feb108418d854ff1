import type { PlatformWords } from '../../runtime/ports.ts';

/** How a typed line looks in Teams: what stands in channels is read there too. */
export const teamsWords: PlatformWords = {
  commandLine: (line) => (line === '' ? '@CRM help' : `@CRM ${line}`),
};
