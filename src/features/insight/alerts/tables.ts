import { sql } from 'drizzle-orm';
import {
  bigint,
  char,
  date,
  index,
  jsonb,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { orgTable } from '../../../store/org-table.ts';
import { recordColumns } from '../../../store/records.ts';
import type { AlertKind } from './kinds.ts';
import type { AlertEnding, AlertFacts, FoldReason, TellingState } from './model.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true });
/** Who is told: one of the two. */
const listener = () => ({ channelId: uuid('channel_id'), memberId: uuid('member_id') });

/** What a channel or a person wants to be alerted to: one row for each kind of alert. */
export const alertRules = orgTable(
  'alert_rules',
  {
    ...listener(),
    kind: text('kind').$type<AlertKind>().notNull(),
    /** Null: everybody whose records the setter sees. */
    unitId: uuid('unit_id'),
    /** Only deals of this currency and at least this amount. Both or none. */
    floorMinor: bigint('floor_minor', { mode: 'bigint' }),
    floorCurrency: char('floor_currency', { length: 3 }),
    /** Nothing is told that this person could not see. */
    setBy: uuid('set_by').notNull(),
    ...recordColumns(),
  },
  (table) => [
    unique('alert_rules_of').on(table.orgId, table.channelId, table.memberId, table.kind).nullsNotDistinct(),
    index('alert_rules_kind').on(table.orgId, table.kind),
  ],
);

/** Things worth an alert, whoever is told: each from when it came true until it no longer was. */
export const alerts = orgTable(
  'alerts',
  {
    kind: text('kind').$type<AlertKind>().notNull(),
    recordKind: text('record_kind').$type<'deal' | 'lead' | 'account' | 'approval'>().notNull(),
    recordId: uuid('record_id').notNull(),
    /** As it was then: decides who may be told. */
    ownerId: uuid('owner_id'),
    amountMinor: bigint('amount_minor', { mode: 'bigint' }),
    currency: char('currency', { length: 3 }),
    facts: jsonb('facts').$type<AlertFacts>().notNull(),
    firstAt: instant('first_at').notNull(),
    lastAt: instant('last_at').notNull(),
    endedAt: instant('ended_at'),
    ending: text('ending').$type<AlertEnding>(),
  },
  (table) => [
    uniqueIndex('alerts_open').on(table.orgId, table.kind, table.recordId).where(sql`ended_at is null`),
    index('alerts_record').on(table.orgId, table.recordId),
  ],
);

/** Messages that tell of alerts; the id is the key of the notification. */
export const alertMessages = orgTable(
  'alert_messages',
  {
    ...listener(),
    /** Null: about several records. */
    recordId: uuid('record_id'),
    /** Under the first message about the record there. */
    rootId: uuid('root_id'),
    fold: text('fold').$type<FoldReason>(),
    /** Local day of the listener: the budget counts by it. */
    on: date('on').notNull(),
    postedAt: instant('posted_at').notNull(),
  },
  (table) => [
    index('alert_messages_record').on(table.orgId, table.recordId, table.postedAt),
    index('alert_messages_day').on(table.orgId, table.channelId, table.memberId, table.on),
  ],
);

/** Who is told of an alert, once, and in which message. */
export const alertTellings = orgTable(
  'alert_tellings',
  {
    alertId: uuid('alert_id').notNull(),
    ...listener(),
    ruleId: uuid('rule_id').notNull(),
    state: text('state').$type<TellingState>().notNull(),
    messageId: uuid('message_id'),
    at: instant('at').notNull(),
  },
  (table) => [
    unique('alert_tellings_once')
      .on(table.orgId, table.alertId, table.channelId, table.memberId)
      .nullsNotDistinct(),
    index('alert_tellings_message').on(table.orgId, table.messageId),
    index('alert_tellings_held').on(table.orgId, table.at).where(sql`state = 'held'`),
  ],
);
