import { defineFeature } from '../../../runtime/feature.ts';
import { list } from './actions/list.ts';
import { set } from './actions/set.ts';
import { stop } from './actions/stop.ts';
import { digestParts } from './digest-parts.ts';
import { watchAlerts, watchTimer } from './jobs.ts';
import { t } from './messages.ts';
import { alertTold } from './notification.ts';
import { alertRuleRecord } from './record.ts';
import { subscriptions } from './subscriptions.ts';

export const alerts = defineFeature({
  name: 'insight/alerts',
  messages: t,
  actions: [set, list, stop],
  records: [alertRuleRecord],
  subscriptions,
  notifications: [alertTold],
  jobs: [watchAlerts],
  timers: [watchTimer],
  digestParts,
});
