import { defineFeature } from '../../../runtime/feature.ts';
import { productLookup } from './lookup.ts';
import { t } from './messages.ts';
import { productRecord } from './record.ts';

export const products = defineFeature({
  name: 'revenue/products',
  messages: t,
  actions: [],
  records: [productRecord],
  lookups: [productLookup],
});
