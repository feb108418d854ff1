import { defineFeature } from '../../../runtime/feature.ts';
import { archive } from './actions/archive.ts';
import { assign } from './actions/assign.ts';
import { create } from './actions/create.ts';
import { merge } from './actions/merge.ts';
import { restore } from './actions/restore.ts';
import { set } from './actions/set.ts';
import { show } from './actions/show.ts';
import { digestParts } from './digest-parts.ts';
import { accountImporter } from './import.ts';
import { accountLookup } from './lookup.ts';
import { t } from './messages.ts';
import { accountAssigned, twinCreated } from './notifications.ts';
import { accountRecord } from './record.ts';

export const accounts = defineFeature({
  name: 'crm/accounts',
  messages: t,
  importers: [accountImporter],
  actions: [create, show, set, assign, archive, restore, merge],
  records: [accountRecord],
  recordActions: [
    {
      kind: 'account',
      show: 'accounts.show',
      set: 'accounts.set',
      assign: 'accounts.assign',
      archive: 'accounts.archive',
      restore: 'accounts.restore',
      merge: 'accounts.merge',
      note: 'activities.log',
    },
  ],
  lookups: [accountLookup],
  notifications: [accountAssigned, twinCreated],
  digestParts,
});
