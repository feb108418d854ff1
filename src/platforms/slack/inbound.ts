import {
  type CommandPayload,
  commandSchema,
  type EventPayload,
  eventSchema,
  type InteractivePayload,
  interactiveSchema,
  interactiveTypes,
} from './payloads.ts';

export type Routed =
  | { kind: 'command'; payload: CommandPayload }
  | { kind: 'interactive'; payload: InteractivePayload }
  | { kind: 'event'; payload: EventPayload };

/** What a signed body is. `raw` is what Slack sent, for the SDK. */
export type Inbound =
  | (Routed & { raw: Record<string, unknown> })
  | { kind: 'ssl-check' }
  | { kind: 'challenge'; challenge: string }
  /** Well-formed, but nothing we know. */
  | { kind: 'unknown' }
  | { kind: 'malformed' };

const malformed: Inbound = { kind: 'malformed' };

export function readInbound(contentType: string | undefined, body: Uint8Array): Inbound {
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase();
  const text = decodeUtf8(body);
  if (text === undefined) return malformed;
  if (type === 'application/json') return readJson(text);
  if (type !== 'application/x-www-form-urlencoded') return malformed;
  const form = Object.fromEntries(new URLSearchParams(text));
  if (form.ssl_check === '1') return { kind: 'ssl-check' };
  if (form.payload !== undefined) return readInteractive(form.payload);
  if (form.command === undefined) return Object.keys(form).length === 0 ? malformed : { kind: 'unknown' };
  const read = commandSchema.safeParse(form);
  return read.success ? { kind: 'command', payload: read.data, raw: form } : malformed;
}

function readInteractive(text: string): Inbound {
  const raw = parseObject(text);
  if (!raw || typeof raw.type !== 'string') return malformed;
  if (!interactiveTypes.includes(raw.type)) return { kind: 'unknown' };
  const read = interactiveSchema.safeParse(raw);
  return read.success ? { kind: 'interactive', payload: read.data, raw } : malformed;
}

function readJson(text: string): Inbound {
  const raw = parseObject(text);
  if (!raw || typeof raw.type !== 'string') return malformed;
  if (raw.type === 'url_verification') {
    return typeof raw.challenge === 'string' ? { kind: 'challenge', challenge: raw.challenge } : malformed;
  }
  if (raw.type !== 'event_callback') return { kind: 'unknown' };
  const read = eventSchema.safeParse(raw);
  return read.success ? { kind: 'event', payload: read.data, raw } : malformed;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && !Array.isArray(json)
      ? (json as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Where a request came from and who made it, as Slack names them. */
export interface Origin {
  /** Workspace, or enterprise for an org-wide installation: the key the token is kept under. */
  installation: string;
  userId: string | undefined;
  /** The person's own workspace, where Slack says it is another one and no enterprise explains it. */
  foreignTeam: boolean;
}

/**
 * The installation a request belongs to. In connected channels the person's workspace is not ours: events name
 * ours in `authorizations`, dialogs in `app_installed_team_id`.
 */
export function originOf(routed: Routed): Origin | undefined {
  switch (routed.kind) {
    case 'command': {
      const { payload } = routed;
      const orgWide = payload.is_enterprise_install === 'true' ? payload.enterprise_id : undefined;
      return { installation: orgWide ?? payload.team_id, userId: payload.user_id, foreignTeam: false };
    }
    case 'interactive': {
      const { payload } = routed;
      const { user, enterprise, team } = payload;
      const installedIn = 'view' in payload ? payload.view?.app_installed_team_id : undefined;
      const orgWide = payload.is_enterprise_install ? enterprise?.id : undefined;
      const installation = orgWide ?? installedIn ?? team?.id ?? user.team_id;
      if (!installation) return undefined;
      const foreignTeam = !enterprise && user.team_id !== undefined && user.team_id !== installation;
      return { installation, userId: user.id, foreignTeam };
    }
    case 'event': {
      const { payload } = routed;
      const [first] = payload.authorizations ?? [];
      const orgWide = first?.is_enterprise_install ? (first.enterprise_id ?? undefined) : undefined;
      const installation = orgWide ?? first?.team_id ?? payload.context_team_id ?? payload.team_id;
      if (!installation) return undefined;
      const { user, user_team: userTeam } = payload.event;
      const foreignTeam =
        !payload.enterprise_id &&
        !first?.enterprise_id &&
        typeof userTeam === 'string' &&
        userTeam !== installation;
      return { installation, userId: typeof user === 'string' ? user : undefined, foreignTeam };
    }
    default:
      return routed satisfies never;
  }
}

/** What makes a delivery the same delivery; `undefined`: repeating it does no harm. */
export function deliveryKey(routed: Routed): string | undefined {
  if (routed.kind === 'command') return `slack:command:${routed.payload.trigger_id}`;
  if (routed.kind === 'event') return `slack:event:${routed.payload.event_id}`;
  const { payload } = routed;
  switch (payload.type) {
    case 'block_actions': {
      const at = payload.actions[0]?.action_ts ?? '';
      return `slack:press:${payload.trigger_id}:${at}`;
    }
    case 'view_submission':
      return `slack:view:${payload.view.id}:${payload.view.hash}`;
    case 'shortcut':
    case 'message_action':
      return `slack:shortcut:${payload.trigger_id}`;
    case 'view_closed':
    case 'block_suggestion':
      return undefined;
    default:
      return payload satisfies never;
  }
}
