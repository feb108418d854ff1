import { asText, compact, type Json } from '../json.ts';
import { wireUser } from './api-users.ts';
import { type Desk, homeOf, personOf, placeFor } from './desk.ts';
import { eventEnvelope } from './envelope.ts';
import { escapeMessage } from './escape.ts';
import type { EventDelivery } from './event-queue.ts';
import { namesOf } from './gesture-command.ts';
import { linksOfApp } from './links.ts';
import { addMessage } from './messages.ts';
import { failureOf, type Outcome, watch } from './outcome.ts';
import { wireView } from './views.ts';
import type { StandInUser, Workspace } from './workspace.ts';
import { directOf, placeOf, type StandInMessage, userOf, workspaceFor, workspaceOf } from './world.ts';

export interface EventOutcome extends Outcome {
  delivery?: EventDelivery;
}

export interface SayInput {
  user: string;
  text: string;
  /** `app` is the direct conversation with the app. */
  channel?: string;
  team?: string;
  threadTs?: string;
}

/**
 * Posts a message as a person. The app hears of it only where Slack tells it: `app_mention` in a channel it is in,
 * `message` in its direct conversations.
 */
export async function say(desk: Desk, input: SayInput): Promise<EventOutcome> {
  const person = personOf(desk, input.user, input.team);
  const { workspace, user } = person;
  const place = placeFor(desk, person, input.channel);
  const seen = watch(desk.world, workspace.id, user.id);
  const text = escapeMessage(input.text, namesOf(workspace));
  const message = addMessage(desk.world, {
    team: workspace.id,
    channel: place.id,
    author: user.id,
    isBot: false,
    kind: 'message',
    text,
    threadTs: input.threadTs,
  });
  const shared = linkShared(desk, workspace, message, user);
  // Slack tells of the links beside the message, and to apps outside the channel as well.
  if (shared) await deliver(desk, workspace, shared, () => [], user);
  const isMention = text.includes(`<@${workspace.botUserId}>`);
  const isHeard = place.kind === 'direct' || (isMention && place.channel.hasBot !== false);
  if (!isHeard) return { status: 0, body: '', ms: 0, ok: true, shown: seen.stop() };
  const event = compact({
    type: place.kind === 'direct' ? 'message' : 'app_mention',
    user: user.id,
    text,
    ts: message.ts,
    event_ts: message.ts,
    thread_ts: input.threadTs,
    channel: place.id,
    channel_type: place.kind === 'direct' ? 'im' : undefined,
    team: user.teamId ?? workspace.id,
    client_msg_id: crypto.randomUUID(),
  });
  return deliver(desk, workspace, event, seen.stop, user);
}

function linkShared(
  desk: Desk,
  workspace: Workspace,
  message: StandInMessage,
  user: StandInUser,
): Json | undefined {
  const links = linksOfApp(message.text, workspace);
  if (links.length === 0 || (workspace.scopes && !workspace.scopes.includes('links:read'))) return undefined;
  return compact({
    type: 'link_shared',
    user: user.id,
    channel: message.channel,
    message_ts: message.ts,
    thread_ts: message.threadTs,
    is_bot_user_member: hasBotIn(desk, message),
    unfurl_id: `${message.channel}.${message.ts}.${crypto.randomUUID()}`,
    source: 'conversations_history',
    links,
  });
}

function hasBotIn({ world }: Desk, { team, channel }: StandInMessage): boolean {
  const place = placeOf(world, team, channel);
  return place?.kind === 'direct' || place?.channel.hasBot !== false;
}

/** Writes `@crm …` to the app. */
export function mention(desk: Desk, input: SayInput): Promise<EventOutcome> {
  const { workspace } = personOf(desk, input.user, input.team);
  return say(desk, { ...input, text: `<@${workspace.botUserId}> ${input.text}` });
}

export interface HomeInput {
  user: string;
  team?: string;
  tab?: 'home' | 'messages';
}

/** Opens the app's page in the sidebar. */
export async function openHome(desk: Desk, input: HomeInput): Promise<EventOutcome> {
  const person = personOf(desk, input.user, input.team);
  const { workspace, user } = person;
  const tab = input.tab ?? 'home';
  const home = homeOf(desk, person);
  const channel = directOf(desk.world, workspace.id, user.id).id;
  const event = {
    type: 'app_home_opened',
    user: user.id,
    channel,
    tab,
    ...(home && tab === 'home' ? { view: wireView(desk.world, home) } : {}),
  };
  return deliver(desk, workspace, event, watch(desk.world, workspace.id, user.id).stop, user);
}

/** Sends any event; `type` is the inner one. */
export async function sendEvent(
  desk: Desk,
  event: Json & { type: string },
  team?: string,
): Promise<EventOutcome> {
  const actorId = asText(event.user);
  const workspace = team
    ? workspaceOf(desk.world, team)
    : actorId
      ? workspaceFor(desk.world, actorId)
      : workspaceOf(desk.world, desk.world.workspaces[0]?.id ?? '');
  const actor = workspace.users.find((user) => user.id === actorId);
  return deliver(desk, workspace, event, () => [], actor);
}

/** Removes the app from a workspace: its token is dead from now on, and both events are sent. */
export async function uninstall(desk: Desk, team: string): Promise<EventOutcome> {
  const workspace = workspaceOf(desk.world, team);
  desk.world.revoked.add(workspace.botToken);
  await sendEvent(desk, { type: 'tokens_revoked', tokens: { oauth: [], bot: [workspace.botUserId] } }, team);
  return sendEvent(desk, { type: 'app_uninstalled' }, team);
}

/** Changes a profile and tells the app. */
export async function changeUser(
  desk: Desk,
  id: string,
  change: Partial<StandInUser>,
): Promise<EventOutcome> {
  const workspace = workspaceFor(desk.world, id);
  const user = Object.assign(userOf(workspace, id), change);
  desk.world.changed({ kind: 'channels', team: workspace.id });
  return sendEvent(desk, { type: 'user_change', user: wireUser(workspace, user, true) }, workspace.id);
}

/** Adds somebody to a workspace and tells the app. */
export async function joinTeam(
  desk: Desk,
  team: string,
  user: StandInUser,
  channels: string[],
): Promise<EventOutcome> {
  const workspace = workspaceOf(desk.world, team);
  workspace.users.push(user);
  for (const channel of workspace.channels) if (channels.includes(channel.id)) channel.members.push(user.id);
  desk.world.changed({ kind: 'channels', team });
  return sendEvent(desk, { type: 'team_join', user: wireUser(workspace, user, true) }, team);
}

/** The handshake Slack makes when the address is entered. */
export async function verifyUrl(desk: Desk): Promise<Outcome> {
  const challenge = crypto.randomUUID();
  const answer = await desk.courier.sendJson({
    type: 'url_verification',
    token: 'legacy-verification-token',
    challenge,
  });
  const { status, body, ms } = answer;
  const echoed = typeof body === 'string' ? body : (body as Json | undefined)?.challenge;
  return { status, body, ms, ok: !failureOf(answer) && echoed === challenge, shown: [] };
}

async function deliver(
  desk: Desk,
  workspace: Workspace,
  event: Json,
  stop: () => Outcome['shown'],
  actor: StandInUser | undefined,
): Promise<EventOutcome> {
  const delivery = await desk.queue.deliver(eventEnvelope(desk.world, workspace, event, actor));
  const last = delivery.attempts.at(-1);
  return {
    status: last?.status ?? 0,
    body: last?.body ?? '',
    ms: last?.ms ?? 0,
    ok: delivery.state === 'delivered',
    shown: stop(),
    delivery,
  };
}
