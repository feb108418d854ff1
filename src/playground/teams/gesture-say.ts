import { ImpossibleGesture } from '../impossible-gesture.ts';
import { asText, compact, type Json } from '../json.ts';
import { channelData, envelope, spoken } from './activity.ts';
import { type Desk, invoke, messageOf, type Scene, type Sent, sceneOf, senderOf } from './desk.ts';
import type { Outcome } from './outcome.ts';
import { appNameOf, splitThread } from './places.ts';
import type { TeamsMention } from './screen-model.ts';
import { outcomeOf, unsent, watch } from './watch.ts';
import type { StoredMessage } from './world.ts';

export interface SayInput {
  /** `aadObjectId` or `29:…` */
  user: string;
  tenant?: string;
  /** Id or name; without one, the person's own with the app. With `;messageid=…`, a thread of a channel. */
  conversation?: string;
  /** `@CRM`, or whatever the app is called, becomes a mention. */
  text: string;
}

/** Types a message. Outside the personal conversation the bot gets it only if it is mentioned. */
export async function say(desk: Desk, input: SayInput): Promise<Outcome> {
  const scene = sceneOf(desk, input.user, input.tenant, input.conversation);
  requireWritable(scene);
  const { place, tenant } = scene;
  if (place.kind === 'personal' && !place.isInstalled) {
    throw new ImpossibleGesture(`${appNameOf(tenant)} is not installed for ${scene.user.name}.`);
  }
  const { text, mentions } = withMention(desk, scene, input.text);
  const seen = watch(desk.world, scene);
  const thread = threadOf(desk, scene, input.conversation);
  const message = postAs(
    desk,
    scene,
    { text, cards: [], ...(mentions.length > 0 ? { mentions } : {}) },
    thread,
  );
  if (place.kind !== 'personal' && (mentions.length === 0 || !place.isInstalled)) {
    return { ...unsent(seen.stop()), message: message.id };
  }
  const sent = await deliverMessage(desk, scene, message);
  return outcomeOf(sent, seen.stop(), { message: message.id });
}

export function requireWritable({ place }: Scene): void {
  if (place.isArchived) throw new ImpossibleGesture(`${place.name} is archived.`);
}

function threadOf(desk: Desk, { place }: Scene, wanted: string | undefined): string | undefined {
  const { thread } = splitThread(wanted ?? '');
  if (!thread || place.kind !== 'channel') return undefined;
  const root = desk.world.messages.find((one) => one.conversation === place.id && one.id === thread);
  if (!root) throw new ImpossibleGesture(`${place.name} has no message ${thread}.`);
  return root.replyTo ?? root.id;
}

function withMention(
  desk: Desk,
  { tenant }: Scene,
  typed: string,
): { text: string; mentions: TeamsMention[] } {
  const name = appNameOf(tenant);
  const mark = `<at>${name}</at>`;
  const text = typed.includes(mark) ? typed : typed.replace(`@${name}`, mark);
  return { text, mentions: text.includes(mark) ? [{ id: desk.botId, name, text: mark }] : [] };
}

/** Shows a message in a person's name. */
export function postAs(
  desk: Desk,
  { tenant, user, place }: Scene,
  content: Pick<StoredMessage, 'cards'> & Partial<StoredMessage>,
  thread?: string,
): StoredMessage {
  const message: StoredMessage = {
    id: desk.world.nextMessageId(),
    tenant: tenant.id,
    conversation: place.id,
    from: { kind: 'user', id: user.id, name: user.name },
    textFormat: 'plain',
    at: desk.world.wallNow(),
    isDeleted: false,
    views: new Map(),
    refreshed: new Set(),
    ...content,
    ...(thread ? { replyTo: thread } : {}),
  };
  desk.world.messages.push(message);
  desk.world.changed({ kind: 'posted', tenant: tenant.id, message });
  return message;
}

