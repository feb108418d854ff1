import { asText, type Json } from '../json.ts';
import { badSyntax, ConnectorError, noActivity, noConversation, notInRoster } from './connector-error.ts';
import type { FaultBox } from './faults.ts';
import { appNameOf, findPlace, type Place, splitThread } from './places.ts';
import { readMessage } from './read-activity.ts';
import { findUser, type StoredMessage, type World } from './world.ts';

export interface Post {
  world: World;
  faults: FaultBox;
  botId: string;
  /** As in the address: with its thread, if it names one. */
  conversation: string;
  activity: Json;
  isTargeted: boolean;
  /** The message that is answered. */
  replyTo?: string;
}

const targetedLifetimeMs = 24 * 3_600_000;

/** @throws ConnectorError unless the bot may speak there */
export function placeForBot(world: World, conversation: string): Place {
  const place = findPlace(world, conversation);
  if (!place) throw noConversation();
  if (!place.isInstalled) throw notInRoster();
  return place;
}

function writablePlace(world: World, conversation: string): Place {
  const place = placeForBot(world, conversation);
  if (place.isArchived) {
    throw new ConnectorError(403, 'MessageWritesBlocked', 'The conversation is archived.');
  }
  return place;
}

/** Posts what the bot sends, or shows that it is writing. Answers the activity's id. */
export function post({ world, faults, botId, conversation, activity, isTargeted, replyTo }: Post): string {
  const place = writablePlace(world, conversation);
  checkSender(activity, botId);
  const wait = faults.takePost(place.id, world.now());
  if (wait > 0) throw new TooManyPosts(wait);
  if (activity.type === 'typing') {
    world.typing.add(place.id);
    world.changed({ kind: 'typing', tenant: place.tenant.id });
    return world.nextMessageId();
  }
  if (activity.type !== 'message')
    throw badSyntax(`Activities of type "${asText(activity.type)}" are not taken.`);
  const onlyFor = isTargeted ? recipientOf(activity, place) : undefined;
  const root = rootOf(world, place, replyTo ?? splitThread(conversation).thread);
  const message: StoredMessage = {
    id: world.nextMessageId(),
    tenant: place.tenant.id,
    conversation: place.id,
    from: { kind: 'bot', id: botId, name: appNameOf(place.tenant) },
    ...readMessage(activity, place, botId),
    at: world.wallNow(),
    isDeleted: false,
    views: new Map(),
    refreshed: new Set(),
    ...(takesFeedback(activity) ? { takesFeedback: true } : {}),
    ...(onlyFor ? { onlyFor } : {}),
    ...(root ? { replyTo: root } : {}),
  };
  world.messages.push(message);
  world.typing.delete(place.id);
  world.changed({ kind: 'posted', tenant: place.tenant.id, message });
  return message.id;
}

/** Becomes a 429 that says how long to wait. */
export class TooManyPosts extends Error {
  readonly seconds: number;
  constructor(seconds: number) {
    super('Too many posts.');
    this.seconds = seconds;
  }
}

function checkSender({ from }: Json, botId: string): void {
  const id = (from as Json | undefined)?.id;
  if (id !== undefined && id !== botId)
    throw badSyntax('Activities can be sent in the name of the bot alone.');
}

function takesFeedback({ channelData }: Json): boolean {
  const { feedbackLoop, feedbackLoopEnabled } = (channelData ?? {}) as Json;
  return feedbackLoopEnabled === true || feedbackLoop !== undefined;
}

/** Threads exist in channels alone; elsewhere an answer is a message like any other. */
function rootOf(world: World, place: Place, id: string | undefined): string | undefined {
  if (!id) return undefined;
  const message = world.messages.find((one) => one.conversation === place.id && one.id === id);
  if (!message) throw noActivity();
  return place.kind === 'channel' ? (message.replyTo ?? message.id) : undefined;
}

function recipientOf({ recipient }: Json, { kind, tenant, members }: Place): string {
  if (kind === 'personal') {
    throw new ConnectorError(400, 'BadArgument', 'Targeted messages are for group chats and channels.');
  }
  if (tenant.supportsTargeted === false) {
    throw new ConnectorError(403, 'NotSupported', 'Targeted messages are not available here.');
  }
  const id = asText((recipient as Json | undefined)?.id);
  if (!id) throw new ConnectorError(400, 'BadArgument', 'The recipient of the targeted message is missing.');
  const user = findUser(tenant, id);
  if (!user || !members.includes(user.aadObjectId)) {
    throw new ConnectorError(400, 'BadArgument', 'The recipient is not in the conversation.');
  }
  return user.aadObjectId;
}

/** The bot's own message. @throws ConnectorError if there is none, or it has expired */
function ownMessage(world: World, place: Place, id: string, botId: string): StoredMessage {
  const found = world.messages.find((one) => one.conversation === place.id && one.id === id);
  if (!found || found.isDeleted || found.from.id !== botId) throw noActivity();
  if (found.onlyFor && world.wallNow() - found.at > targetedLifetimeMs) throw noActivity();
  return found;
}

/** Replaces a message in place: for everybody, and whatever single people saw of it is over. */
export function update({ world, botId, conversation, activity, isTargeted }: Post, id: string): void {
  const place = writablePlace(world, conversation);
  const message = ownMessage(world, place, id, botId);
  checkTarget(message, isTargeted);
  if (isTargeted && activity.recipient !== undefined) {
    throw new ConnectorError(400, 'BadArgument', 'The recipient of a targeted message cannot be changed.');
  }
  if (activity.type !== 'message') throw badSyntax('Only messages can replace messages.');
  const content = readMessage(activity, place, botId);
  for (const name of ['text', 'textFormat', 'summary', 'preview', 'mentions'] as const) delete message[name];
  Object.assign(message, content, { editedAt: world.wallNow() });
  message.views.clear();
  message.refreshed.clear();
  world.changed({ kind: 'updated', tenant: place.tenant.id, message });
}

export function remove({ world, botId, conversation, isTargeted }: Post, id: string): void {
  const place = writablePlace(world, conversation);
  const message = ownMessage(world, place, id, botId);
  checkTarget(message, isTargeted);
  message.isDeleted = true;
  world.changed({ kind: 'deleted', tenant: place.tenant.id, message });
}

/** A targeted message is reached as such only, and no other message is. */
function checkTarget(message: StoredMessage, isTargeted: boolean): void {
  if ((message.onlyFor !== undefined) !== isTargeted) throw noActivity();
}
