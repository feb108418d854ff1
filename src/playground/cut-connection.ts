import { ServerResponse } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';

/** Ends the connection in place of an answer; without a socket, with a body that breaks. */
export function cutConnection(c: Context): Response {
  const outgoing: unknown = c.env?.outgoing;
  if (outgoing instanceof ServerResponse) {
    outgoing.destroy();
    return RESPONSE_ALREADY_SENT;
  }
  const broken = new ReadableStream({
    start: (controller) => controller.error(new Error('connection reset')),
  });
  return new Response(broken, { headers: { 'content-type': 'application/json' } });
}
