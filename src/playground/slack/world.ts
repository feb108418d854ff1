import { randomBytes } from 'node:crypto';
import { ImpossibleGesture } from '../impossible-gesture.ts';
import type { Json } from '../json.ts';
import type { StandInChannel, StandInUser, Workspace } from './workspace.ts';

export interface StandInMessage {
  team: string;
  channel: string;
  ts: string;
  /** What the clock on the wall showed, in milliseconds: ahead of `ts` once a demo has moved it. */
  at: number;
  /** Id of the person or bot user who wrote it. */
  author: string;
  isBot: boolean;
  /**
   * `message` and `ephemeral` are what the platform shows; `echo` (a command somebody typed) and `notice` (the
   * platform itself complains) exist on the screen only and are not in `messages()` unless asked for.
   */
  kind: 'message' | 'ephemeral' | 'echo' | 'notice';
  text: string;
  blocks?: Json[];
  metadata?: Json;
  threadTs?: string;
  /** Set for everything only one person sees. */
  onlyFor?: string;
  /** What the app showed for links in it. */
  unfurls?: Unfurl[];
  files?: { id: string; title: string; name: string; bytes: number; comment?: string }[];
  /** How often it was changed. */
  edits: number;
  isDeleted: boolean;
  /** What Slack would warn about, such as blocks without a `text`. */
  warnings: string[];
}

export interface Unfurl {
  url: string;
  blocks: Json[];
}

export interface StandInView {
  id: string;
  team: string;
  user: string;
  type: 'modal' | 'home';
  hash: string;
  title?: Json;
  submit?: Json;
  close?: Json;
  blocks: Json[];
  callbackId: string;
  privateMetadata: string;
  externalId: string;
  clearOnClose: boolean;
  notifyOnClose: boolean;
  rootId: string;
  previousId: string | null;
  /** What the person has entered so far, by block and action. */
  values: Json;
}

/** One thing that changed on somebody's screen. */
export interface Change {
  seq: number;
  kind:
    | 'posted'
    | 'updated'
    | 'deleted'
    | 'view_opened'
    | 'view_updated'
    | 'view_closed'
    | 'home'
    | 'channels'
    | 'reset';
  team: string;
  /** The only person who sees it; everybody in the channel if absent. */
  user?: string;
  message?: StandInMessage;
  view?: StandInView;
}

export interface Direct {
  id: string;
  team: string;
  user: string;
}

/** Everything the stand-in remembers. Plain records; the rules live in the methods that change them. */
export interface World {
  workspaces: Workspace[];
  messages: StandInMessage[];
  directs: Direct[];
  /** Open modals per `team:user`, the last one on top. */
  stacks: Map<string, StandInView[]>;
  homes: Map<string, StandInView>;
  revoked: Set<string>;
  seq: number;
  now(): number;
  wallNow(): number;
  changed(change: Omit<Change, 'seq'>): void;
  onChange(listener: (change: Change) => void): () => void;
  nextTs(): string;
  nextId(prefix: string): string;
  reset(): void;
}

export function createWorld(initial: readonly Workspace[], now: () => number, wallNow = now): World {
  const listeners = new Set<(change: Change) => void>();
  let lastMicros = 0;
  let ids = 0;
  const world: World = {
    workspaces: structuredClone([...initial]),
    messages: [],
    directs: [],
    stacks: new Map(),
    homes: new Map(),
    revoked: new Set(),
    seq: 0,
    now,
    wallNow,
    changed(change) {
      const numbered = { ...change, seq: ++world.seq };
      for (const listener of listeners) listener(numbered);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    nextTs() {
      lastMicros = Math.max(lastMicros + 1, Math.floor(now() * 1000));
      const digits = String(lastMicros).padStart(16, '0');
      return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
    },
    nextId(prefix) {
      ids += 1;
      return `${prefix}${String(ids).padStart(3, '0')}${randomBytes(4).toString('hex').toUpperCase()}`;
    },
    reset() {
      world.workspaces = structuredClone([...initial]);
      world.messages = [];
      world.directs = [];
      world.stacks.clear();
      world.homes.clear();
      world.revoked.clear();
      world.changed({ kind: 'reset', team: '' });
    },
  };
  return world;
}

export function viewKey(team: string, user: string): string {
  return `${team}:${user}`;
}

export function workspaceOf(world: World, team: string): Workspace {
  const found = world.workspaces.find((entry) => entry.id === team);
  if (!found) throw new ImpossibleGesture(`There is no workspace ${team}.`);
  return found;
}

/** The workspace somebody acts in: the one named, else the only one that lists them. */
export function workspaceFor(world: World, user: string, team?: string): Workspace {
  if (team) return workspaceOf(world, team);
  const found = world.workspaces.find((entry) => entry.users.some((member) => member.id === user));
  if (!found) throw new ImpossibleGesture(`Nobody has the id ${user}.`);
  return found;
}

export function userOf(workspace: Workspace, user: string): StandInUser {
  const found = workspace.users.find((entry) => entry.id === user);
  if (!found) throw new ImpossibleGesture(`${workspace.name} has nobody with the id ${user}.`);
  return found;
}

export type Place =
  | { kind: 'channel'; id: string; name: string; channel: StandInChannel }
  | { kind: 'direct'; id: string; name: string; user: string };

/** A channel or direct conversation by id; channels by `#name` or name as well. */
export function placeOf(world: World, team: string, id: string): Place | undefined {
  const direct = world.directs.find((entry) => entry.team === team && entry.id === id);
  if (direct) return { kind: 'direct', id, name: 'directmessage', user: direct.user };
  const name = id.replace(/^#/, '');
  const channel = workspaceOf(world, team).channels.find((entry) => entry.id === id || entry.name === name);
  return channel ? { kind: 'channel', id: channel.id, name: channel.name, channel } : undefined;
}

/** The direct conversation between a person and the app; opened when it is first needed. */
export function directOf(world: World, team: string, user: string): Direct {
  const found = world.directs.find((entry) => entry.team === team && entry.user === user);
  if (found) return found;
  const opened = { id: world.nextId('D'), team, user };
  world.directs.push(opened);
  world.changed({ kind: 'channels', team, user });
  return opened;
}

/** Whether this person sees this message on their screen. */
export function isVisible(world: World, message: StandInMessage, user: string): boolean {
  if (message.isDeleted) return false;
  if (message.onlyFor) return message.onlyFor === user;
  const place = placeOf(world, message.team, message.channel);
  if (!place) return false;
  return place.kind === 'direct' ? place.user === user : place.channel.members.includes(user);
}
