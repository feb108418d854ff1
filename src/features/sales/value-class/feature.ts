import { defineFeature } from '../../../runtime/feature.ts';
import { set } from './actions/set.ts';
import { setMany } from './actions/set-many.ts';
import { show } from './actions/show.ts';
import { stop } from './actions/stop.ts';
import { classifyByTime, monthlyTimer } from './jobs.ts';
import { t } from './messages.ts';
import { valueClassRuleRecord } from './record.ts';
import { standingOnCard } from './section.ts';
import { subscriptions } from './subscriptions.ts';

export const valueClass = defineFeature({
  name: 'sales/value-class',
  messages: t,
  actions: [set, setMany, show, stop],
  records: [valueClassRuleRecord],
  recordSections: [standingOnCard],
  subscriptions,
  jobs: [classifyByTime],
  timers: [monthlyTimer],
});
