import type { ChannelFacts, Profile, Visitor } from './interaction.ts';
import type {
  AuditTrail,
  ChatAccountsAsked,
  ChatAccountsPart,
  Clock,
  Deliveries,
  Log,
  OneTimeCodes,
  Outbox,
  PendingInputs,
  RepeatGuard,
  Sessions,
  Transactor,
  Turns,
} from './ports.ts';
import type { Registry } from './registry.ts';

/** Everything the engine works with, chosen in the composition root. */
export interface Engine {
  registry: Registry;
  db: Transactor;
  sessions: Sessions;
  audit: AuditTrail;
  outbox: Outbox;
  pending: PendingInputs;
  repeats: RepeatGuard;
  deliveries: Deliveries;
  codes: OneTimeCodes;
  turns: Turns;
  clock: Clock;
  newId(): string;
  /** The outside address of a path of ours. */
  urlOf(path: string): string;
  log: Log;
  /** What a platform knows of a person; `undefined`: it does not know them. */
  profile(visitor: Visitor): Promise<Profile | undefined>;
  /** What a platform tells of a channel. */
  channelFacts(visitor: Visitor, channelId: string): Promise<ChannelFacts>;
  /**
   * What a platform says of chat accounts; `undefined`: it refuses to say, and will not say later either. Throws
   * Postponed when it may answer later.
   */
  chatAccounts(asked: ChatAccountsAsked): Promise<ChatAccountsPart | undefined>;
}
