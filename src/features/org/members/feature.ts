import { defineFeature } from '../../../runtime/feature.ts';
import { accountBack, accountEnded, lastAdminGone } from './account-notifications.ts';
import { lookAtAccounts } from './account-state.ts';
import { askAccess } from './actions/ask-access.ts';
import { claim } from './actions/claim.ts';
import { leave } from './actions/leave.ts';
import { link } from './actions/link.ts';
import { me } from './actions/me.ts';
import { open } from './actions/open.ts';
import { role } from './actions/role.ts';
import { team } from './actions/team.ts';
import { unlink } from './actions/unlink.ts';
import { whoami } from './actions/whoami.ts';
import { memberImporter } from './import.ts';
import { askWhoIsThere, dailyTimer } from './jobs.ts';
import { formerLookup, memberLookup, unitLookup, unlinkedLookup } from './lookups.ts';
import { t } from './messages.ts';
import { accessAsked, accountLinked, roleGiven, workspaceConnected } from './notifications.ts';
import { memberRecord, unitRecord } from './record.ts';

export const members = defineFeature({
  name: 'org/members',
  messages: t,
  actions: [whoami, me, role, team, link, unlink, open, claim, leave, askAccess],
  records: [memberRecord, unitRecord],
  lookups: [memberLookup, unlinkedLookup, formerLookup, unitLookup],
  notifications: [
    accessAsked,
    roleGiven,
    accountLinked,
    workspaceConnected,
    accountEnded,
    lastAdminGone,
    accountBack,
  ],
  subscriptions: [lookAtAccounts],
  jobs: [askWhoIsThere],
  timers: [dailyTimer],
  importers: [memberImporter],
});
