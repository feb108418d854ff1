import type { Info, Json, Outcome, Screen } from './model.ts';

const control = '/playground/slack/_control';
export const slackChanges = `${control}/events`;

export class Refused extends Error {}

export async function read<T>(response: Response): Promise<T> {
  const body = (await response.json().catch(() => ({}))) as T & { error?: string };
  if (!response.ok) throw new Refused(body.error ?? `HTTP ${response.status}`);
  return body;
}

export async function post<T>(path: string, body: Json): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  return read<T>(await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) }));
}

export const loadInfo = async () => read<Info>(await fetch('/playground/info'));

export async function loadScreen(team: string, user: string): Promise<Screen> {
  return read<Screen>(await fetch(`${control}/state?${new URLSearchParams({ team, user })}`));
}

export type Gesture = 'command' | 'say' | 'press' | 'submit' | 'close' | 'shortcut' | 'home';

export function act(gesture: Gesture, body: Json): Promise<Outcome> {
  return post<Outcome>(`${control}/${gesture}`, body);
}

export interface Options {
  options: Json[];
  groups: { label: string; options: Json[] }[];
  error?: string;
}

export function askOptions(body: Json): Promise<Options> {
  return post<Options>(`${control}/options`, body);
}

export async function moveClock(to: Date): Promise<string> {
  const moved = await post<{ now: string }>('/playground/clock', { to: to.toISOString() });
  return moved.now;
}

/** Calls back whenever anything on anybody's screen changes, and after every reconnect. */
export function onChanges(stream: string, changed: () => void): () => void {
  const source = new EventSource(stream);
  source.addEventListener('change', changed);
  source.addEventListener('open', changed);
  return () => source.close();
}
