import { defineFeature } from '../../../runtime/feature.ts';
import { accountLookup } from './lookup.ts';
import { t } from './messages.ts';
import { accountRecord } from './record.ts';

export const accounts = defineFeature({
  name: 'crm/accounts',
  messages: t,
  actions: [],
  records: [accountRecord],
  lookups: [accountLookup],
});
