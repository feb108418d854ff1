import type { Place } from '../../runtime/interaction.ts';

/** What Slack says instead of a name where it keeps the name to itself. */
const nameless = new Set(['directmessage', 'privategroup']);

export interface SaidChannel {
  id: string;
  name?: string | undefined;
  threadTs?: string | undefined;
  isShared?: boolean | null | undefined;
}

/** The conversation of a request. A group of people (`mpdm-…`) is a channel: others read along. */
export function placeOf({ id, name, threadTs, isShared }: SaidChannel): Place {
  const isNamed = name !== undefined && !nameless.has(name) && !name.startsWith('mpdm-');
  return {
    kind: id.startsWith('D') ? 'direct' : 'channel',
    id,
    ...(isNamed ? { name } : {}),
    ...(threadTs === undefined ? {} : { thread: threadTs }),
    ...(typeof isShared === 'boolean' ? { isShared } : {}),
  };
}