async function deliverMessage(desk: Desk, scene: Scene, message: StoredMessage): Promise<Sent> {
  const { text = '', mentions = [] } = message;
  const { entities, ...language } = spokenBy(desk, scene);
  const sender = senderOf(desk, scene, message.replyTo ?? message.id);
  const activity = envelope(sender, {
    type: 'message',
    id: message.id,
    text,
    textFormat: 'plain',
    attachments: [{ contentType: 'text/html', content: asHtml(text, mentions) }],
    ...language,
    entities: [
      ...mentions.map(({ id, name, text: mark }) => ({
        type: 'mention',
        mentioned: { id, name },
        text: mark,
      })),
      ...(entities as Json[]),
    ],
    ...(message.replyTo ? { replyToId: message.replyTo } : {}),
  });
  return { activity, answer: await desk.courier.deliver(activity) };
}

function spokenBy(desk: Desk, scene: Scene): Json {
  return spoken(senderOf(desk, scene));
}

function asHtml(text: string, mentions: readonly TeamsMention[]): string {
  const escaped = text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const shown = mentions.reduce(
    (html, { name }, index) =>
      html.replace(
        `&#60;at&#62;${name}&#60;/at&#62;`,
        `<span itemscope="" itemtype="http://schema.skype.com/Mention" itemid="${index}">${name}</span>`,
      ),
    escaped,
  );
  return `<p>${shown}</p>`;
}

/** What a button of a card says in a person's name: with a value, and perhaps nothing to see in the chat. */
export async function postBack(
  desk: Desk,
  scene: Scene,
  said: { value?: unknown; text?: string; source: StoredMessage },
): Promise<Sent> {
  const { source, value, text } = said;
  const sender = senderOf(desk, scene, source.replyTo ?? source.id);
  const activity = envelope(sender, {
    type: 'message',
    ...compact({ value, text }),
    replyToId: source.id,
    ...spoken(sender),
    channelData: { ...channelData(scene.place), postBack: true, source: { name: 'message' } },
  });
  return { activity, answer: await desk.courier.deliver(activity) };
}

export interface FeedbackInput {
  user: string;
  tenant?: string;
  message: string;
  reaction: 'like' | 'dislike';
  text?: string;
}

/** Presses one of the thumbs that Teams shows under a message of the bot. */
export async function feedback(desk: Desk, input: FeedbackInput): Promise<Outcome> {
  const person = sceneOf(desk, input.user, input.tenant);
  const message = messageOf(desk, person, input.message);
  if (!message.takesFeedback) throw new ImpossibleGesture('There are no thumbs under this message.');
  const scene = sceneOf(desk, input.user, input.tenant, message.conversation);
  const seen = watch(desk.world, scene);
  const sent = await invoke(desk, scene, {
    name: 'message/submitAction',
    value: {
      actionName: 'feedback',
      actionValue: {
        reaction: input.reaction,
        feedback: JSON.stringify({ feedbackText: input.text ?? '' }),
      },
    },
    replyToId: message.id,
    thread: message.replyTo ?? message.id,
  });
  return outcomeOf(sent, seen.stop());
}

export interface ReactInput {
  user: string;
  tenant?: string;
  message: string;
  /** `like`, `heart`, … */
  reaction: string;
}

/** Reacts to a message of the bot; Teams tells the bot, which owes no answer to it. */
export async function react(desk: Desk, input: ReactInput): Promise<Outcome> {
  const person = sceneOf(desk, input.user, input.tenant);
  const message = messageOf(desk, person, input.message);
  const scene = sceneOf(desk, input.user, input.tenant, message.conversation);
  const seen = watch(desk.world, scene);
  if (message.from.kind !== 'bot') return unsent(seen.stop());
  const activity = envelope(senderOf(desk, scene, message.replyTo ?? message.id), {
    type: 'messageReaction',
    reactionsAdded: [{ type: asText(input.reaction) }],
    replyToId: message.id,
  });
  return outcomeOf({ activity, answer: await desk.courier.deliver(activity) }, seen.stop());
}
