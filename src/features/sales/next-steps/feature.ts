import { defineFeature } from '../../../runtime/feature.ts';
import { done } from './actions/done.ts';
import { set } from './actions/set.ts';
import { snooze } from './actions/snooze.ts';
import { today } from './actions/today.ts';
import { digestParts } from './digest-parts.ts';
import { t } from './messages.ts';
import { stepGiven } from './notifications.ts';
import { homeSections, stepMerge, stepSections } from './parts.ts';
import { nextStepRecord } from './record.ts';

export const nextSteps = defineFeature({
  name: 'sales/next-steps',
  messages: t,
  actions: [set, today, done, snooze],
  records: [nextStepRecord],
  recordSections: stepSections,
  recordMerges: [stepMerge],
  notifications: [stepGiven],
  home: homeSections,
  digestParts,
});
