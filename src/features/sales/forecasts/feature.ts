import { defineFeature } from '../../../runtime/feature.ts';
import { show } from './actions/show.ts';
import { digestParts } from './digest-parts.ts';
import { t } from './messages.ts';

export const forecasts = defineFeature({
  name: 'sales/forecasts',
  messages: t,
  actions: [show],
  digestParts,
});
