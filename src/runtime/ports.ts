import type { MemberActor, Org, Role } from '../kernel/context.ts';
import type { Tx } from '../store/tx.ts';
import type { Card } from '../view/card.ts';
import type { Press } from '../view/press.ts';
import type { Reader } from '../view/reader.ts';
import type { RecordChange } from './context.ts';
import type { ChannelFacts, Profile, Visitor } from './interaction.ts';

export type Destination =
  | { kind: 'channel'; installation: string; channelId: string }
  | { kind: 'person'; installation: string; userId: string };

/** Where a posted message is, opaque to everybody but its platform. */
export interface MessageRef {
  channelId: string;
  messageId: string;
}

/** The ways a delivery fails (`retry` with a wait when the platform named one), and a lost answer. */
export type DeliveryFailure =
  | { kind: 'retry'; afterSeconds?: number }
  | { kind: 'drop-destination'; reason: string }
  | { kind: 'pause-installation'; reason: string }
  | { kind: 'poison'; reason: string }
  /** `cannotLook`: nor will it ever be known. */
  | { kind: 'uncertain'; cannotLook?: true };

/** Which chat accounts a platform is asked about. */
export interface ChatAccountsAsked {
  platform: 'slack' | 'teams';
  installation: string;
  /** Whom it is about, for a platform that cannot list its people. */
  userIds: readonly string[];
  /** Where an earlier part ended; null: from the beginning. */
  cursor: string | null;
}

/** A part of what a platform says of chat accounts. Of those it does not name nothing is known. */
export interface ChatAccountsPart {
  /** `isGone`: nobody of the company acts with it any more (deactivated, deleted, made a guest). */
  accounts: readonly { userId: string; isGone: boolean }[];
  /** Where the next part begins; null: this was the last. */
  next: string | null;
}

/** A chat platform as a place to show things. Answers to interactions do not pass here. */
export interface ChatPlatform {
  readonly name: 'slack' | 'teams';
  post(
    to: Destination,
    card: Card,
    reader: Reader,
    options: { idempotencyKey: string; threadOf?: MessageRef },
  ): Promise<MessageRef>;
  update(installation: string, at: MessageRef, card: Card, reader: Reader): Promise<void>;
  /** A post with this key found in the destination, after a lost answer. */
  find?(
    to: Destination,
    idempotencyKey: string,
    options?: { threadOf?: MessageRef },
  ): Promise<MessageRef | undefined>;
  publishHome?(installation: string, userId: string, home: Card, reader: Reader): Promise<void>;
  profile(installation: string, userId: string): Promise<Profile | undefined>;
  channelFacts(installation: string, channelId: string): Promise<ChannelFacts>;
  /** Says only what the platform says in so many words: silence about somebody is not that they left. */
  chatAccounts?(asked: ChatAccountsAsked): Promise<ChatAccountsPart>;
  classify(error: unknown): DeliveryFailure;
}

/** The form of a typed line and other words that differ per platform. */
export interface PlatformWords {
  commandLine(line: string): string;
}

export type AllWords = Record<ChatPlatform['name'] | 'web', PlatformWords>;

/** A person or a channel on a chat platform. Ids are the platform's (Teams: Entra object id, conversation id). */
export interface Place {
  kind: 'person' | 'channel';
  id: string;
}

/** What a platform must remember to reach a place (Teams: service URL, conversation, the bot's name for a person). */
export type PlaceAddress = Readonly<Record<string, string>>;

/** Addresses as platforms saw them last; only the platform that wrote one understands it. */
export interface PlaceBook {
  /** Cheap to call for every message: writes only what differs from what this process wrote last. */
  remember(at: PlaceKey, address: PlaceAddress): Promise<void>;
  find(at: PlaceKey): Promise<PlaceAddress | undefined>;
  /** True once per place, for whoever asks first: says whether a welcome is due. The place must be remembered. */
  claimWelcome(at: PlaceKey): Promise<boolean>;
}

export interface PlaceKey {
  orgId: string;
  platform: ChatPlatform['name'];
  installation: string;
  place: Place;
}

/** An installation as platforms need it: its token, decrypted. `undefined`: not connected (never, or uninstalled). */
export interface InstallationSecrets {
  find(
    platform: 'slack' | 'teams',
    externalId: string,
  ): Promise<{ orgId: string; token: string | null } | undefined>;
  /** `app_uninstalled`, `tokens_revoked`: tokens go, CRM data stays. */
  disconnect(platform: 'slack' | 'teams', externalId: string): Promise<void>;
}

