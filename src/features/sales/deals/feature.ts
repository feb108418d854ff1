import { defineFeature } from '../../../runtime/feature.ts';
import { dealLookup } from './lookup.ts';
import { t } from './messages.ts';
import { dealRecord } from './record.ts';

export const deals = defineFeature({
  name: 'sales/deals',
  messages: t,
  actions: [],
  records: [dealRecord],
  lookups: [dealLookup],
});
