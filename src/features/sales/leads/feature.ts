import { defineFeature } from '../../../runtime/feature.ts';
import { archive } from './actions/archive.ts';
import { assign } from './actions/assign.ts';
import { create } from './actions/create.ts';
import { judge } from './actions/judge.ts';
import { list } from './actions/list.ts';
import { restore } from './actions/restore.ts';
import { set } from './actions/set.ts';
import { show } from './actions/show.ts';
import { digestParts } from './digest-parts.ts';
import { leadImporter } from './import.ts';
import { leadLookup } from './lookup.ts';
import { t } from './messages.ts';
import { leadAssigned, twinCreated } from './notifications.ts';
import { leadLinks, leadMerges, reviewsHome, sourceOfDeal } from './parts.ts';
import { leadRecord } from './record.ts';

export const leads = defineFeature({
  name: 'sales/leads',
  messages: t,
  importers: [leadImporter],
  actions: [create, show, list, judge, set, assign, archive, restore],
  records: [leadRecord],
  recordActions: [
    {
      kind: 'lead',
      show: 'leads.show',
      set: 'leads.set',
      assign: 'leads.assign',
      archive: 'leads.archive',
      restore: 'leads.restore',
      note: 'activities.log',
    },
  ],
  recordSections: [sourceOfDeal],
  recordMerges: leadMerges,
  recordLinks: [leadLinks],
  lookups: [leadLookup],
  notifications: [leadAssigned, twinCreated],
  home: [reviewsHome],
  digestParts,
});
