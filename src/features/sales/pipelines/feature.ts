import { defineFeature } from '../../../runtime/feature.ts';
import { seedStages } from './api.ts';
import { stageLookup } from './lookup.ts';
import { t } from './messages.ts';
import { stageRecord } from './record.ts';

export const pipelines = defineFeature({
  name: 'sales/pipelines',
  messages: t,
  actions: [],
  records: [stageRecord],
  lookups: [stageLookup],
  furnish: seedStages,
});
