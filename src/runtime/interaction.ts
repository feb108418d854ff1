import type { Locale } from '../kernel/text.ts';
import type { Outcome } from '../view/outcome.ts';
import type { SealedPress } from '../view/press.ts';
import type { Reader } from '../view/reader.ts';

/** Who acts, as the platform names them. The platform has verified it; nothing here came from the body alone. */
export interface Visitor {
  platform: 'slack' | 'teams';
  /** Slack team id, Teams tenant id. */
  installation: string;
  userId: string;
}

/** Where on a chat platform somebody did something. */
export interface Place {
  /** `channel`: others read along, in a channel or a group chat; `direct`: with the app alone. */
  kind: 'channel' | 'direct';
  /** What the platform posts to: Slack's channel id, Teams' conversation id without the thread. */
  id: string;
  /** As people call it; platforms do not always say. */
  name?: string;
  /** The message whose thread it is. */
  thread?: string;
  /** Whether people of another company read along; platforms do not always say. */
  isShared?: boolean;
}

/** What a platform tells of a channel when it is asked; what it keeps to itself is left out. */
export interface ChannelFacts {
  name?: string;
  isShared?: boolean;
}

/** A person on our own pages, whose session or token has been verified. */
export interface WebMember {
  platform: 'web';
  /** The chat app whose window the page stands in. */
  inside?: 'teams' | undefined;
  orgId: string;
  memberId: string;
}

/** What the platform knows of a person; asked for at first use only. */
export interface Profile {
  name: string;
  email: string | null;
  locale: Locale;
  timeZone: string;
  /** Owners and admins of the workspace become `admin` + `manager`. */
  isOwnerOrAdmin: boolean;
  /** Guests, bots, strangers from connected workspaces: never members. */
  isOutsider: boolean;
}

type Done =
  /** A typed line without `/crm`; people as `<@U123|name>`, channels as `<#C123|name>`, everything else decoded. `thread`: the text and link of the message it was said about. */
  | { kind: 'command'; line: string; thread?: { text: string } }
  | { kind: 'press'; press: SealedPress }
  | { kind: 'submit'; press: SealedPress; values: Record<string, unknown> }
  /** Type-ahead of a `ref` or `person` field. */
  | { kind: 'lookup'; lookups: readonly string[]; query: string }
  | { kind: 'home' };

/** One thing a person did, on any platform, and where, if that was in a conversation. */
export type Interaction = Done & { place?: Place | undefined };

export interface Reply {
  outcome: Outcome;
  reader: Reader;
}

/**
 * Never throws: whatever goes wrong is an answer. `delivery` names the platform's delivery (`event_id`,
 * `trigger_id`, …): of copies of one delivery only the first takes effect.
 */
export type Dispatch = (
  who: Visitor | WebMember,
  interaction: Interaction,
  requestId: string,
  delivery?: string,
) => Promise<Reply>;
