import { defineFeature } from '../../../runtime/feature.ts';
import { show } from './actions/show.ts';
import { t } from './messages.ts';

export const metrics = defineFeature({
  name: 'insight/metrics',
  messages: t,
  actions: [show],
});
