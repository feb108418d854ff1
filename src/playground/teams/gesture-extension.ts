import { randomUUID } from 'node:crypto';
import { ImpossibleGesture } from '../impossible-gesture.ts';
import { asJson, asList, asText, isJson, type Json } from '../json.ts';
import { openDialog, readTaskAnswer } from './apply-task.ts';
import { ConnectorError } from './connector-error.ts';
import type { Answer } from './delivery.ts';
import { type Desk, invoke, messageOf, personOf, type Scene, type Sent, sceneOf } from './desk.ts';
import { postAs, requireWritable } from './gesture-say.ts';
import { messagePayload } from './message-payload.ts';
import type { Outcome, TeamsResult } from './outcome.ts';
import { previewOf, readAttachments } from './read-activity.ts';
import { failureOf, outcomeOf, useless, watch } from './watch.ts';
import type { StoredMessage } from './world.ts';

/** Most results that the client asks for at once. */
const count = 25;

export type ExtensionAnswer =
  | { kind: 'result'; attachments: Json[] }
  | { kind: 'message'; text: string }
  | { kind: 'error'; error: string }
  /** Nothing of a message extension; perhaps a task. */
  | { kind: 'other' };

/** What an answer to `composeExtension/…` makes the client do. */
export function readExtension(answer: Answer): ExtensionAnswer {
  const failed = failureOf(answer);
  if (failed) return { kind: 'error', error: failed };
  const { composeExtension } = asJson(answer.body);
  if (composeExtension === undefined) return { kind: 'other' };
  const { type, text, attachmentLayout, attachments } = asJson(composeExtension);
  const problem = (what: string): ExtensionAnswer => ({ kind: 'error', error: `${useless} (${what})` });
  if (type === 'message' && typeof text === 'string' && text) return { kind: 'message', text };
  if (type !== 'result') return problem(`an answer of type ${JSON.stringify(type)}`);
  if (attachmentLayout !== 'list' && attachmentLayout !== 'grid') return problem('no attachmentLayout');
  if (!Array.isArray(attachments)) return problem('no list of attachments');
  const list = asList(attachments);
  if (list.length > count) return problem(`more than ${count} results`);
  const wrong = list.map(attachmentProblem).find((one) => one !== undefined);
  return wrong ? problem(wrong) : { kind: 'result', attachments: list };
}

function attachmentProblem(attachment: Json): string | undefined {
  try {
    readAttachments([attachment]);
  } catch (error) {
    if (error instanceof ConnectorError) return error.message;
    throw error;
  }
  const isAdaptive = asText(attachment.contentType).endsWith('.adaptive');
  const title = asText(asJson(asJson(attachment.preview).content).title);
  // A list shows previews: an Adaptive Card without one is a line without words.
  return isAdaptive && !title ? 'an Adaptive Card without a preview' : undefined;
}

function resultOf(attachment: Json, index: number): TeamsResult {
  const shown = asJson(attachment.preview).content ?? attachment.content;
  return { index, ...previewOf(asJson(shown)) };
}

export interface ExtensionQueryInput {
  user: string;
  tenant?: string;
  /** Where the person is writing. */
  conversation?: string;
  commandId: string;
  /** Name of the command's parameter, as in the manifest. */
  parameter?: string;
  /** Without one, the list that is shown before anything is typed. */
  text?: string;
}

/** Searches with a message extension. */
export async function queryExtension(desk: Desk, input: ExtensionQueryInput): Promise<Outcome> {
  const scene = sceneOf(desk, input.user, input.tenant, input.conversation);
  const seen = watch(desk.world, scene);
  const parameter =
    input.text === undefined
      ? { name: 'initialRun', value: 'true' }
      : { name: input.parameter ?? 'query', value: input.text };
  const sent = await invoke(desk, scene, {
    name: 'composeExtension/query',
    value: {
      commandId: input.commandId,
      parameters: [parameter],
      queryOptions: { skip: 0, count },
    },
  });
  return applyResults(desk, scene, sent, seen.stop());
}

function applyResults(desk: Desk, { user }: Scene, sent: Sent, shown: Outcome['shown']): Outcome {
  const read = readExtension(sent.answer);
  if (read.kind === 'error') return outcomeOf(sent, shown, { error: read.error });
  if (read.kind === 'message') return outcomeOf(sent, shown, { toast: read.text, results: [] });
  if (read.kind === 'other') return outcomeOf(sent, shown, { error: `${useless} (no results)` });
  desk.found.set(user.aadObjectId, read.attachments);
  return outcomeOf(sent, shown, { results: read.attachments.map(resultOf) });
}

