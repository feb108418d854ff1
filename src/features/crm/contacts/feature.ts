import { defineFeature } from '../../../runtime/feature.ts';
import { contactLookup } from './lookup.ts';
import { t } from './messages.ts';
import { contactRecord } from './record.ts';

export const contacts = defineFeature({
  name: 'crm/contacts',
  messages: t,
  actions: [],
  records: [contactRecord],
  lookups: [contactLookup],
});
