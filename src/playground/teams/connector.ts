import { type Context, Hono } from 'hono';
import { cutConnection } from '../cut-connection.ts';
import { asJson, asList, asText, isJson, type Json, parseJson } from '../json.ts';
import { badSyntax, ConnectorError, noConversation, unauthorized } from './connector-error.ts';
import type { Credentials } from './credentials.ts';
import { callFaults, type Fault, type FaultBox, type Operation } from './faults.ts';
import { findPlace, type Place, personalOf, splitThread } from './places.ts';
import { type Post, placeForBot, post, remove, TooManyPosts, update } from './posting.ts';
import type { TeamsUser } from './tenant.ts';
import { findUser, type World } from './world.ts';

/** One call the service made, for tests that count them. */
export interface RecordedCall {
  operation: Operation;
  /** With its thread, if the address names one. */
  conversation?: string;
  at: number;
  status: number;
  body?: Json;
}

export interface ConnectorParts {
  world: World;
  faults: FaultBox;
  credentials: Credentials;
  botId: string;
  calls: RecordedCall[];
  pause(ms: number): Promise<void>;
}

interface Call {
  parts: ConnectorParts;
  c: Context;
  body: Json;
  conversation: string;
}

type Reply = { status: 200 | 201; body?: Json | Json[] };
type Work = (call: Call) => Reply;

/** `/v3/…` under the service address: bearer token checked, only documented error codes. */
export function connectorRoutes(parts: ConnectorParts): Hono {
  const app = new Hono();
  const on = (method: string, path: string, operation: Operation, work: Work) =>
    app.on(method, path, (c) => answer(c, parts, operation, work));

  on('POST', '/v3/conversations', 'create', create);
  on('POST', '/v3/conversations/:conversation/activities', 'post', postActivity);
  on('POST', '/v3/conversations/:conversation/activities/:activity', 'post', postActivity);
  on('PUT', '/v3/conversations/:conversation/activities/:activity', 'update', (call) => {
    const id = param(call, 'activity');
    update(postOf(call), id);
    return { status: 200, body: { id } };
  });
  on('DELETE', '/v3/conversations/:conversation/activities/:activity', 'delete', (call) => {
    remove(postOf(call), param(call, 'activity'));
    return { status: 200 };
  });
  on('GET', '/v3/conversations/:conversation/members', 'members', (call) => ({
    status: 200,
    body: membersOf(placeForBot(parts.world, call.conversation)).map((user) => account(call, user)),
  }));
  on('GET', '/v3/conversations/:conversation/pagedmembers', 'members', pagedMembers);
  on('GET', '/v3/conversations/:conversation/members/:member', 'member', member);
  on('GET', '/v3/teams/:team/conversations', 'members', channelsOfTeam);
  return app;
}

async function answer(
  c: Context,
  parts: ConnectorParts,
  operation: Operation,
  work: Work,
): Promise<Response> {
  const conversation = c.req.param('conversation') ?? '';
  const place = findPlace(parts.world, conversation);
  const body = parseJson(await c.req.text());
  const fault = parts.faults.pick(callFaults, {
    operation,
    ...(conversation ? { conversation: splitThread(conversation).conversation } : {}),
    ...(place ? { tenant: place.tenant.id } : {}),
  });
  const refused = await strikeBefore(fault, parts);
  const response =
    refused ?? run(c, () => attempt({ c, parts, conversation, body: asJson(body) }, body, fault, work));
  parts.calls.push({
    operation,
    at: parts.world.now(),
    status: response.status,
    ...(conversation ? { conversation } : {}),
    ...(isJson(body) ? { body } : {}),
  });
  if (parts.calls.length > 50_000) parts.calls.splice(0, 10_000);
  return fault?.kind === 'lost_answer' ? cutConnection(c) : response;
}

function attempt(call: Call, body: unknown, fault: Fault | undefined, work: Work): Reply {
  const { c, parts } = call;
  if (fault?.kind === 'revoked' || !parts.credentials.accepts(c.req.header('authorization'))) {
    throw unauthorized();
  }
  if (fault?.kind === 'deleted') throw noConversation();
  if (fault?.kind === 'archived') {
    throw new ConnectorError(403, 'MessageWritesBlocked', 'The conversation is archived.');
  }
  if ((c.req.method === 'POST' || c.req.method === 'PUT') && !isJson(body)) {
    throw badSyntax('The body is no JSON object.');
  }
  return work(call);
}

function run(c: Context, work: () => Reply): Response {
  try {
    const { status, body } = work();
    return body === undefined ? c.body(null, status) : c.json(body, status);
  } catch (error) {
    if (error instanceof ConnectorError) return c.json(error.body(), error.status);
    if (error instanceof TooManyPosts) return rateLimited(error.seconds);
    throw error;
  }
}

