import { sql } from 'drizzle-orm';
import {
  bigint,
  index,
  integer,
  jsonb,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { orgTable, scopedTable } from '../org-table.ts';

/** Work that follows a commit. A row is written in the transaction of its cause and settled in its own. */
export const outbox = orgTable(
  'outbox',
  {
    kind: text('kind').$type<'event' | 'delivery' | 'job'>().notNull(),
    /** Event name, notification name or job name. */
    name: text('name').notNull(),
    /** Subscriber of an event; empty for the rest. */
    handler: text('handler').notNull().default(''),
    /**
     * Of deliveries: `send` and `edit` find out whom a notification concerns and make one row per destination; `post`
     * and `revise` are these rows; `plain` posts bare text in place of a card the platform refused.
     */
    op: text('op').$type<'send' | 'edit' | 'post' | 'revise' | 'plain'>(),
    /** The message a `post`, `revise` or `plain` is about; a `post` has the id of its message. */
    postId: uuid('post_id'),
    payload: jsonb('payload').notNull(),
    /** Rows of one key run in order, one at a time. */
    orderKey: text('order_key').notNull(),
    dedupeKey: text('dedupe_key'),
    causeAuditId: uuid('cause_audit_id'),
    /** `folded`: told within another message. `cancelled`: nothing left to do. */
    state: text('state')
      .$type<'ready' | 'sending' | 'sent' | 'uncertain' | 'paused' | 'dead' | 'folded' | 'cancelled'>()
      .notNull()
      .default('ready'),
    /** Order of queueing. */
    position: bigint('position', { mode: 'bigint' }).generatedAlwaysAsIdentity(),
    queuedAt: timestamp('queued_at', { withTimezone: true }).notNull().default(sql`now()`),
    dueAt: timestamp('due_at', { withTimezone: true }).notNull().default(sql`now()`),
    attempts: integer('attempts').notNull().default(0),
    /** Database time until which the claimer may work. */
    leaseUntil: timestamp('lease_until', { withTimezone: true }),
    /** A request may have reached the platform and no answer was written down: look before sending again. */
    begunAt: timestamp('begun_at', { withTimezone: true }),
    /** Rises with every claim; only the latest claimer may settle. */
    fence: integer('fence').notNull().default(0),
    lastError: text('last_error'),
    settledAt: timestamp('settled_at', { withTimezone: true }),
  },
  (table) => [
    index('outbox_ready').on(table.dueAt, table.position).where(sql`state in ('ready', 'sending')`),
    index('outbox_order')
      .on(table.orgId, table.orderKey, table.position)
      .where(sql`state in ('ready', 'sending')`),
    index('outbox_trouble')
      .on(table.orgId, table.position)
      .where(sql`state in ('uncertain', 'paused', 'dead')`),
    index('outbox_cause').on(table.orgId, table.causeAuditId),
    index('outbox_post').on(table.orgId, table.postId).where(sql`post_id is not null`),
    uniqueIndex('outbox_dedupe').on(table.orgId, table.name, table.dedupeKey),
  ],
  { relay: true },
);

/**
 * Messages of ours in chats: the receipt of every one, and where to edit it. One of each notification, key and
 * destination, whoever queues it how often.
 */
export const posts = orgTable(
  'posts',
  {
    notification: text('notification').notNull(),
    key: text('key').notNull(),
    platform: text('platform').$type<'slack' | 'teams'>().notNull(),
    /** Team or tenant id. */
    installation: text('installation').notNull(),
    placeKind: text('place_kind').$type<'channel' | 'person'>().notNull(),
    placeId: text('place_id').notNull(),
    /** Whose direct message it is. */
    memberId: uuid('member_id'),
    locale: text('locale').notNull(),
    timeZone: text('time_zone').notNull(),
    /** What it says now; an edit replaces it. */
    payload: jsonb('payload').notNull(),
    /** Told within this message instead of one of its own. */
    foldedInto: uuid('folded_into'),
    causeAuditId: uuid('cause_audit_id'),
    queuedAt: timestamp('queued_at', { withTimezone: true }).notNull().default(sql`now()`),
    /** The receipt; empty until the platform has said where it is. */
    messageRef: jsonb('message_ref').$type<{ channelId: string; messageId: string }>(),
    sentAt: timestamp('sent_at', { withTimezone: true }),
    editedAt: timestamp('edited_at', { withTimezone: true }),
    /** Somebody deleted it; edits go nowhere. */
    goneAt: timestamp('gone_at', { withTimezone: true }),
  },
  (table) => [
    uniqueIndex('posts_once').on(
      table.orgId,
      table.notification,
      table.key,
      table.platform,
      table.installation,
      table.placeKind,
      table.placeId,
    ),
    index('posts_place').on(
      table.orgId,
      table.platform,
      table.installation,
      table.placeKind,
      table.placeId,
      table.queuedAt,
    ),
    index('posts_queued').on(table.orgId, table.queuedAt),
    index('posts_folded').on(table.orgId, table.foldedInto).where(sql`folded_into is not null`),
  ],
  { relay: true },
);

/**
 * What holds messages up, shared by all processes: per destination (`slack:T1:channel:C1`) the rate and whether it
 * takes messages at all, per installation (`slack:T1`) the circuit breaker.
 */
export const gates = scopedTable(
  'gates',
  {
    key: text('key').notNull(),
    /** Rate: when the allowance used so far is made up for (GCRA's theoretical arrival time). */
    usedUpTo: timestamp('used_up_to', { withTimezone: true }),
    /** Failures in a row that say that the platform is not answering. */
    failures: integer('failures').notNull().default(0),
    /** Nothing goes out before. */
    closedUntil: timestamp('closed_until', { withTimezone: true }),
    /** Until somebody opens it again. */
    pausedAt: timestamp('paused_at', { withTimezone: true }),
    pausedReason: text('paused_reason'),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.key] })],
  { relay: true },
);
