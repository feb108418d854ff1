import { defineFeature } from '../../../runtime/feature.ts';
import { t } from './messages.ts';
import { activityRecord } from './record.ts';

export const activities = defineFeature({
  name: 'crm/activities',
  messages: t,
  actions: [],
  records: [activityRecord],
});
