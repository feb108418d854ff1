import { defineFeature } from '../../../runtime/feature.ts';
import { set } from './actions/set.ts';
import { show } from './actions/show.ts';
import { t } from './messages.ts';

export const settings = defineFeature({ name: 'org/settings', messages: t, actions: [show, set] });
