import type { Locale } from '../../kernel/text.ts';
import type { Tx } from '../../store/tx.ts';
import type { Audience } from '../notification.ts';
import type { Destination, MessageRef, OutboxEntry } from '../ports.ts';

/** A claimed piece of queued work. `fence` rises with every claim: only the latest claimer may settle. */
export interface QueuedWork {
  orgId: string;
  id: string;
  kind: 'event' | 'delivery' | 'job';
  name: string;
  handler: string;
  op: 'send' | 'edit' | 'post' | 'revise' | 'plain' | null;
  postId: string | null;
  payload: unknown;
  dedupeKey: string | null;
  /** Of `post`, `revise` and `plain`: the key of the destination's gate. */
  orderKey: string;
  /** Order of queueing; messages have that of what they were made from. */
  position: bigint;
  causeAuditId: string | null;
  attempts: number;
  fence: number;
  /** An earlier claimer may have got it through to the platform. */
  mayHaveArrived: boolean;
  ageSeconds: number;
  /** How often in a row the platform had failed when this was claimed; from one on, success is worth writing down. */
  failuresBefore: number;
}

/** Whether a failure says that the platform as a whole is not answering. */
interface Failed {
  reason: string;
  platformIsDown?: boolean;
}

export type Settlement =
  | { state: 'sent'; receipt?: MessageRef; reason?: string }
  /** To be tried again. `begun`: it may have arrived. */
  | ({ state: 'ready'; afterSeconds: number; begun?: boolean } & Failed)
  | ({ state: 'uncertain' | 'dead' | 'cancelled' } & Failed)
  /** The message is not there any more. */
  | { state: 'gone'; reason: string }
  /** Waits until the gate is opened again; `announce` is queued by whoever shuts it first. */
  | { state: 'paused'; gate: string; reason: string; announce: readonly OutboxEntry[]; begun?: boolean }
  /** The platform refused the card: dead, and its words follow as plain text. */
  | { state: 'refused'; reason: string };

export interface Claimed {
  work: QueuedWork[];
  /** Something else becomes due in so many milliseconds. */
  nextInMs: number | undefined;
}

/** Queued work of all organizations, oldest first, in order and one at a time within each key. */
export interface WorkQueue {
  /** Claims up to `limit` due pieces until the lease (database time) ends. */
  claim(limit: number, leaseSeconds: number): Promise<Claimed>;
  /**
   * Notes that a request is about to leave, and begins the lease anew. False: somebody else has claimed it since,
   * and nothing may be sent.
   */
  begin(work: QueuedWork, leaseSeconds: number): Promise<boolean>;
  settle(work: QueuedWork, settlement: Settlement): Promise<void>;
  /** Marks it done inside an open transaction of its organization. */
  settleWithin(tx: Tx, work: QueuedWork): Promise<void>;
}

/** A message of ours, on its way or posted. */
export interface Post {
  id: string;
  notification: string;
  key: string;
  platform: 'slack' | 'teams';
  to: Destination;
  memberId: string | null;
  locale: Locale;
  timeZone: string;
  payload: unknown;
  ref: MessageRef | null;
  foldedInto: string | null;
}

/** Where one message of a notification is to go. */
export interface Address {
  platform: 'slack' | 'teams';
  to: Destination;
  /** Null: a channel. */
  memberId: string | null;
  locale: Locale;
  timeZone: string;
}

/** The messages of ours in chats, with their receipts. */
export interface Posts {
  read(work: QueuedWork): Promise<Post | undefined>;
  /** An earlier message of this notification and key for the same place: where it stands, if it does, and what it says. */
  find(
    orgId: string,
    notification: string,
    key: string,
    sameAs: Post,
  ): Promise<{ ref: MessageRef | undefined; payload: unknown } | undefined>;
  /** One message per address that has none of this key yet; settles the work with it. */
  send(work: QueuedWork, key: string, addresses: readonly Address[]): Promise<void>;
  /**
   * New words for the messages of this key, shown where they are news (of what was said before, and where); settles the
   * work with it.
   */
  edit(
    work: QueuedWork,
    key: string,
    isNews: (before: unknown, place: Pick<Post, 'platform' | 'to' | 'memberId'>) => boolean,
  ): Promise<void>;
  /**
   * More than `most` messages of this notification waiting for the same place become part of this one. Answers what
   * they say, in queueing order; the same on every try. `most` undefined: only those that have become part of it.
   */
  fold(work: QueuedWork, post: Post, most: number | undefined): Promise<unknown[]>;
}

/** Where an audience can be reached, with the language and zone each of them reads in. */
export interface AddressBook {
  addressesOf(orgId: string, audience: readonly Audience[]): Promise<Address[]>;
}

/** `slack:T1:channel:C1`: the gate and the order of one destination. */
export function destinationKey({ platform, to }: Pick<Address, 'platform' | 'to'>): string {
  const id = to.kind === 'channel' ? to.channelId : to.userId;
  return `${installationKey(platform, to.installation)}:${to.kind}:${id}`;
}

/** `slack:T1`. */
export function installationKey(platform: string, installation: string): string {
  return `${platform}:${installation}`;
}

/** The installation a destination's key belongs to. Ids of teams and tenants have no colon. */
export function installationOfKey(key: string): string {
  return key.split(':', 2).join(':');
}
