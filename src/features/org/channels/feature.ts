import { defineFeature } from '../../../runtime/feature.ts';
import { list } from './actions/list.ts';
import { mute } from './actions/mute.ts';
import { quiet } from './actions/quiet.ts';
import { unmute } from './actions/unmute.ts';
import { channelLookup } from './lookup.ts';
import { t } from './messages.ts';
import { channelRecord, muteRecord, quietRecord } from './record.ts';
import { subscriptions } from './shared.ts';

export const channels = defineFeature({
  name: 'org/channels',
  messages: t,
  actions: [mute, unmute, quiet, list],
  records: [channelRecord, muteRecord, quietRecord],
  subscriptions,
  lookups: [channelLookup],
});
