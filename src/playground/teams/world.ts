import { ImpossibleGesture } from '../impossible-gesture.ts';
import type { Json } from '../json.ts';
import type { TeamsDialog, TeamsMessage } from './screen-model.ts';
import type { TeamsUser, Tenant } from './tenant.ts';

/** A message with what only the service and the platform know. */
export interface StoredMessage extends TeamsMessage {
  tenant: string;
  /** What the client shows one person in place of `cards`, by `aadObjectId`; an edit by the bot ends them. */
  views: Map<string, Json[]>;
  /** Whose client has asked for their own version of it, by `aadObjectId`. */
  refreshed: Set<string>;
}

/** An open dialog with its owner. */
export interface StoredDialog extends TeamsDialog {
  tenant: string;
  /** `aadObjectId` */
  user: string;
  /** What a message action hands to the app, once more with every submission. */
  payload?: Json;
}

/** One thing that changed on somebody's screen. */
export interface Change {
  seq: number;
  kind:
    | 'posted'
    | 'updated'
    | 'deleted'
    | 'dialog_opened'
    | 'dialog_updated'
    | 'dialog_closed'
    | 'typing'
    | 'conversations'
    | 'reset';
  tenant: string;
  /** The only person who sees it; everybody in the conversation if absent. */
  user?: string;
  message?: TeamsMessage;
  dialog?: TeamsDialog;
}

export interface Personal {
  /** `a:1…` */
  id: string;
  tenant: string;
  /** `aadObjectId` */
  user: string;
}

/** Everything the stand-in remembers. Plain records; the rules live in the modules that change them. */
export interface World {
  tenants: Tenant[];
  messages: StoredMessage[];
  personals: Personal[];
  dialogs: StoredDialog[];
  /** Conversations in which the bot shows that it is writing. */
  typing: Set<string>;
  seq: number;
  now(): number;
  wallNow(): number;
  changed(change: Omit<Change, 'seq'>): void;
  onChange(listener: (change: Change) => void): () => void;
  nextMessageId(): string;
  nextId(prefix: string): string;
  reset(): void;
}

export function createWorld(initial: readonly Tenant[], now: () => number, wallNow = now): World {
  const listeners = new Set<(change: Change) => void>();
  let lastMessage = 0;
  let ids = 0;
  const world: World = {
    tenants: structuredClone([...initial]),
    messages: [],
    personals: [],
    dialogs: [],
    typing: new Set(),
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
    nextMessageId() {
      lastMessage = Math.max(lastMessage + 1, Math.floor(now()));
      return String(lastMessage);
    },
    nextId(prefix) {
      ids += 1;
      return `${prefix}${String(ids).padStart(4, '0')}`;
    },
    reset() {
      world.tenants = structuredClone([...initial]);
      world.messages = [];
      world.personals = [];
      world.dialogs = [];
      world.typing.clear();
      world.changed({ kind: 'reset', tenant: '' });
    },
  };
  return world;
}

export function tenantOf(world: World, tenant: string): Tenant {
  const found = world.tenants.find((entry) => entry.id === tenant);
  if (!found) throw new ImpossibleGesture(`There is no tenant ${tenant}.`);
  return found;
}

/** The tenant somebody acts in: the one named, else the only one that lists them. */
export function tenantFor(world: World, user: string, tenant?: string): Tenant {
  if (tenant) return tenantOf(world, tenant);
  const found = world.tenants.find((entry) => findUser(entry, user));
  if (!found) throw new ImpossibleGesture(`Nobody has the id ${user}.`);
  return found;
}

/** By `aadObjectId` or by `29:…`. */
export function findUser(tenant: Tenant, id: string): TeamsUser | undefined {
  return tenant.users.find((user) => user.aadObjectId === id || user.id === id);
}
