import { Hono } from 'hono';
import { asJson, asText, type Json, parseJson } from '../json.ts';
import { ApiError } from './api-call.ts';
import { readContent } from './api-chat.ts';
import { addMessage, changeMessage, readMetadata, removeMessage } from './messages.ts';
import type { ReplyRight, Tickets } from './tickets.ts';
import { type World, workspaceOf } from './world.ts';

/** Shows what the service answered to a command or sent to a response URL. Returns Slack's error code, if it has one. */
export function showReply(
  world: World,
  right: Omit<ReplyRight, 'at' | 'uses'>,
  body: Json,
): string | undefined {
  const original = world.messages.find(
    (message) => message.team === right.team && message.ts === right.originalTs && !message.isDeleted,
  );
  if (body.delete_original === true) {
    if (original) removeMessage(world, original);
    return undefined;
  }
  let parts: ReturnType<typeof readContent>;
  try {
    parts = readContent(body);
  } catch (error) {
    if (error instanceof ApiError) return error.code;
    throw error;
  }
  if (!parts.text && (parts.blocks?.length ?? 0) === 0) return 'no_text';
  const metadata = readMetadata(body.metadata);
  if (typeof metadata === 'string') return metadata;
  if (body.replace_original === true && original) {
    changeMessage(world, original, { text: parts.text, blocks: parts.blocks ?? [], metadata });
    return undefined;
  }
  const isPublic = body.response_type === 'in_channel';
  addMessage(world, {
    team: right.team,
    channel: right.channel,
    author: workspaceOf(world, right.team).botUserId,
    isBot: true,
    kind: isPublic ? 'message' : 'ephemeral',
    ...parts,
    metadata,
    threadTs: asText(body.thread_ts) || right.threadTs,
    onlyFor: isPublic ? undefined : right.user,
  });
  return undefined;
}

/** `POST /response/:id`: five messages within 30 minutes, then 404. */
export function responseRoutes(world: World, tickets: Tickets): Hono {
  const app = new Hono();
  app.post('/response/:id', async (c) => {
    const source = await c.req.text();
    const form = new URLSearchParams(source).get('payload');
    const body = asJson(parseJson(form ?? source));
    const right = tickets.takeReplyRight(c.req.param('id'));
    if (typeof right === 'string') return c.json({ ok: false, error: right }, 404);
    const error = showReply(world, right, body);
    return error ? c.json({ ok: false, error }, 400) : c.json({ ok: true });
  });
  return app;
}