async function strikeBefore(fault: Fault | undefined, parts: ConnectorParts): Promise<Response | undefined> {
  if (fault?.kind === '429') return rateLimited(fault.retryAfter ?? 1);
  if (fault?.kind === '500') return broken();
  if (fault?.kind === 'slow') await parts.pause(fault.delayMs ?? 1_500);
  if (fault?.kind === 'timeout') {
    await parts.pause(fault.delayMs ?? 60_000);
    return broken();
  }
  return undefined;
}

function rateLimited(seconds: number): Response {
  const error = { code: 'Throttled', message: 'Too many requests.' };
  return Response.json({ error }, { status: 429, headers: { 'retry-after': String(seconds) } });
}

function broken(): Response {
  const error = { code: 'ServiceError', message: 'An error has occurred.' };
  return Response.json({ error }, { status: 500 });
}

function param({ c }: Call, name: string): string {
  return c.req.param(name) ?? '';
}

function postOf({ parts, c, body, conversation }: Call): Post {
  const { world, faults, botId } = parts;
  const isTargeted = c.req.query('isTargetedActivity') === 'true';
  return { world, faults, botId, conversation, activity: body, isTargeted };
}

function postActivity(call: Call): Reply {
  const replyTo = param(call, 'activity') || asText(call.body.replyToId);
  const id = post({ ...postOf(call), ...(replyTo ? { replyTo } : {}) });
  return { status: 201, body: { id } };
}

/** Opens the conversation of one person with the bot; the same one each time. */
function create({ parts, body }: Call): Reply {
  const { world, faults, botId } = parts;
  const tenantId = asText(body.tenantId) || asText(asJson(asJson(body.channelData).tenant).id);
  const tenant = world.tenants.find((one) => one.id === tenantId);
  if (!tenant) throw badSyntax('The tenant is missing or unknown.');
  const members = asList(body.members);
  if (body.isGroup === true || members.length !== 1) {
    throw badSyntax('A bot opens conversations with one member only.');
  }
  const user = findUser(tenant, asText(members[0]?.id));
  if (!user) throw badSyntax('The member is not in the tenant.');
  if (user.hasApp === false) {
    throw new ConnectorError(403, 'ForbiddenOperationException', 'The app is not installed for this user.');
  }
  const place = personalOf(world, tenant, user);
  const reply = { id: place.id };
  if (!isJson(body.activity)) return { status: 201, body: reply };
  const activity = { world, faults, botId, conversation: place.id, activity: body.activity };
  return { status: 201, body: { ...reply, activityId: post({ ...activity, isTargeted: false }) } };
}

function membersOf({ tenant, members }: Place): TeamsUser[] {
  return tenant.users.filter((user) => members.includes(user.aadObjectId) && !user.isDeleted);
}

/** A person as the connector tells a bot that shares a conversation with them. */
function account({ parts, conversation }: Call, user: TeamsUser): Json {
  const [givenName = '', ...rest] = user.name.split(' ');
  return {
    id: user.id,
    name: user.name,
    aadObjectId: user.aadObjectId,
    objectId: user.aadObjectId,
    givenName,
    surname: rest.join(' '),
    email: user.email,
    userPrincipalName: user.userPrincipalName,
    tenantId: findPlace(parts.world, conversation)?.tenant.id,
    userRole: user.userRole,
  };
}

function member(call: Call): Reply {
  const place = placeForBot(call.parts.world, call.conversation);
  const id = param(call, 'member');
  const user = membersOf(place).find((one) => one.id === id || one.aadObjectId === id);
  if (!user) throw new ConnectorError(404, 'MemberNotFoundInConversation', 'The member was not found.');
  return { status: 200, body: account(call, user) };
}

/** The channel a team begins with goes by the team's id and has no name. */
function channelsOfTeam({ parts, c }: Call): Reply {
  const id = c.req.param('team');
  const team = parts.world.tenants.flatMap(({ teams }) => teams).find((one) => one.id === id);
  if (!team || team.hasApp === false) throw noConversation();
  const conversations = team.channels.map(({ id: channel, name, isShared }) => ({
    id: channel,
    ...(channel === team.id ? {} : { name }),
    type: isShared === true ? 'shared' : 'standard',
  }));
  return { status: 200, body: { conversations } };
}

function pagedMembers(call: Call): Reply {
  const users = membersOf(placeForBot(call.parts.world, call.conversation));
  const size = Math.min(500, Math.max(50, Number(call.c.req.query('pageSize')) || 200));
  const token = call.c.req.query('continuationToken');
  const start = token ? Number.parseInt(Buffer.from(token, 'base64').toString(), 10) : 0;
  if (Number.isNaN(start)) throw badSyntax('The continuation token is unknown.');
  const members = users.slice(start, start + size).map((user) => account(call, user));
  const next = start + size;
  const more = next < users.length ? { continuationToken: Buffer.from(String(next)).toString('base64') } : {};
  return { status: 200, body: { members, ...more } };
}
