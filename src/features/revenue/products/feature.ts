import { defineFeature } from '../../../runtime/feature.ts';
import { create } from './actions/create.ts';
import { list } from './actions/list.ts';
import { set } from './actions/set.ts';
import { productImporter } from './import.ts';
import { productLookup } from './lookup.ts';
import { t } from './messages.ts';
import { productRecord } from './record.ts';

export const products = defineFeature({
  name: 'revenue/products',
  messages: t,
  importers: [productImporter],
  actions: [list, create, set],
  records: [productRecord],
  lookups: [productLookup],
});
