import { ImpossibleGesture } from '../impossible-gesture.ts';
import { asList, type Json } from '../json.ts';
import type { Courier } from './delivery.ts';
import type { EventQueue } from './event-queue.ts';
import type { Tickets } from './tickets.ts';
import { stackOf } from './views.ts';
import type { StandInUser, Workspace } from './workspace.ts';
import {
  directOf,
  isVisible,
  type Place,
  placeOf,
  type StandInMessage,
  type StandInView,
  userOf,
  viewKey,
  type World,
  workspaceFor,
} from './world.ts';

/** What every gesture needs. */
export interface Desk {
  world: World;
  tickets: Tickets;
  courier: Courier;
  queue: EventQueue;
  /** Where the stand-in's own routes are reachable; response URLs start with it. */
  base: () => string;
  /** Options that type-ahead brought, per `user action_id`. */
  offered: Map<string, Json[]>;
  /** What people entered in messages, per `user ts`. */
  entered: Map<string, Json>;
  /** Ends each open stream of screen changes. */
  watchers: Set<() => void>;
}

export interface Person {
  workspace: Workspace;
  user: StandInUser;
}

/** @throws ImpossibleGesture for somebody who isn't there or has left */
export function personOf(desk: Desk, user: string, team?: string): Person {
  const workspace = workspaceFor(desk.world, user, team);
  const found = userOf(workspace, user);
  if (found.deleted) throw new ImpossibleGesture(`${found.realName} has left and can't do anything.`);
  return { workspace, user: found };
}

/** The conversation a gesture happens in: `app` is the direct one with the app; default is their first channel. */
export function placeFor(desk: Desk, { workspace, user }: Person, wanted?: string): Place {
  const first = workspace.channels.find(
    (channel) => channel.members.includes(user.id) && !channel.isArchived,
  );
  const id = wanted ?? first?.id ?? 'app';
  if (id === 'app') {
    const direct = directOf(desk.world, workspace.id, user.id);
    return { kind: 'direct', id: direct.id, name: 'directmessage', user: user.id };
  }
  const place = placeOf(desk.world, workspace.id, id);
  if (!place) throw new ImpossibleGesture(`${workspace.name} has no channel ${id}.`);
  const isIn = place.kind === 'direct' ? place.user === user.id : place.channel.members.includes(user.id);
  if (!isIn) throw new ImpossibleGesture(`${user.realName} is not in ${place.name}.`);
  if (place.kind === 'channel' && place.channel.isArchived) {
    throw new ImpossibleGesture(`#${place.name} is archived.`);
  }
  return place;
}

export function topModal(desk: Desk, { workspace, user }: Person): StandInView | undefined {
  return stackOf(desk.world, workspace.id, user.id).at(-1);
}

export function homeOf(desk: Desk, { workspace, user }: Person): StandInView | undefined {
  return desk.world.homes.get(viewKey(workspace.id, user.id));
}

/** Messages on this person's screen, newest first. */
export function visibleMessages(desk: Desk, { workspace, user }: Person): StandInMessage[] {
  return desk.world.messages
    .filter((message) => message.team === workspace.id && isVisible(desk.world, message, user.id))
    .reverse();
}

export function offeredTo(desk: Desk, user: string, element: Json): Json[] {
  return asList(desk.offered.get(`${user} ${String(element.action_id)}`));
}

export function responseUrl(desk: Desk, right: Parameters<Tickets['replyRight']>[0]): string {
  return `${desk.base()}/response/${desk.tickets.replyRight(right)}`;
}
