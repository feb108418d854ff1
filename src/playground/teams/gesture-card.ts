import { ImpossibleGesture } from '../impossible-gesture.ts';
import { asJson, asText, type Json } from '../json.ts';
import { readCardAnswer } from './apply-card.ts';
import { openDialog, readTaskAnswer } from './apply-task.ts';
import { type ActionChoice, actionIn, collect, complaints } from './card-parts.ts';
import { cardsFor, type Desk, invoke, messageOf, personOf, type Scene, type Sent, sceneOf } from './desk.ts';
import { postAs, postBack } from './gesture-say.ts';
import type { Outcome } from './outcome.ts';
import { refreshesFor } from './screen.ts';
import { outcomeOf, unsent, useless, watch } from './watch.ts';
import type { StoredMessage } from './world.ts';

export interface CardInput {
  user: string;
  tenant?: string;
  message: string;
  /** Which card of the message; the first unless said otherwise. */
  card?: number;
  action: ActionChoice;
  /** What has been entered, by input id. */
  values?: Json;
  /** Sends even what the client would complain about, as a tampered client could. */
  force?: boolean;
}

interface Pressed {
  scene: Scene;
  message: StoredMessage;
  index: number;
  action: Json;
  /** The action's data with the fields of the card. */
  data: Json;
  wrong: Record<string, string>;
}

/** The button, if it really is in that card as this person sees it. */
function press(desk: Desk, input: CardInput, type: string): Pressed {
  const person = personOf(desk, input.user, input.tenant);
  const message = messageOf(desk, person, input.message);
  const scene = sceneOf(desk, input.user, input.tenant, message.conversation);
  const index = input.card ?? 0;
  const card = cardsFor(message, person)[index];
  if (!card) throw new ImpossibleGesture(`The message has no card ${index}.`);
  const action = actionIn(card, input.action);
  if (action.type !== type) throw new ImpossibleGesture(`That is no ${type} but ${asText(action.type)}.`);
  return { scene, message, index, action, ...fill(desk, scene, card, action, input) };
}

/** What a press sends, and what the client would rather have filled in first. */
export function fill(
  desk: Desk,
  { user }: Scene,
  card: Json,
  action: Json,
  { values = {}, force }: Pick<CardInput, 'values' | 'force'>,
): { data: Json; wrong: Record<string, string> } {
  if (action.associatedInputs === 'none') return { data: { ...asJson(action.data) }, wrong: {} };
  const collected = collect(card, values);
  const offered = desk.offered.get(user.aadObjectId) ?? [];
  const wrong = force ? {} : complaints(card, collected, offered);
  return { data: { ...asJson(action.data), ...collected }, wrong };
}

export function complain(wrong: Record<string, string>): Outcome | undefined {
  if (Object.keys(wrong).length === 0) return undefined;
  return { ...unsent([], Object.values(wrong).join(' ')), errors: wrong };
}

/** Presses a button of type `Action.Execute`: the answer replaces the card for this person. */
export async function execute(desk: Desk, input: CardInput): Promise<Outcome> {
  const pressed = press(desk, input, 'Action.Execute');
  const refused = complain(pressed.wrong);
  if (refused) return refused;
  const { id, verb, title } = pressed.action;
  const action = { type: 'Action.Execute', id, verb, title, data: pressed.data };
  return ask(desk, pressed, { action, trigger: 'manual' });
}

export interface RefreshInput {
  user: string;
  tenant?: string;
  message: string;
  card?: number;
  /** As the client does by itself when the card comes into sight; otherwise the person asked for it. */
  isAutomatic?: boolean;
}

