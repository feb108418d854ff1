import { defineFeature } from '../../../runtime/feature.ts';
import { list } from './actions/list.ts';
import { now } from './actions/now.ts';
import { open } from './actions/open.ts';
import { preview } from './actions/preview.ts';
import { set } from './actions/set.ts';
import { stop } from './actions/stop.ts';
import { ledgerPart } from './ledger.ts';
import { t } from './messages.ts';
import { digestMore, digestPaused, digestPosted, digestTaken } from './notifications.ts';
import { processPart } from './process.ts';
import { digestRecord } from './record.ts';
import { keepDigests, runDigest } from './run.ts';
import { subscriptions } from './settled.ts';

export const digests = defineFeature({
  name: 'insight/digests',
  messages: t,
  actions: [set, list, stop, preview, now, open],
  records: [digestRecord],
  notifications: [digestPosted, digestMore, digestPaused, digestTaken],
  jobs: [runDigest, keepDigests],
  timers: [{ job: keepDigests.name, rule: { every: 'minutes', minutes: 60 } }],
  subscriptions,
  digestParts: [processPart, ledgerPart],
});
