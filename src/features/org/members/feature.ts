import { defineFeature } from '../../../runtime/feature.ts';
import { memberLookup, unitLookup } from './lookups.ts';
import { t } from './messages.ts';
import { memberRecord, unitRecord } from './record.ts';

export const members = defineFeature({
  name: 'org/members',
  messages: t,
  actions: [],
  records: [memberRecord, unitRecord],
  lookups: [memberLookup, unitLookup],
});
