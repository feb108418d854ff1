import { ImpossibleGesture } from '../impossible-gesture.ts';
import type { Json } from '../json.ts';
import { envelope, type Sender, spoken } from './activity.ts';
import type { Answer, Courier } from './delivery.ts';
import { isVisible, type Place, placeFor } from './places.ts';
import type { TeamsUser, Tenant } from './tenant.ts';
import { findUser, type StoredMessage, tenantFor, type World } from './world.ts';

/** What every gesture needs. */
export interface Desk {
  world: World;
  courier: Courier;
  botId: string;
  /** Ends with a slash, as the real ones do. */
  serviceUrl: () => string;
  /** Values that type-ahead brought, per person. */
  offered: Map<string, string[]>;
  /** What the last search of a message extension brought, per person. */
  found: Map<string, Json[]>;
  /** Ends each open stream of screen changes. */
  watchers: Set<() => void>;
}

export interface Person {
  tenant: Tenant;
  user: TeamsUser;
}

/** @throws ImpossibleGesture for somebody who isn't there; by `aadObjectId` or `29:…` */
export function personOf(desk: Desk, id: string, tenantId?: string): Person {
  const tenant = tenantFor(desk.world, id, tenantId);
  const user = findUser(tenant, id);
  if (!user) throw new ImpossibleGesture(`${tenant.name} has nobody with the id ${id}.`);
  if (user.isDeleted) throw new ImpossibleGesture(`${user.name} has left and can't do anything.`);
  return { tenant, user };
}

export interface Scene extends Person {
  place: Place;
}

/** Somebody in a conversation; without one, in their own with the app. */
export function sceneOf(desk: Desk, id: string, tenantId?: string, conversation?: string): Scene {
  const person = personOf(desk, id, tenantId);
  return { ...person, place: placeFor(desk.world, person.tenant, person.user, conversation) };
}

/** @throws ImpossibleGesture if it isn't on this person's screen */
export function messageOf(desk: Desk, { tenant, user }: Person, id: string): StoredMessage {
  const found = desk.world.messages.find((message) => message.tenant === tenant.id && message.id === id);
  if (!found || found.isDeleted || !isVisible(desk.world, found, user.aadObjectId)) {
    throw new ImpossibleGesture(`${user.name} sees no message ${id}.`);
  }
  return found;
}

/** The cards of a message as this person sees them. */
export function cardsFor(message: StoredMessage, { user }: Person): Json[] {
  return message.views.get(user.aadObjectId) ?? message.cards;
}

export function senderOf(desk: Desk, { user, place }: Scene, thread?: string): Sender {
  const { botId } = desk;
  const sender = { place, user, botId, serviceUrl: desk.serviceUrl(), now: desk.world.now() };
  return place.kind === 'channel' && thread ? { ...sender, thread } : sender;
}

export interface Sent {
  answer: Answer;
  activity: Json;
}

/** Asks the service something and waits for what it says. */
export async function invoke(
  desk: Desk,
  scene: Scene,
  { name, value, thread, ...more }: { name: string; value: Json; thread?: string; replyToId?: string },
): Promise<Sent> {
  const sender = senderOf(desk, scene, thread);
  const activity = envelope(sender, { type: 'invoke', name, value, ...spoken(sender), ...more });
  return { activity, answer: await desk.courier.deliver(activity) };
}
