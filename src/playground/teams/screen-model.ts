import type { Json } from '../json.ts';
import type { TeamsUser } from './tenant.ts';

/** A card as one of the older formats: what lists of results and link previews show. */
export interface TeamsPreview {
  title: string;
  subtitle?: string;
  text?: string;
  /** Address of its picture. */
  image?: string;
}

export interface TeamsMention {
  /** `29:…` or `28:…` */
  id: string;
  name: string;
  /** The mark in the message's text: `<at>…</at>`. */
  text: string;
}

/** A message as one person sees it: cards that were replaced for them alone are theirs. */
export interface TeamsMessage {
  /** Milliseconds since 1970 as digits, as Teams numbers messages. */
  id: string;
  conversation: string;
  from: { kind: 'user' | 'bot'; id: string; name: string };
  text?: string;
  textFormat?: 'plain' | 'markdown' | 'xml';
  /** What notifications say in place of the card. */
  summary?: string;
  /** Adaptive Cards. */
  cards: Json[];
  /** Of a link in the text, or of the search result it was made from. */
  preview?: TeamsPreview;
  /** Milliseconds since 1970, by the clock people see. */
  at: number;
  editedAt?: number;
  /** `aadObjectId` of the only person who sees it. */
  onlyFor?: string;
  isDeleted: boolean;
  /** First message of the thread it belongs to; in channels only. */
  replyTo?: string;
  mentions?: TeamsMention[];
  /** A person sent it with the app's help: a search result, the answer of a message action. */
  isViaApp?: boolean;
  /** This person's client would ask for their own version of the card now. */
  needsRefresh?: boolean;
  /** Thumbs are shown under it. */
  takesFeedback?: boolean;
}

/** An open dialog; at most one per person is in front. */
export interface TeamsDialog {
  id: string;
  title: string;
  card?: Json;
  /** A page instead of a card. */
  url?: string;
  /** Pixels, or one of the three names. */
  width?: number | 'small' | 'medium' | 'large';
  height?: number | 'small' | 'medium' | 'large';
  conversation: string;
  /** The message whose button opened it, or that a message action was used on. */
  message?: string;
  /** Command of the message extension that opened it; absent for dialogs of cards. */
  commandId?: string;
}

export interface TeamsConversation {
  id: string;
  kind: 'personal' | 'group' | 'channel';
  name: string;
  teamName?: string;
  /** Whether the bot is in it. */
  isInstalled: boolean;
  isArchived?: boolean;
  /** `aadObjectId`s. */
  members: string[];
  /** The bot shows that it is writing; ends when it posts. */
  typing?: boolean;
}

/** One person's Teams in one tenant, as the page draws it. */
export interface TeamsScreen {
  seq: number;
  tenant: { id: string; name: string; appName: string; botId: string };
  me: TeamsUser;
  users: TeamsUser[];
  conversations: TeamsConversation[];
  /** Oldest first within each conversation. */
  messages: TeamsMessage[];
  /** The last one is in front. */
  dialogs: TeamsDialog[];
}
