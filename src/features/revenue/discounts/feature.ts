import { defineFeature } from '../../../runtime/feature.ts';
import { ask } from './actions/ask.ts';
import { discountGuards } from './guards.ts';
import { discountKind } from './kind.ts';
import { t } from './messages.ts';
import { discountMerge, discountOfDeal } from './parts.ts';
import { discountRecord } from './record.ts';
import { discountSubscriptions } from './subscriptions.ts';

export const discounts = defineFeature({
  name: 'revenue/discounts',
  messages: t,
  actions: [ask],
  records: [discountRecord],
  recordSections: [discountOfDeal],
  recordMerges: [discountMerge],
  approvalKinds: [discountKind],
  guards: discountGuards,
  subscriptions: discountSubscriptions,
});
