import { defineLookup } from '../../../runtime/lookup.ts';
import { t } from './messages.ts';
import { channelsMeant, optionsOf } from './places.ts';
import { channelsNamed } from './queries.ts';

/** A channel in which something is set up; by link or as `here` also any other. */
export const channelLookup = defineLookup({
  kind: 'channel',
  label: t('channel'),
  resolve: channelsMeant,
  search: async (ctx, query, limit) =>
    optionsOf(ctx, await channelsNamed(ctx, query.trim().replace(/^#/, ''), limit)),
});