export interface ExtensionSelectInput {
  user: string;
  tenant?: string;
  conversation?: string;
  /** Place in the results of this person's last search. */
  index: number;
}

/** Picks a result and sends it: the app is asked once more if the result's preview wants it so. */
export async function selectResult(desk: Desk, input: ExtensionSelectInput): Promise<Outcome> {
  const scene = sceneOf(desk, input.user, input.tenant, input.conversation);
  requireWritable(scene);
  const attachment = desk.found.get(scene.user.aadObjectId)?.[input.index];
  if (!attachment) throw new ImpossibleGesture(`There is no result ${input.index}.`);
  const seen = watch(desk.world, scene);
  const tap = asJson(asJson(asJson(attachment.preview).content).tap);
  if (tap.type !== 'invoke') {
    const message = placeResult(desk, scene, attachment).id;
    return { ok: true, status: 0, body: undefined, ms: 0, message, shown: seen.stop() };
  }
  const value = asJson(tap.value);
  const sent = await invoke(desk, scene, { name: 'composeExtension/selectItem', value });
  const read = readExtension(sent.answer);
  const [first, ...rest] = read.kind === 'result' ? read.attachments : [];
  if (!first || rest.length > 0) {
    const error = read.kind === 'error' ? read.error : `${useless} (not exactly one card)`;
    return outcomeOf(sent, seen.stop(), { error });
  }
  return outcomeOf(sent, seen.stop(), { message: placeResult(desk, scene, first).id });
}

/** Sends what an extension brought, in the person's name. */
export function placeResult(desk: Desk, scene: Scene, attachment: Json, text?: string): StoredMessage {
  const { cards, preview } = readAttachments([attachment]);
  const { content } = asJson(attachment.preview);
  const shown = isJson(content) ? previewOf(content) : preview;
  return postAs(desk, scene, {
    cards,
    isViaApp: true,
    ...(text === undefined ? {} : { text }),
    ...(shown ? { preview: shown } : {}),
  });
}

export interface ExtensionFetchInput {
  user: string;
  tenant?: string;
  conversation?: string;
  commandId: string;
  /** For a message action: the message it is used on. */
  message?: string;
}

/** Starts an action of a message extension, from the composer or on a message. */
export async function fetchExtension(desk: Desk, input: ExtensionFetchInput): Promise<Outcome> {
  const person = personOf(desk, input.user, input.tenant);
  const message = input.message ? messageOf(desk, person, input.message) : undefined;
  const scene = sceneOf(desk, input.user, input.tenant, message?.conversation ?? input.conversation);
  const payload = {
    commandId: input.commandId,
    commandContext: message ? 'message' : 'compose',
    requestId: randomUUID().replaceAll('-', ''),
    ...(message ? { messagePayload: messagePayload(scene.tenant, message, desk.botId) } : {}),
  };
  const seen = watch(desk.world, scene);
  const sent = await invoke(desk, scene, {
    name: 'composeExtension/fetchTask',
    value: { ...payload, context: { theme: 'default' } },
    ...(message ? { thread: message.replyTo ?? message.id } : {}),
  });
  const read = readTaskAnswer(sent.answer);
  if (read.kind === 'toast') return outcomeOf(sent, seen.stop(), { toast: read.toast });
  if (read.kind !== 'dialog') {
    const error = read.kind === 'error' ? read.error : `${useless} (no dialog came)`;
    return outcomeOf(sent, seen.stop(), { error });
  }
  const dialog = openDialog(desk, scene, {
    ...read.dialog,
    commandId: input.commandId,
    payload,
    ...(message ? { message: message.id } : {}),
  });
  return outcomeOf(sent, seen.stop(), { dialog });
}

export interface LinkInput {
  user: string;
  tenant?: string;
  conversation?: string;
  url: string;
}

/** Pastes a link and sends it, with whatever the app shows for it. */
export async function pasteLink(desk: Desk, input: LinkInput): Promise<Outcome> {
  const scene = sceneOf(desk, input.user, input.tenant, input.conversation);
  requireWritable(scene);
  const seen = watch(desk.world, scene);
  const sent = await invoke(desk, scene, {
    name: 'composeExtension/queryLink',
    value: { url: input.url },
  });
  const read = readExtension(sent.answer);
  const [first] = read.kind === 'result' ? read.attachments : [];
  if (first) {
    const message = placeResult(desk, scene, first, input.url).id;
    return outcomeOf(sent, seen.stop(), { message, results: [resultOf(first, 0)] });
  }
  const message = postAs(desk, scene, { text: input.url, cards: [] }).id;
  const error = read.kind === 'error' ? { error: read.error } : {};
  return outcomeOf(sent, seen.stop(), { message, results: [], ...error });
}
