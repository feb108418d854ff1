import { defineFeature } from '../../../runtime/feature.ts';
import { list } from './actions/list.ts';
import { set } from './actions/set.ts';
import { seedStages } from './api.ts';
import { stageLookup } from './lookup.ts';
import { t } from './messages.ts';
import { stageRecord } from './record.ts';

export const pipelines = defineFeature({
  name: 'sales/pipelines',
  messages: t,
  actions: [list, set],
  records: [stageRecord],
  lookups: [stageLookup],
  furnish: seedStages,
});
