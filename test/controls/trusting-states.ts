import type { InstallStates } from '../../src/platforms/slack/oauth.ts';

/** Keeps states where the real ones are kept, and on the way back asks only whether there is such a one. */
export function statesThatExist(): InstallStates {
  const begun = new Set<string>();
  return {
    async begin() {
      const state = crypto.randomUUID();
      begun.add(state);
      return { state, cookie: 'any' };
    },
    take: async (state) => begun.has(state),
    codeIn: () => undefined,
  };
}

/** Sends a state along and never looks at it again. */
export function statesNobodyChecks(): InstallStates {
  return {
    begin: async () => ({ state: crypto.randomUUID(), cookie: 'any' }),
    take: async () => true,
    codeIn: () => undefined,
  };
}
