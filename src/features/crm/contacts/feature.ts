import { defineFeature } from '../../../runtime/feature.ts';
import { archive } from './actions/archive.ts';
import { create } from './actions/create.ts';
import { merge } from './actions/merge.ts';
import { restore } from './actions/restore.ts';
import { set } from './actions/set.ts';
import { show } from './actions/show.ts';
import { contactImporter } from './import.ts';
import { contactLookup } from './lookup.ts';
import { t } from './messages.ts';
import { contactLeft } from './notifications.ts';
import { contactRecord } from './record.ts';
import { followAccount, linksOfContact, peopleOfAccount } from './sections.ts';

export const contacts = defineFeature({
  name: 'crm/contacts',
  messages: t,
  importers: [contactImporter],
  actions: [create, show, set, archive, restore, merge],
  records: [contactRecord],
  recordActions: [
    {
      kind: 'contact',
      show: 'contacts.show',
      set: 'contacts.set',
      archive: 'contacts.archive',
      restore: 'contacts.restore',
      merge: 'contacts.merge',
      note: 'activities.log',
    },
  ],
  recordSections: [peopleOfAccount],
  recordMerges: [followAccount],
  recordLinks: [linksOfContact],
  lookups: [contactLookup],
  notifications: [contactLeft],
});
