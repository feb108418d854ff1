import { defineFeature } from '../../../runtime/feature.ts';
import { approve } from './actions/approve.ts';
import { desk, deskOff, desks } from './actions/desk.ts';
import { setLimit } from './actions/limit.ts';
import { list } from './actions/list.ts';
import { policy } from './actions/policy.ts';
import { reject } from './actions/reject.ts';
import { removeRule } from './actions/remove-rule.ts';
import { restorePolicy } from './actions/restore-policy.ts';
import { addRule } from './actions/rule.ts';
import { say } from './actions/say.ts';
import { setPolicy } from './actions/set-policy.ts';
import { show } from './actions/show.ts';
import { substitute, substituteOff, substitutes } from './actions/substitute.ts';
import { withdraw } from './actions/withdraw.ts';
import { digestParts } from './digest-parts.ts';
import { rulesSection, waitingSection } from './home.ts';
import { approvalLookup } from './lookup.ts';
import { t } from './messages.ts';
import {
  approvalAnswered,
  approvalAsked,
  approvalLogged,
  approvalReminder,
  approvalSaid,
  approvalStuck,
} from './notifications.ts';
import { approvalLinks } from './parts.ts';
import { approvalRecord, deskRecord, substituteRecord } from './record.ts';
import { placeSubscriptions } from './standing.ts';
import { substituteSubscriptions } from './substitutes.ts';
import { moveCards, tellChanges } from './tell.ts';
import { reviewSubscriptions, watchApprovals, watchTimer } from './watch.ts';

export const approvals = defineFeature({
  name: 'org/approvals',
  messages: t,
  actions: [
    list,
    show,
    approve,
    reject,
    withdraw,
    say,
    policy,
    setPolicy,
    addRule,
    removeRule,
    setLimit,
    restorePolicy,
    desk,
    deskOff,
    desks,
    substitute,
    substituteOff,
    substitutes,
  ],
  records: [approvalRecord, deskRecord, substituteRecord],
  recordActions: [{ kind: 'approval', show: 'approvals.show' }],
  recordLinks: [approvalLinks],
  lookups: [approvalLookup],
  notifications: [
    approvalAsked,
    approvalLogged,
    approvalAnswered,
    approvalSaid,
    approvalReminder,
    approvalStuck,
  ],
  subscriptions: [
    tellChanges,
    moveCards,
    ...placeSubscriptions,
    ...reviewSubscriptions,
    ...substituteSubscriptions,
  ],
  jobs: [watchApprovals],
  timers: [watchTimer],
  digestParts,
  home: [waitingSection, rulesSection],
});
