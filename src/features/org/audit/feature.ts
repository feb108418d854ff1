import { defineFeature } from '../../../runtime/feature.ts';
import { undo } from './actions/undo.ts';
import { why } from './actions/why.ts';
import { t } from './messages.ts';

export const audit = defineFeature({ name: 'org/audit', messages: t, actions: [undo, why] });
