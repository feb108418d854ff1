import type { ChannelRow } from './record.ts';

export { audienceChanged } from './events.ts';
export type { Held } from './hours.ts';
export { heldNow, hoursOfChannel, hoursOfMember, mutedUntil } from './hours.ts';
export { type ListenerFound, listenerOf } from './listener.ts';
export { channelAt, channelOf, ensureChannel, isHere, platformText } from './places.ts';
export type { Listener, Subject } from './queries.ts';
export { channelById as readChannel, mutesOf } from './queries.ts';
export type { ChannelRow } from './record.ts';
export { channelRecord } from './record.ts';
export { mayDecide, requireChannelRight } from './rights.ts';
export { holdUntil, isQuiet, type QuietTimes, type ReadingHours, usualQuiet } from './rules.ts';

/** Where its platform takes posts for a channel. */
export interface ChannelDestination {
  platform: 'slack' | 'teams';
  installation: string;
  channelId: string;
}

export function channelDestination(row: ChannelRow): ChannelDestination {
  return { platform: row.platform, installation: row.installation, channelId: row.placeId };
}
