import { randomBytes } from 'node:crypto';
import { asJson, compact, type Json } from '../json.ts';
import { type StandInMessage, type Unfurl, type World, workspaceOf } from './world.ts';

export interface Draft {
  team: string;
  channel: string;
  author: string;
  isBot: boolean;
  kind: StandInMessage['kind'];
  text: string;
  blocks?: Json[] | undefined;
  metadata?: Json | undefined;
  threadTs?: string | undefined;
  onlyFor?: string | undefined;
  files?: StandInMessage['files'] | undefined;
}

export function addMessage(world: World, draft: Draft): StandInMessage {
  const { blocks, metadata, threadTs, onlyFor, files, ...rest } = draft;
  const message: StandInMessage = {
    ...rest,
    ts: world.nextTs(),
    at: world.wallNow(),
    edits: 0,
    isDeleted: false,
    warnings: draft.isBot && blocks && !draft.text ? ['missing_text_in_message'] : [],
    ...(blocks ? { blocks: withBlockIds(blocks) } : {}),
    ...(metadata ? { metadata } : {}),
    ...(threadTs ? { threadTs } : {}),
    ...(onlyFor ? { onlyFor } : {}),
    ...(files ? { files } : {}),
  };
  world.messages.push(message);
  changed(world, 'posted', message);
  return message;
}

/** `undefined` keeps what was there, as `chat.update` does. */
export function changeMessage(
  world: World,
  message: StandInMessage,
  next: { text?: string | undefined; blocks?: Json[] | undefined; metadata?: Json | undefined },
): void {
  if (next.text !== undefined) message.text = next.text;
  if (next.blocks !== undefined) message.blocks = withBlockIds(next.blocks);
  if (next.metadata !== undefined) message.metadata = next.metadata;
  message.edits += 1;
  changed(world, 'updated', message);
}

/** A link once unfurled is changed, not unfurled again. It does not count as an edit of the message. */
export function unfurlMessage(world: World, message: StandInMessage, unfurls: readonly Unfurl[]): void {
  const urls = unfurls.map(({ url }) => url);
  const kept = (message.unfurls ?? []).filter(({ url }) => !urls.includes(url));
  message.unfurls = [...kept, ...unfurls.map(({ url, blocks }) => ({ url, blocks: withBlockIds(blocks) }))];
  changed(world, 'updated', message);
}

export function removeMessage(world: World, message: StandInMessage): void {
  message.isDeleted = true;
  changed(world, 'deleted', message);
}

function changed(world: World, kind: 'posted' | 'updated' | 'deleted', message: StandInMessage): void {
  const seen = message.onlyFor ? { user: message.onlyFor } : {};
  world.changed({ kind, team: message.team, message: structuredClone(message), ...seen });
}

/** Slack names every block that came without an id. */
export function withBlockIds(blocks: Json[]): Json[] {
  return blocks.map((block) => ({ block_id: randomBytes(3).toString('base64url'), ...block }));
}

/** The message as the Web API and payloads show it. */
export function wireMessage(world: World, message: StandInMessage, withMetadata = true): Json {
  const { appId, botUserId } = workspaceOf(world, message.team);
  const replies = world.messages.filter(
    (other) => other.threadTs === message.ts && other.channel === message.channel && !other.isDeleted,
  );
  return compact({
    type: 'message',
    subtype: undefined,
    user: message.author,
    ...(message.isBot ? { bot_id: botIdOf(botUserId), app_id: appId } : {}),
    text: message.text,
    ts: message.ts,
    team: message.team,
    blocks: message.blocks,
    metadata: withMetadata ? message.metadata : undefined,
    files: message.files?.map((file) => ({
      id: file.id,
      title: file.title,
      name: file.name,
      size: file.bytes,
    })),
    thread_ts: message.threadTs ?? (replies.length > 0 ? message.ts : undefined),
    reply_count: replies.length > 0 ? replies.length : undefined,
    edited: message.edits > 0 ? { user: message.author, ts: message.ts } : undefined,
  });
}

export function botIdOf(botUserId: string): string {
  return `B${botUserId.slice(1)}`;
}

/** Metadata as sent: an event type and a payload, or the error code Slack would answer. */
export function readMetadata(
  value: unknown,
): Json | undefined | 'invalid_metadata_format' | 'metadata_too_large' {
  if (value === undefined || value === '') return undefined;
  const metadata = asJson(value);
  if (Object.keys(metadata).length === 0) return {};
  if (typeof metadata.event_type !== 'string' || !/^[A-Za-z][A-Za-z0-9_-]*$/.test(metadata.event_type)) {
    return 'invalid_metadata_format';
  }
  if (typeof metadata.event_payload !== 'object' || metadata.event_payload === null)
    return 'invalid_metadata_format';
  return JSON.stringify(metadata).length > 16_000 ? 'metadata_too_large' : metadata;
}
