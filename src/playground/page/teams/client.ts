import type { Outcome } from '../../teams/outcome.ts';
import type { TeamsScreen } from '../../teams/screen-model.ts';
import { post, read } from '../client.ts';
import type { Json } from '../model.ts';

const base = '/playground/teams';
const control = `${base}/_control`;
export const teamsChanges = `${control}/events`;

export type TeamsGesture =
  | 'say'
  | 'execute'
  | 'submit'
  | 'refresh'
  | 'feedback'
  | 'dialog-submit'
  | 'dialog-execute'
  | 'dialog-close'
  | 'extension-fetch'
  | 'extension-select'
  | 'link'
  | 'install'
  | 'uninstall';

export interface TeamsWho {
  user: string;
  tenant: string;
}

export async function loadTeamsScreen({ user, tenant }: TeamsWho): Promise<TeamsScreen> {
  return read<TeamsScreen>(await fetch(`${control}/state?${new URLSearchParams({ tenant, user })}`));
}

export function actInTeams(gesture: TeamsGesture, body: Json): Promise<Outcome> {
  return post<Outcome>(`${control}/${gesture}`, body);
}

/** A question while somebody types: it changes nothing, and its failure is an answer too. */
export async function ask(route: 'search' | 'extension-query', body: Json): Promise<Partial<Outcome>> {
  try {
    return await post<Outcome>(`${control}/${route}`, body);
  } catch (cause) {
    return { error: cause instanceof Error ? cause.message : String(cause) };
  }
}

/** What `authentication.getAuthToken()` brings. */
export async function tabToken({ user, tenant }: TeamsWho): Promise<string> {
  const query = new URLSearchParams({ tenant, user });
  return (await read<{ token: string }>(await fetch(`${base}/entra/token?${query}`))).token;
}
