import { boolean, date, index, jsonb, primaryKey, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';
import type { ScheduleRule } from '../../../kernel/schedule.ts';
import type { DigestKind } from '../../../runtime/digest.ts';
import { orgTable, scopedTable } from '../../../store/org-table.ts';
import { recordColumns } from '../../../store/records.ts';
import type { DigestSaid, KeptRows, Stands } from './model.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** What somebody set up: one digest of a kind for each channel or person. */
export const digests = orgTable(
  'digests',
  {
    kind: text('kind').$type<DigestKind>().notNull(),
    /** One of the two: a channel, or a person in a direct message. */
    channelId: uuid('channel_id'),
    memberId: uuid('member_id'),
    /** A branch or team; null: everybody the setter sees. */
    unitId: uuid('unit_id'),
    rule: jsonb('rule').$type<ScheduleRule>().notNull(),
    /** Whose rights bound what it tells. */
    setBy: uuid('set_by').notNull(),
    /** Somebody does not want it any more; a morning list comes without asking, so this has to be kept. */
    stoppedAt: instant('stopped_at'),
    ...recordColumns(),
  },
  (table) => [
    unique('digests_one').on(table.orgId, table.kind, table.channelId, table.memberId).nullsNotDistinct(),
  ],
);

/** Digests as they were told, for the lists behind their numbers and to strike through what is done. */
export const digestRuns = orgTable(
  'digest_runs',
  {
    /** What its message goes by. */
    key: text('key').notNull(),
    kind: text('kind').$type<DigestKind>().notNull(),
    /** The local day. */
    on: date('on_day', { mode: 'string' }).notNull(),
    asOf: instant('as_of').notNull(),
    isLate: boolean('is_late').notNull(),
    /** Why nothing was sent: nothing to say, or its channel or person is muted. */
    skipped: text('skipped').$type<'empty' | 'muted'>(),
    said: jsonb('said').$type<DigestSaid>(),
    /** What the next one compares with. */
    stands: jsonb('stands').$type<Stands>(),
    /** Records that have a line of their own, as `deal:<id>`. */
    records: text('records').array().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    unique('digest_runs_key').on(table.orgId, table.key),
    index('digest_runs_as_of').on(table.orgId, table.asOf),
  ],
);

/** The records behind each number of a digest, as they counted. */
export const digestFigures = scopedTable(
  'digest_figures',
  {
    runId: uuid('run_id').notNull(),
    name: text('name').notNull(),
    label: jsonb('label').notNull(),
    rows: jsonb('rows').$type<KeptRows>().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.runId, table.name] })],
);
