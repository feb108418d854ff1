import type { Locale } from '../../kernel/text.ts';
import type { SealedPress } from '../../view/press.ts';
import type { ScreenOutcome } from '../../view/screen.ts';
import type { Actions } from './actions.ts';

export interface SessionView {
  name: string;
  memberId: string;
  roles: string[];
  locale: Locale;
  timeZone: string;
  organization: { name: string; currency: string };
}

/** What a person does here; the server reads the same in chat. */
export type WebInteraction =
  | { kind: 'press'; press: SealedPress }
  | { kind: 'submit'; press: SealedPress; values: Record<string, unknown> }
  | { kind: 'lookup'; lookups: readonly string[]; query: string }
  | { kind: 'command'; line: string }
  | { kind: 'home' };

/** The service answered with a refusal; `message` is for the reader, in the reader's language. */
export class Refused extends Error {
  readonly code: string;
  readonly requestId: string;
  constructor(message: string, code: string, requestId: string) {
    super(message);
    this.code = code;
    this.requestId = requestId;
  }
}

/** No session, or it has ended. */
export class SignedOut extends Error {}

/** The service could not be reached. */
export class Unreachable extends Error {}

let token: (() => Promise<string>) | undefined;

/** In a host that signs people in, every request carries its token; elsewhere the session cookie goes along. */
export function authorizeWith(source: () => Promise<string>): void {
  token = source;
}

/** Asks a read action. Throws Refused, SignedOut or Unreachable. */
export async function call<N extends keyof Actions>(
  name: N,
  input: Actions[N]['input'],
): Promise<Actions[N]['output']> {
  const { output } = await send<{ output: Actions[N]['output'] }>('POST', `actions/${name}`, input);
  return output;
}

/** Does what a person did and answers what comes of it. Throws SignedOut or Unreachable. */
export async function interact(interaction: WebInteraction): Promise<ScreenOutcome> {
  return (await send<{ outcome: ScreenOutcome }>('POST', 'interactions', interaction)).outcome;
}

export function readSession(): Promise<SessionView> {
  return send<SessionView>('GET', 'session');
}

export async function signOut(): Promise<void> {
  await send('DELETE', 'session', {});
}

async function send<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  let response: Response;
  try {
    if (token) headers.authorization = `Bearer ${await token()}`;
    response = await fetch(`/api/v1/${path}`, {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (error) {
    throw new Unreachable('unreachable', { cause: error });
  }
  if (response.status === 401) throw new SignedOut('signed out');
  if (response.status === 204) return undefined as T;
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok && answer !== undefined) return answer as T;
  const { error } = (answer ?? {}) as { error?: { code: string; message: string; requestId: string } };
  // A gateway in front of a service that is being restarted answers without our error.
  if (!error) throw new Unreachable(`HTTP ${response.status}`);
  throw new Refused(error.message, error.code, error.requestId);
}
