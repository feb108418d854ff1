/** Ids that the app manifest and the handlers of the message extension share. */
export const newLeadCommandId = 'newLead';
export const logCommandId = 'logToCrm';
const searchPrefix = 'search-';

export function searchCommandId(kind: string): string {
  return `${searchPrefix}${kind}`;
}

/** `undefined`: no search of ours. */
export function searchedKind(commandId: string): string | undefined {
  return commandId.startsWith(searchPrefix) ? commandId.slice(searchPrefix.length) : undefined;
}

/** What a search calls the words somebody types. */
export const searchParameter = 'query';
