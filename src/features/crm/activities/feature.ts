import { defineFeature } from '../../../runtime/feature.ts';
import { log } from './actions/log.ts';
import { activityImporter } from './import.ts';
import { t } from './messages.ts';
import { activityRecord } from './record.ts';
import { followMerges, timelines } from './sections.ts';

export const activities = defineFeature({
  name: 'crm/activities',
  messages: t,
  importers: [activityImporter],
  actions: [log],
  records: [activityRecord],
  recordSections: timelines,
  recordMerges: followMerges,
});
