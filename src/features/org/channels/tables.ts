import { boolean, integer, text, timestamp, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { orgTable } from '../../../store/org-table.ts';
import { recordColumns } from '../../../store/records.ts';

/** Channels and group chats in which something was set up: in whose words and by which clock they are told things. */
export const channels = orgTable(
  'channels',
  {
    platform: text('platform').$type<'slack' | 'teams'>().notNull(),
    /** Team or tenant id. */
    installation: text('installation').notNull(),
    /** What the platform posts to: Slack's channel id, Teams' conversation id. */
    placeId: text('place_id').notNull(),
    /** Unknown where the platform keeps it to itself. */
    name: text('name'),
    locale: text('locale').$type<'en' | 'zh-CN'>().notNull(),
    timeZone: text('time_zone').notNull(),
    setBy: uuid('set_by'),
    /** `HH:MM`, both or none; none: as everywhere. Equal: no quiet hours. */
    quietFrom: text('quiet_from'),
    quietTo: text('quiet_to'),
    /** People of another company read along. */
    isShared: boolean('is_shared').notNull().default(false),
    /** Instant posts a day; more are folded into one. */
    noiseBudget: integer('noise_budget').notNull().default(6),
    ...recordColumns(),
  },
  (table) => [
    uniqueIndex('channels_place').on(table.orgId, table.platform, table.installation, table.placeId),
  ],
);

/** What a channel or a person does not want to hear for a while: everything, or what is about one record. */
export const mutes = orgTable(
  'mutes',
  {
    /** One of the two. */
    channelId: uuid('channel_id'),
    memberId: uuid('member_id'),
    /** Null: everything. */
    subjectKind: text('subject_kind').$type<'deal' | 'lead'>(),
    subjectId: uuid('subject_id'),
    /** Null: until somebody unmutes. */
    until: timestamp('until', { withTimezone: true }),
    mutedBy: uuid('muted_by'),
    ...recordColumns(),
  },
  (table) => [
    unique('mutes_of').on(table.orgId, table.channelId, table.memberId, table.subjectId).nullsNotDistinct(),
  ],
);

/** When a person wants no messages, where that is not the usual time. */
export const quietHours = orgTable(
  'quiet_hours',
  {
    memberId: uuid('member_id').notNull(),
    /** `HH:MM` of the person's zone. Equal: no quiet hours. */
    quietFrom: text('quiet_from').notNull(),
    quietTo: text('quiet_to').notNull(),
    ...recordColumns(),
  },
  (table) => [uniqueIndex('quiet_hours_member').on(table.orgId, table.memberId)],
);
