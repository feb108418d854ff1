import type { Inline } from '../../kernel/text.ts';
import type { Dispatch, Place, Profile, Visitor } from '../../runtime/interaction.ts';
import type { InstallationSecrets, Log } from '../../runtime/ports.ts';
import type { Press } from '../../view/press.ts';
import type { Reader } from '../../view/reader.ts';
import type { Translate } from '../../view/translator.ts';
import type { Activity } from './activities.ts';
import type { Connector, ConversationAddress } from './connector.ts';
import type { Scope } from './origin.ts';
import type { Presenter } from './present.ts';
import type { Seen } from './seen.ts';
import type { Untargeted } from './untargeted.ts';

/** One verified activity of one person, on its way to an answer. */
export interface Delivery {
  activity: Activity;
  /** Names the delivery: of its copies only the first takes effect. */
  key: string | undefined;
  requestId: string;
  /** Where it happened, the thread of a channel included. */
  at: ConversationAddress;
  scope: Scope;
  place: Place;
  visitor: Visitor;
  /** Of a tenant that is not connected: undefined. */
  orgId: string | undefined;
  /** For what is said before the engine was asked. */
  reader: Reader;
}

/** What a person finds by the message extension: a kind of record, and what shows one of them. */
export interface Search {
  kind: string;
  label: Inline;
  show(key: string): Press;
}

/** What the message extension starts and finds. */
export interface Extension {
  searches: readonly Search[];
  newLead(): Press;
  logMessage(said: { text: string }): Press;
  /** `undefined`: no address of a record of ours. */
  readLink(url: string): { kind: string; key: string } | undefined;
}

/**
 * Somebody is not in a team any more. They may only have left it, so that whether their account has ended is asked
 * afterwards. Throws when it could not be kept.
 */
export type DoubtAccounts = (orgId: string, tenantId: string, userIds: readonly string[]) => Promise<void>;

/** What handlers work with. */
export interface Surroundings {
  dispatch: Dispatch;
  connector: Connector;
  installations: InstallationSecrets;
  seen: Seen;
  present: Presenter;
  untargeted: Untargeted;
  doubtAccounts: DoubtAccounts;
  translate: Translate;
  log: Log;
  extension: Extension;
  /** Ties an unconnected tenant by a code an admin was shown. Throws AppError with words for the person. */
  connect(code: string, visitor: Visitor, profile: Profile, tenantName: string): Promise<void>;
  /** Teams wants a sign of life within two seconds. */
  typingAfterMs: number;
}
