import { asText, type Json, parseJson } from '../json.ts';
import type { FaultBox } from './faults.ts';
import type { Tickets } from './tickets.ts';
import type { Workspace } from './workspace.ts';
import { type Place, placeOf, type World } from './world.ts';

/** What a Web API method gets to work with. */
export interface ApiCall {
  world: World;
  tickets: Tickets;
  faults: FaultBox;
  workspace: Workspace;
  args: Json;
}

export type ApiMethod = (call: ApiCall) => Json;

/** Becomes `{ ok: false, error, … }`. Only documented codes. */
export class ApiError extends Error {
  readonly code: string;
  readonly extra: Json;
  constructor(code: string, extra: Json = {}) {
    super(code);
    this.code = code;
    this.extra = extra;
  }
}

/** Structured arguments come as objects in JSON and as strings in forms. */
export function structured(value: unknown): unknown {
  return typeof value === 'string' && value !== '' ? parseJson(value) : value;
}

export function isTrue(value: unknown): boolean {
  return value === true || value === 'true' || value === '1';
}

export function required(args: Json, name: string): string {
  const value = asText(args[name]);
  if (!value) {
    throw new ApiError('invalid_arguments', {
      response_metadata: { messages: [`[ERROR] missing required field: ${name}`] },
    });
  }
  return value;
}

/** The conversation that `channel` names, as the bot may see it. */
export function conversation({ world, workspace, args }: ApiCall, name = 'channel'): Place {
  const place = placeOf(world, workspace.id, required(args, name));
  if (!place || (place.kind === 'channel' && place.channel.isPrivate && !hasBot(place))) {
    throw new ApiError('channel_not_found');
  }
  return place;
}

export function hasBot(place: Place): boolean {
  return place.kind === 'direct' || place.channel.hasBot !== false;
}

export function cutPage<T>(items: readonly T[], args: Json, fallback: number): { page: T[]; cursor: string } {
  const limit = Math.max(1, Math.min(1000, Number(args.limit ?? fallback) || fallback));
  const raw = asText(args.cursor);
  const start = raw ? Number.parseInt(Buffer.from(raw, 'base64').toString().replace('next:', ''), 10) : 0;
  if (Number.isNaN(start)) throw new ApiError('invalid_cursor');
  const page = items.slice(start, start + limit);
  const end = start + limit;
  return { page, cursor: end < items.length ? Buffer.from(`next:${end}`).toString('base64') : '' };
}
