import { asList, asText, type Json } from '../json.ts';
import {
  type ApiCall,
  ApiError,
  type ApiMethod,
  conversation,
  hasBot,
  required,
  structured,
} from './api-call.ts';
import { unfurl } from './api-unfurl.ts';
import { limits } from './limits.ts';
import { addMessage, changeMessage, readMetadata, removeMessage, wireMessage } from './messages.ts';
import { checkBlocks, isOnlyTooLong, problemLine } from './validate.ts';
import { directOf, type Place, type StandInMessage } from './world.ts';

/** Text and blocks of a message about to be shown; refuses what Slack refuses. */
export function readContent(args: Json): { text: string; blocks: Json[] | undefined } {
  const raw = structured(args.blocks);
  const text = asText(args.text);
  if (raw !== undefined && raw !== '' && !Array.isArray(raw)) throw new ApiError('invalid_blocks_format');
  const blocks = Array.isArray(raw) ? asList(raw) : undefined;
  if (Array.isArray(raw) && blocks?.length !== raw.length) throw new ApiError('invalid_blocks_format');
  if (blocks) refuseBadBlocks(blocks);
  if (text.length > limits.messageText) throw new ApiError('msg_too_long');
  return { text, blocks };
}

function refuseBadBlocks(blocks: Json[]): void {
  const problems = checkBlocks(blocks, 'message', '/blocks');
  if (problems.length === 0) return;
  if (isOnlyTooLong(problems)) throw new ApiError('msg_blocks_too_long');
  const lines = problems.map(problemLine);
  throw new ApiError('invalid_blocks', {
    errors: lines,
    response_metadata: { messages: lines.map((line) => `[ERROR] ${line}`) },
  });
}

/** A channel the bot may write to. A person's id stands for the direct conversation with them. */
function writable(call: ApiCall): Place {
  const { world, workspace, args } = call;
  const wanted = required(args, 'channel');
  const person = workspace.users.find((user) => user.id === wanted);
  if (person) {
    if (person.deleted || person.isBot) throw new ApiError('channel_not_found');
    const direct = directOf(world, workspace.id, person.id);
    return { kind: 'direct', id: direct.id, name: 'directmessage', user: person.id };
  }
  const place = conversation(call);
  if (place.kind === 'channel' && place.channel.isArchived) throw new ApiError('is_archived');
  if (!hasBot(place)) throw new ApiError('not_in_channel');
  return place;
}

function content(args: Json) {
  const { text, blocks } = readContent(args);
  if (!text && (blocks?.length ?? 0) === 0) throw new ApiError('no_text');
  const metadata = readMetadata(structured(args.metadata));
  if (typeof metadata === 'string') throw new ApiError(metadata);
  return { text, blocks, metadata };
}

const postMessage: ApiMethod = (call) => {
  const { world, workspace, args } = call;
  const place = writable(call);
  const parts = content(args);
  const threadTs = asText(args.thread_ts) || undefined;
  if (threadTs && !findMessage(call, place, threadTs)) throw new ApiError('thread_not_found');
  const wait = call.faults.takePost(place.id, world.now());
  if (wait > 0) throw new ApiError('ratelimited', { retry_after: wait });
  const message = addMessage(world, {
    team: workspace.id,
    channel: place.id,
    author: workspace.botUserId,
    isBot: true,
    kind: 'message',
    ...parts,
    threadTs,
  });
  return answer(call, message);
};

const postEphemeral: ApiMethod = (call) => {
  const { world, workspace, args } = call;
  const place = writable(call);
  const user = required(args, 'user');
  const isHere = place.kind === 'direct' ? place.user === user : place.channel.members.includes(user);
  if (!isHere) throw new ApiError('user_not_in_channel');
  const { text, blocks } = content(args);
  const message = addMessage(world, {
    team: workspace.id,
    channel: place.id,
    author: workspace.botUserId,
    isBot: true,
    kind: 'ephemeral',
    text,
    blocks,
    onlyFor: user,
    threadTs: asText(args.thread_ts) || undefined,
  });
  return { ok: true, message_ts: message.ts };
};

const update: ApiMethod = (call) => {
  const place = writable(call);
  const message = own(call, place, 'cant_update_message');
  const { text, blocks } = readContent(call.args);
  const hasText = call.args.text !== undefined;
  if (!hasText && blocks === undefined) throw new ApiError('no_text');
  const metadata = readMetadata(structured(call.args.metadata));
  if (typeof metadata === 'string') throw new ApiError(metadata);
  changeMessage(call.world, message, { text: hasText ? text : undefined, blocks, metadata });
  return { ...answer(call, message), text: message.text };
};

const remove: ApiMethod = (call) => {
  const place = conversation(call);
  const message = own(call, place, 'cant_delete_message');
  removeMessage(call.world, message);
  return { ok: true, channel: place.id, ts: message.ts };
};

const getPermalink: ApiMethod = (call) => {
  const place = conversation(call);
  const ts = required(call.args, 'message_ts');
  if (!findMessage(call, place, ts)) throw new ApiError('message_not_found');
  const permalink = `https://${call.workspace.domain}.slack.com/archives/${place.id}/p${ts.replace('.', '')}`;
  return { ok: true, channel: place.id, permalink };
};

/** A message of the bot's own; ephemeral ones can't be found this way, just as on the platform. */
function own(call: ApiCall, place: Place, refusal: string): StandInMessage {
  const message = findMessage(call, place, required(call.args, 'ts'));
  if (!message) throw new ApiError('message_not_found');
  if (message.author !== call.workspace.botUserId) throw new ApiError(refusal);
  return message;
}

function findMessage(call: ApiCall, place: Place, ts: string): StandInMessage | undefined {
  return call.world.messages.find(
    (message) =>
      message.team === call.workspace.id &&
      message.channel === place.id &&
      message.ts === ts &&
      message.kind === 'message' &&
      !message.isDeleted,
  );
}

function answer(call: ApiCall, message: StandInMessage): Json {
  const warnings = message.warnings.length > 0 ? { response_metadata: { warnings: message.warnings } } : {};
  return {
    ok: true,
    channel: message.channel,
    ts: message.ts,
    message: wireMessage(call.world, message),
    ...warnings,
  };
}

export const chatMethods: Record<string, ApiMethod> = {
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': update,
  'chat.delete': remove,
  'chat.getPermalink': getPermalink,
  'chat.unfurl': unfurl,
};
