import { defineFeature } from '../../../runtime/feature.ts';
import { archive } from './actions/archive.ts';
import { assign } from './actions/assign.ts';
import { find } from './actions/find.ts';
import { merge } from './actions/merge.ts';
import { note } from './actions/note.ts';
import { restore } from './actions/restore.ts';
import { set } from './actions/set.ts';
import { show } from './actions/show.ts';
import { t } from './messages.ts';

/** Verbs that mean every kind of record: each looks the record up and hands over to its kind's own action. */
export const records = defineFeature({
  name: 'org/records',
  messages: t,
  actions: [show, find, set, assign, archive, restore, merge, note],
});