/** Asks for this person's own version of a card. */
export async function refresh(desk: Desk, input: RefreshInput): Promise<Outcome> {
  const person = personOf(desk, input.user, input.tenant);
  const message = messageOf(desk, person, input.message);
  const scene = sceneOf(desk, input.user, input.tenant, message.conversation);
  const index = input.card ?? 0;
  const card = asJson(cardsFor(message, person)[index]);
  const action = asJson(card.refresh).action;
  if (!action) throw new ImpossibleGesture('The card cannot be refreshed.');
  if (input.isAutomatic) {
    if (!refreshesFor(card, person.user, scene.place.members.length)) return unsent([]);
    message.refreshed.add(person.user.aadObjectId);
  }
  const trigger = input.isAutomatic ? 'automatic' : 'manual';
  return ask(desk, { scene, message, index }, { action: asJson(action), trigger });
}

async function ask(
  desk: Desk,
  { scene, message, index }: Pick<Pressed, 'scene' | 'message' | 'index'>,
  value: { action: Json; trigger: 'manual' | 'automatic' },
): Promise<Outcome> {
  const seen = watch(desk.world, scene);
  const sent = await invoke(desk, scene, {
    name: 'adaptiveCard/action',
    value,
    replyToId: message.id,
    thread: message.replyTo ?? message.id,
  });
  const { kind, ...read } = readCardAnswer(sent.answer);
  if ('card' in read) {
    const { user, tenant } = scene;
    const cards = [...cardsFor(message, scene)];
    cards[index] = read.card;
    message.views.set(user.aadObjectId, cards);
    // What was just fetched for this person needs no fetching again.
    message.refreshed.add(user.aadObjectId);
    desk.world.changed({ kind: 'updated', tenant: tenant.id, user: user.aadObjectId, message });
    return outcomeOf(sent, seen.stop());
  }
  return outcomeOf(sent, seen.stop(), read);
}

/** Presses a button of type `Action.Submit`: a message with a value, or the request for a dialog. */
export async function submit(desk: Desk, input: CardInput): Promise<Outcome> {
  const pressed = press(desk, input, 'Action.Submit');
  const refused = complain(pressed.wrong);
  if (refused) return refused;
  const { scene, message, data } = pressed;
  const { msteams, ...own } = data;
  const special = asJson(msteams);
  const seen = watch(desk.world, scene);
  switch (special.type) {
    case undefined: {
      const sent = await postBack(desk, scene, { value: data, source: message });
      return outcomeOf(sent, seen.stop());
    }
    case 'task/fetch':
      return fetchDialog(desk, pressed);
    case 'messageBack': {
      const shown = asText(special.displayText);
      if (shown) postAs(desk, scene, { text: shown, cards: [] }, threadIn(scene, message));
      const said = { value: special.value ?? own, text: asText(special.text), source: message };
      return outcomeOf(await postBack(desk, scene, said), seen.stop());
    }
    case 'imBack': {
      const text = asText(special.value);
      postAs(desk, scene, { text, cards: [] }, threadIn(scene, message));
      return outcomeOf(await postBack(desk, scene, { text, source: message }), seen.stop());
    }
    default:
      seen.stop();
      throw new ImpossibleGesture(`Teams knows no "${String(special.type)}" for a button.`);
  }
}

function threadIn({ place }: Scene, message: StoredMessage): string | undefined {
  return place.kind === 'channel' ? (message.replyTo ?? message.id) : undefined;
}

async function fetchDialog(desk: Desk, { scene, message, data }: Pressed): Promise<Outcome> {
  const seen = watch(desk.world, scene);
  const sent: Sent = await invoke(desk, scene, {
    name: 'task/fetch',
    value: { data, context: { theme: 'default' } },
    replyToId: message.id,
    thread: message.replyTo ?? message.id,
  });
  const read = readTaskAnswer(sent.answer);
  switch (read.kind) {
    case 'dialog': {
      const dialog = openDialog(desk, scene, { ...read.dialog, message: message.id });
      return outcomeOf(sent, seen.stop(), { dialog });
    }
    case 'toast':
      return outcomeOf(sent, seen.stop(), { toast: read.toast });
    case 'close':
      return outcomeOf(sent, seen.stop(), { error: `${useless} (no dialog came)` });
    case 'error':
      return outcomeOf(sent, seen.stop(), { error: read.error });
  }
}