export interface Log {
  debug(fields: Record<string, unknown>, message: string): void;
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

export interface Clock {
  /** Business time. */
  now(): Date;
}

/** Shares what this process can do among organizations. */
export interface Turns {
  /** Takes one turn. Whole seconds until the organization has another; `undefined`: this one is taken. */
  take(orgId: string): number | undefined;
}

/** Opens transactions bound to one organization. */
export interface Transactor {
  transaction<T>(
    scope: { as: 'app'; orgId: string },
    run: (tx: Tx) => Promise<T>,
    options?: { deadlineMs?: number; readOnly?: boolean; isBackground?: boolean },
  ): Promise<T>;
}

/** A member with the organization they act in; `left`: they were here once. */
export interface FoundMember {
  org: Org;
  actor: MemberActor;
  status: 'unlinked' | 'active' | 'left';
}

/** Who a visitor is in the CRM. */
export interface Sessions {
  /** The organization an installation belongs to; known before any transaction is open. */
  organizationOf(platform: Visitor['platform'], installation: string): Promise<string | undefined>;
  byVisitor(tx: Tx, orgId: string, visitor: Visitor): Promise<FoundMember | undefined>;
  byMember(tx: Tx, orgId: string, memberId: string): Promise<FoundMember | undefined>;
  organization(tx: Tx, orgId: string): Promise<Org>;
  /** Makes the visitor a member (roles by policy) with an identity. Two at once make one. */
  join(tx: Tx, orgId: string, visitor: Visitor, profile: Profile, now: Date): Promise<void>;
  /** Active members with any of the roles, at most `limit`, by name. */
  namesWithRole(tx: Tx, orgId: string, roles: readonly Role[], limit: number): Promise<string[]>;
}

export interface AuditEntry {
  id: string;
  orgId: string;
  at: Date;
  actorId: string | null;
  /** `member:<name>` or `system:<handler>`. */
  actorName: string;
  causeId: string | null;
  platform: string;
  action: string;
  input: Record<string, unknown>;
  /** Canonical line of the action, without `/crm`. */
  line: string | null;
}

export interface AuditTrail {
  append(tx: Tx, entry: AuditEntry, changes: readonly RecordChange[]): Promise<void>;
}

/** Work that follows a commit: one row per (event, handler), per message, per job. */
export type OutboxEntry =
  | { kind: 'event'; event: string; handler: string; payload: unknown; orderKey: string }
  | {
      kind: 'delivery';
      /** `edit`: changes the messages of its key where they stand. */
      op: 'send' | 'edit';
      notification: string;
      payload: unknown;
      orderKey: string;
      dedupeKey: string | null;
    }
  | { kind: 'job'; job: string; payload: unknown; orderKey: string };

export interface Outbox {
  enqueue(tx: Tx, orgId: string, causeAuditId: string | null, entries: readonly OutboxEntry[]): Promise<void>;
  /** Called after a commit that queued something. */
  wake(): void;
}

/** Presses too large for a button. Only the member they were made for may load them. */
export interface PendingInputs {
  save(tx: Tx, orgId: string, memberId: string, press: Press, now: Date): Promise<string>;
  load(tx: Tx, orgId: string, memberId: string, id: string): Promise<Press | undefined>;
}

/** Remembers typed lines for a minute so that a repeated one makes no twin. */
export interface RepeatGuard {
  /** `undefined`: first time (now claimed); else the card that answered it. */
  claim(tx: Tx, orgId: string, memberId: string, line: string, now: Date): Promise<Card | undefined>;
  answered(tx: Tx, orgId: string, memberId: string, line: string, card: Card): Promise<void>;
  /** Nothing came of the line: typing it again is no repeat. */
  release(tx: Tx, orgId: string, memberId: string, line: string): Promise<void>;
}

/** Platform deliveries already taken in, remembered in the transaction of the work they caused. */
export interface Deliveries {
  /** False for a copy. Waits for a copy that is being worked on. */
  firstTime(tx: Tx, orgId: string, delivery: string, now: Date): Promise<boolean>;
}

/** What an issued code gives whoever uses it. */
export interface LinkCode {
  /** Null: an operator's, for whoever is to become the first admin. */
  memberId: string | null;
  /** An admin's or operator's: connects a whole workspace or tenant. */
  mayConnect: boolean;
}

/** Things shown in one place and used once in another; only their hashes are kept. They end by real time. */
export interface OneTimeCodes {
  /** A code to read and type elsewhere (`ABCDE-FGHJK`), good for ten minutes; the member's older ones end. */
  issueLink(tx: Tx, code: { orgId: string; memberId: string; mayConnect: boolean }): Promise<string>;
  /** The path of a link (`/r/…`) that opens a session on our pages, good for five minutes. */
  issueOpen(tx: Tx, link: { orgId: string; memberId: string; path: string }): Promise<string>;
  /** As it was typed; `undefined`: not of this organization, used, or its time is over. */
  readLink(tx: Tx, orgId: string, typed: string): Promise<LinkCode | undefined>;
  /** The same, and uses it up: of two at once one gets it. */
  takeLink(tx: Tx, orgId: string, typed: string): Promise<LinkCode | undefined>;
}
