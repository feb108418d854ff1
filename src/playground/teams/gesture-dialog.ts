import { ImpossibleGesture } from '../impossible-gesture.ts';
import { asJson, asText, type Json } from '../json.ts';
import { readCardAnswer } from './apply-card.ts';
import { changeDialog, closeDialog, readTaskAnswer } from './apply-task.ts';
import { type ActionChoice, actionIn, actionsOf } from './card-parts.ts';
import { type Desk, invoke, type Person, personOf, type Scene, type Sent, sceneOf } from './desk.ts';
import { complain, fill } from './gesture-card.ts';
import { placeResult, readExtension } from './gesture-extension.ts';
import type { Outcome } from './outcome.ts';
import { outcomeOf, unsent, watch } from './watch.ts';
import type { StoredDialog } from './world.ts';

export interface DialogInput {
  user: string;
  tenant?: string;
  /** The one in front unless said otherwise. */
  dialog?: string;
  /** Without one, the first button of the fitting type. */
  action?: ActionChoice;
  /** What has been entered, by input id. */
  values?: Json;
  /** Sends even what the client would complain about, as a tampered client could. */
  force?: boolean;
}

/** @throws ImpossibleGesture if nothing is open */
export function dialogOf(desk: Desk, { tenant, user }: Person, id?: string): StoredDialog {
  const found = desk.world.dialogs.findLast(
    (dialog) => dialog.tenant === tenant.id && dialog.user === user.aadObjectId && (!id || dialog.id === id),
  );
  if (!found) throw new ImpossibleGesture(`${user.name} has no such dialog open.`);
  return found;
}

interface Pressed {
  scene: Scene;
  dialog: StoredDialog;
  action: Json;
  data: Json;
  wrong: Record<string, string>;
}

function press(desk: Desk, input: DialogInput, type: string): Pressed {
  const person = personOf(desk, input.user, input.tenant);
  const dialog = dialogOf(desk, person, input.dialog);
  const scene = sceneOf(desk, input.user, input.tenant, dialog.conversation);
  const card = asJson(dialog.card);
  const first = actionsOf(card).find(({ node }) => node.type === type)?.at;
  const action = actionIn(card, input.action ?? first ?? type);
  if (action.type !== type) throw new ImpossibleGesture(`That is no ${type} but ${asText(action.type)}.`);
  return { scene, dialog, action, ...fill(desk, scene, card, action, input) };
}

/** Submits a dialog: of a card (`task/submit`) or of a message extension (`composeExtension/submitAction`). */
export async function submitDialog(desk: Desk, input: DialogInput): Promise<Outcome> {
  const pressed = press(desk, input, 'Action.Submit');
  const refused = complain(pressed.wrong);
  if (refused) return { ...refused, dialog: pressed.dialog.id };
  const { scene, dialog, data } = pressed;
  const seen = watch(desk.world, scene);
  if (dialog.commandId === undefined) {
    const value = { data, context: { theme: 'default' } };
    const sent = await invoke(desk, scene, { name: 'task/submit', value, ...threadOf(desk, dialog) });
    return applyTask(desk, dialog, sent, seen.stop);
  }
  const sent = await invoke(desk, scene, {
    name: 'composeExtension/submitAction',
    value: { ...asJson(dialog.payload), data, context: { theme: 'default' } },
    ...threadOf(desk, dialog),
  });
  const read = readExtension(sent.answer);
  if (read.kind === 'other') return applyTask(desk, dialog, sent, seen.stop);
  if (read.kind === 'error') {
    return outcomeOf(sent, seen.stop(), { error: read.error, dialog: dialog.id });
  }
  closeDialog(desk, dialog);
  if (read.kind === 'message') return outcomeOf(sent, seen.stop(), { toast: read.text });
  const [attachment] = read.attachments;
  const message = attachment ? placeResult(desk, scene, attachment).id : undefined;
  return outcomeOf(sent, seen.stop(), message ? { message } : {});
}

function threadOf(desk: Desk, { message }: StoredDialog): { thread?: string } {
  const origin = desk.world.messages.find((one) => one.id === message);
  return origin ? { thread: origin.replyTo ?? origin.id } : {};
}

function applyTask(desk: Desk, dialog: StoredDialog, sent: Sent, stop: () => Outcome['shown']): Outcome {
  const read = readTaskAnswer(sent.answer);
  switch (read.kind) {
    case 'dialog':
      changeDialog(desk, dialog, read.dialog);
      return outcomeOf(sent, stop(), { dialog: dialog.id });
    case 'toast':
      closeDialog(desk, dialog);
      return outcomeOf(sent, stop(), { toast: read.toast });
    case 'close':
      closeDialog(desk, dialog);
      return outcomeOf(sent, stop());
    case 'error':
      // What has been entered stays, so that nobody types it twice.
      return outcomeOf(sent, stop(), { error: read.error, dialog: dialog.id });
  }
}

/** Presses a button of type `Action.Execute` in a dialog: the answer replaces the dialog's card. */
export async function executeDialog(desk: Desk, input: DialogInput): Promise<Outcome> {
  const { scene, dialog, action, data, wrong } = press(desk, input, 'Action.Execute');
  const refused = complain(wrong);
  if (refused) return { ...refused, dialog: dialog.id };
  const seen = watch(desk.world, scene);
  const { id, verb, title } = action;
  const sent = await invoke(desk, scene, {
    name: 'adaptiveCard/action',
    value: { action: { type: 'Action.Execute', id, verb, title, data }, trigger: 'manual' },
    ...threadOf(desk, dialog),
  });
  const { kind, ...read } = readCardAnswer(sent.answer);
  if (!('card' in read)) return outcomeOf(sent, seen.stop(), { ...read, dialog: dialog.id });
  const { title: heading, width, height } = dialog;
  const sizes = { ...(width ? { width } : {}), ...(height ? { height } : {}) };
  changeDialog(desk, dialog, { title: heading, card: read.card, ...sizes });
  return outcomeOf(sent, seen.stop(), { dialog: dialog.id });
}

export interface DialogCloseInput {
  user: string;
  tenant?: string;
  dialog?: string;
}

/** Closes a dialog by its ✕; the app hears nothing of it. */
export function dismissDialog(desk: Desk, input: DialogCloseInput): Outcome {
  const person = personOf(desk, input.user, input.tenant);
  const dialog = dialogOf(desk, person, input.dialog);
  const seen = watch(desk.world, person);
  closeDialog(desk, dialog);
  return unsent(seen.stop());
}
