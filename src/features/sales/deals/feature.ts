import { defineFeature } from '../../../runtime/feature.ts';
import { archive } from './actions/archive.ts';
import { assign } from './actions/assign.ts';
import { board } from './actions/board.ts';
import { create } from './actions/create.ts';
import { list } from './actions/list.ts';
import { lost } from './actions/lost.ts';
import { move } from './actions/move.ts';
import { pipeline } from './actions/pipeline.ts';
import { reopen } from './actions/reopen.ts';
import { restore } from './actions/restore.ts';
import { set } from './actions/set.ts';
import { show } from './actions/show.ts';
import { won } from './actions/won.ts';
import { digestParts } from './digest-parts.ts';
import { dealImporter } from './import.ts';
import { dealLookup, outcomeLookup } from './lookup.ts';
import { t } from './messages.ts';
import { dealAssigned } from './notifications.ts';
import { dealLinks, dealMerge, dealsOfAccount, myDeals } from './parts.ts';
import { reasonLookup } from './reason-lookup.ts';
import { dealRecord } from './record.ts';

export const deals = defineFeature({
  name: 'sales/deals',
  messages: t,
  importers: [dealImporter],
  actions: [create, show, set, move, won, lost, reopen, assign, archive, restore, list, pipeline, board],
  records: [dealRecord],
  recordActions: [
    {
      kind: 'deal',
      show: 'deals.show',
      set: 'deals.set',
      assign: 'deals.assign',
      archive: 'deals.archive',
      restore: 'deals.restore',
      note: 'activities.log',
    },
  ],
  recordSections: [dealsOfAccount],
  recordMerges: [dealMerge],
  recordLinks: [dealLinks],
  lookups: [dealLookup, outcomeLookup, reasonLookup],
  notifications: [dealAssigned],
  home: [myDeals],
  digestParts,
});
