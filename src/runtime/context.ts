import type { Actor, Org, PlatformName } from '../kernel/context.ts';
import type { Ref } from '../kernel/fields.ts';
import type { ReadContext } from '../kernel/recognise/recogniser.ts';
import type { Tx } from '../store/tx.ts';
import type { EventDefinition } from './event.ts';
import type { ChannelFacts, Place, Visitor } from './interaction.ts';
import type { NotificationDefinition } from './notification.ts';
import type { ChatAccountsAsked, ChatAccountsPart, OneTimeCodes } from './ports.ts';
import type { ActionCatalog } from './registry.ts';

/** One changed record of an action: what `why` tells and `undo` restores. */
export interface RecordChange {
  kind: string;
  recordId: string;
  /** Visible number, `D-142`. */
  number: string | null;
  op: 'create' | 'update' | 'archive' | 'restore';
  /** Version after the change. */
  version: number;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}

/** All a feature gets: time, ids, the transaction, events. */
export interface Ctx {
  readonly org: Org;
  readonly actor: Actor;
  readonly platform: PlatformName;
  /** Where the answer is read: the platform, but for a page of ours inside a chat app that app. */
  readonly readOn: PlatformName;
  /** The chat account a member acts with; not known of programs and our own pages. */
  readonly visitor: Visitor | undefined;
  /** The conversation it was done in; not known of programs and our own pages. */
  readonly place: Place | undefined;
  /**
   * What the platform of the visitor tells of a channel; empty for programs and our own pages. Not known yet, the whole
   * interaction is rolled back and run again once it is: ask before anything that cannot be run twice.
   */
  channelFacts(channelId: string): ChannelFacts;
  /**
   * What a platform says of chat accounts, for subscribers and jobs, which are run again once it is known;
   * `undefined`: it refuses to say, or somebody waits for an answer.
   */
  chatAccounts(asked: ChatAccountsAsked): ChatAccountsPart | undefined;
  /** Business time; in the playground it may be ahead of the real one. */
  readonly now: Date;
  readonly tx: Tx;
  /** Everything is rolled back in the end: new records have no number (`D-…`). */
  readonly isDryRun: boolean;
  /** Id of the audit entry this action will leave. */
  readonly auditId: string;
  readonly read: ReadContext;
  readonly catalog: ActionCatalog;
  readonly codes: OneTimeCodes;
  /** Time-ordered uuid. */
  newId(): string;
  /** The outside address of a path of ours: `/tab/deals/D-142`. */
  urlOf(path: string): string;
  /** Notes a changed record for audit, `why` and undo; store/records does it for every write. */
  changed(change: RecordChange): void;
  /** Queues an event: each subscriber runs once after the commit. */
  emit<P>(event: EventDefinition<P>, payload: P): void;
  /** Queues a message: written with the transaction, sent after it. */
  notify<P>(notification: NotificationDefinition<P>, payload: P): void;
  /** Queues a change of the messages with the payload's key, wherever they stand. */
  edit<P>(notification: NotificationDefinition<P>, payload: P): void;
  /** Resolves what a person typed for a record. Throws AppError `not_found` or `ambiguous`. */
  resolve(lookups: readonly string[], text: string): Promise<Ref>;
}

/** What `run` of a write by a member may rely on. Throws for system actors. */
export function memberOf(ctx: Pick<Ctx, 'actor'>): Extract<Actor, { kind: 'member' }> {
  if (ctx.actor.kind !== 'member') throw new TypeError('this action needs a person');
  return ctx.actor;
}
