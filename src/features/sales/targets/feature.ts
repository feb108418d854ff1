import { defineFeature } from '../../../runtime/feature.ts';
import { set } from './actions/set.ts';
import { show } from './actions/show.ts';
import { t } from './messages.ts';
import { targetRecord } from './record.ts';

export const targets = defineFeature({
  name: 'sales/targets',
  messages: t,
  actions: [show, set],
  records: [targetRecord],
});
