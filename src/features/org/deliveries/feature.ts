import { defineFeature } from '../../../runtime/feature.ts';
import { dismiss } from './actions/dismiss.ts';
import { list } from './actions/list.ts';
import { redrive } from './actions/redrive.ts';
import { troubleSection } from './home.ts';
import { t } from './messages.ts';
import { notifications, subscriptions } from './paused.ts';

export const deliveries = defineFeature({
  name: 'org/deliveries',
  messages: t,
  actions: [list, redrive, dismiss],
  notifications,
  subscriptions,
  home: [troubleSection],
});
