import { type Context, Hono } from 'hono';
import { cutConnection } from '../cut-connection.ts';
import { asJson, asText, isJson, type Json, parseJson } from '../json.ts';
import { type ApiCall, ApiError, type ApiMethod } from './api-call.ts';
import { chatMethods } from './api-chat.ts';
import { conversationMethods } from './api-conversations.ts';
import { fileMethods, putFile } from './api-files.ts';
import { otherMethods } from './api-other.ts';
import { userMethods } from './api-users.ts';
import { viewMethods } from './api-views.ts';
import type { Fault, FaultBox } from './faults.ts';
import { missingScope } from './scopes.ts';
import type { Tickets } from './tickets.ts';
import { placeOf, type World } from './world.ts';

/** One call the service made, for tests that count them. */
export interface RecordedCall {
  method: string;
  team: string | undefined;
  at: number;
  ok: boolean;
  error?: string;
}

export interface WebApiParts {
  world: World;
  tickets: Tickets;
  faults: FaultBox;
  base: () => string;
  calls: RecordedCall[];
  pause(ms: number): Promise<void>;
}

/** `POST /api/:method`: form-encoded or JSON, bearer token checked, only documented error codes. */
export function webApiRoutes(parts: WebApiParts): Hono {
  const methods: Record<string, ApiMethod> = {
    ...chatMethods,
    ...conversationMethods,
    ...userMethods,
    ...viewMethods,
    ...otherMethods,
    ...fileMethods(parts.base),
  };
  const app = new Hono();
  app.on(['GET', 'POST'], '/api/:method', (c) => answer(c, parts, methods));
  app.post('/upload/:id', async (c) => {
    const form = c.req.header('content-type')?.startsWith('multipart/form-data')
      ? await c.req.parseBody()
      : undefined;
    const file = form ? Object.values(form).find((part) => part instanceof File) : undefined;
    const bytes = new Uint8Array(await (file ? file.arrayBuffer() : c.req.arrayBuffer()));
    return putFile(parts.world, c.req.param('id'), bytes)
      ? c.text(`OK - ${bytes.length}`)
      : c.text('not found', 404);
  });
  return app;
}

async function answer(c: Context, parts: WebApiParts, methods: Record<string, ApiMethod>): Promise<Response> {
  const method = c.req.param('method') ?? '';
  const args = await readArgs(c);
  const token = c.req.header('authorization')?.replace(/^Bearer\s*/i, '') ?? asText(args.token);
  const workspace = parts.world.workspaces.find((entry) => entry.botToken === token);
  const place = workspace ? placeOf(parts.world, workspace.id, asText(args.channel)) : undefined;
  const channel = place?.id ?? (asText(args.channel) || undefined);
  const fault = parts.faults.pick({ method, channel, team: workspace?.id });
  const refused = await strikeBefore(fault, parts);
  if (refused) {
    record(parts, method, workspace?.id, refused.error);
    return refused.response;
  }
  const body = run(() => {
    if (method === 'api.test')
      return args.error ? { ok: false, error: asText(args.error), args } : { ok: true, args };
    if (!token) throw new ApiError('not_authed');
    if (!workspace) throw new ApiError('invalid_auth');
    if (parts.world.revoked.has(token) || fault?.kind === 'revoked_token')
      throw new ApiError('token_revoked');
    const known = Object.hasOwn(methods, method) ? methods[method] : undefined;
    if (!known) throw new ApiError('unknown_method', { req_method: method });
    const call: ApiCall = { ...parts, workspace, args };
    const scope = missingScope(call, method);
    if (scope) throw new ApiError('missing_scope', { needed: scope, provided: workspace.scopes?.join(',') });
    if (fault?.kind === 'archived_channel') throw new ApiError('is_archived');
    return known(call);
  });
  record(parts, method, workspace?.id, asText(body.error));
  if (fault?.kind === 'lost_answer') return lostAnswer(c, fault);
  if (body.error === 'ratelimited') return rateLimited(Number(body.retry_after));
  return c.json(body);
}

async function strikeBefore(
  fault: Fault | undefined,
  parts: WebApiParts,
): Promise<{ response: Response; error: string } | undefined> {
  if (fault?.kind === '429') return { response: rateLimited(fault.retryAfter ?? 1), error: 'ratelimited' };
  if (fault?.kind === '500') return { response: brokenAnswer(), error: 'http_500' };
  if (fault?.kind === 'slow') await parts.pause(fault.delayMs ?? 1_500);
  if (fault?.kind === 'timeout') {
    await parts.pause(fault.delayMs ?? 60_000);
    return { response: brokenAnswer(), error: 'timeout' };
  }
  return undefined;
}

function rateLimited(retryAfter: number): Response {
  return Response.json(
    { ok: false, error: 'ratelimited' },
    { status: 429, headers: { 'retry-after': String(retryAfter) } },
  );
}

function brokenAnswer(): Response {
  return new Response('Internal Server Error', { status: 500 });
}

/** The work is done; only the answer gets lost. */
function lostAnswer(c: Context, fault: Fault): Response {
  if (fault.lostAs !== 'abort') return brokenAnswer();
  return cutConnection(c);
}

function run(work: () => Json): Json {
  try {
    return work();
  } catch (error) {
    if (error instanceof ApiError) return { ok: false, error: error.code, ...error.extra };
    throw error;
  }
}

function record(parts: WebApiParts, method: string, team: string | undefined, error: string): void {
  parts.calls.push({ method, team, at: parts.world.now(), ok: error === '', ...(error ? { error } : {}) });
  if (parts.calls.length > 50_000) parts.calls.splice(0, 10_000);
}

async function readArgs(c: Context): Promise<Json> {
  const query = Object.fromEntries(new URL(c.req.url).searchParams);
  if (c.req.method === 'GET') return query;
  const type = c.req.header('content-type') ?? '';
  if (type.startsWith('application/json')) return { ...query, ...asJson(parseJson(await c.req.text())) };
  if (type.startsWith('multipart/form-data')) {
    const form: unknown = await c.req.parseBody();
    return isJson(form) ? { ...query, ...form } : query;
  }
  return { ...query, ...Object.fromEntries(new URLSearchParams(await c.req.text())) };
}
