import { defineFeature } from '../../../runtime/feature.ts';
import { run } from './actions/run.ts';
import { t } from './messages.ts';

export const imports = defineFeature({ name: 'org/imports', messages: t, actions: [run] });
