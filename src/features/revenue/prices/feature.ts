import { defineFeature } from '../../../runtime/feature.ts';
import { list } from './actions/list.ts';
import { set } from './actions/set.ts';
import { priceImporter } from './import.ts';
import { t } from './messages.ts';
import { priceRecord } from './record.ts';

export const prices = defineFeature({
  name: 'revenue/prices',
  messages: t,
  importers: [priceImporter],
  actions: [list, set],
  records: [priceRecord],
});
