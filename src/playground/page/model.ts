import type { Json } from '../json.ts';
import type { StandInUser } from '../slack/workspace.ts';
import type { StandInMessage, StandInView } from '../slack/world.ts';

export type { Json };
export type Message = Omit<StandInMessage, 'metadata' | 'warnings'>;
export type View = Omit<StandInView, 'privateMetadata'>;
export type User = StandInUser;

export interface Channel {
  id: string;
  name: string;
  members: string[];
  isMember: boolean;
  topic?: string;
  isPrivate?: boolean;
  isArchived?: boolean;
  isExtShared?: boolean;
}

/** What one person sees in one workspace. */
export interface Screen {
  seq: number;
  workspace: { id: string; name: string; domain: string; appName: string; botUserId: string };
  me: User;
  users: User[];
  channels: Channel[];
  /** Id of the direct conversation with the app. */
  direct: string;
  messages: Message[];
  modals: View[];
  home: View | null;
}

export interface Person {
  id: string;
  name: string;
  realName: string;
  locale: 'en-US' | 'zh-CN';
  tz: string;
  note?: string;
  /** The same person in Teams. */
  aadObjectId?: string;
}

export interface Example {
  text: string;
  about?: string;
  as?: string;
  locale?: 'en-US' | 'zh-CN';
}

export interface Organization {
  id: string;
  name: string;
  team: string;
  tenant?: string;
  examples: Example[];
  people: Person[];
}

export interface Shortcut {
  type: 'message' | 'global';
  callbackId: string;
  name: string;
}

/** Of the message extension. */
export interface Command {
  id: string;
  type: 'query' | 'action';
  title: string;
  context?: ('compose' | 'commandBox' | 'message')[];
  parameters?: { name: string }[];
}

export interface Info {
  organizations: Organization[];
  shortcuts: Shortcut[];
  commands: Command[];
  clock: { now: string } | null;
}

export interface Outcome {
  status: number;
  ms: number;
  ok: boolean;
  error?: string;
  errors?: Record<string, string>;
}
