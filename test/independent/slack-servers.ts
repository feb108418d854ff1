import { serveSlackStandIn } from '../../src/playground/serve.ts';
import type { Workspace } from '../../src/playground/slack/workspace.ts';
import { startEmulator } from './emulator.ts';

/** A workspace on some server, and what it takes to reach it. */
export interface SlackServer {
  /** `http://127.0.0.1:4000/api/` */
  apiUrl: string;
  team: string;
  token: string;
  /** A token without the right to read any history. */
  blindToken: string;
  /** Where both tokens may post. */
  channel: string;
  blindChannel: string;
  archived: string;
  person: { id: string; name: string; email: string };
  admin: string;
  bot: string;
  stop(): Promise<void>;
}

export type Json = Record<string, unknown>;

/** One call without any client of ours; throws unless the server says `ok`. */
export async function ask(apiUrl: string, token: string, method: string, args: Json = {}): Promise<Json> {
  const response = await fetch(new URL(method, apiUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${token}` },
    body: JSON.stringify(args),
  });
  const answer = (await response.json()) as Json;
  if (answer.ok !== true) throw new Error(`${method}: ${JSON.stringify(answer)}`);
  return answer;
}

const wei = { name: 'wei', realName: 'Chen Wei', email: 'wei@east.example' };
const blindScopes = ['chat:write', 'im:write', 'users:read', 'users:read.email'];
const scopes = [...blindScopes, 'channels:read', 'channels:history', 'im:history'];

/** The stand-in of the playground. */
export async function standIn(): Promise<SlackServer> {
  const person = { locale: 'en-US', tz: 'UTC' } as const;
  const workspace = (id: string, granted: string[]): Workspace => ({
    id,
    name: 'East',
    domain: id.toLowerCase(),
    botToken: `xoxb-${id}`,
    botUserId: `UBOT${id}`,
    appId: 'A1',
    scopes: granted,
    users: [
      {
        id: `UADMIN${id}`,
        name: 'admin',
        realName: 'Admin',
        email: 'a@east.example',
        ...person,
        isAdmin: true,
      },
      { id: `UWEI${id}`, ...wei, ...person },
    ],
    channels: [
      { id: `CEAST${id}`, name: 'east', members: [`UWEI${id}`] },
      { id: `COLD${id}`, name: 'old', members: [`UWEI${id}`], isArchived: true },
    ],
  });
  const running = await serveSlackStandIn({
    port: 0,
    target: 'http://127.0.0.1:9/slack/events',
    signingSecret: 'unused',
    workspaces: [workspace('T1', scopes), workspace('T2', blindScopes)],
  });
  return {
    apiUrl: `${running.url}/api/`,
    team: 'T1',
    token: 'xoxb-T1',
    blindToken: 'xoxb-T2',
    channel: 'CEASTT1',
    blindChannel: 'CEASTT2',
    archived: 'COLDT1',
    person: { id: 'UWEIT1', name: wei.realName, email: wei.email },
    admin: 'UADMINT1',
    bot: 'UBOTT1',
    stop: running.close,
  };
}

/** Somebody else's idea of Slack. It makes most ids itself. */
export async function emulator(): Promise<SlackServer> {
  const token = (value: string, granted: string[]) => ({
    token: value,
    type: 'bot',
    user_id: 'UBOT',
    bot_user_id: 'UBOT',
    bot_id: 'BBOT',
    app_id: 'A1',
    scopes: granted,
  });
  const { url, stop } = await startEmulator('slack', {
    team: { name: 'East', domain: 'east' },
    users: [{ name: wei.name, real_name: wei.realName, email: wei.email }],
    channels: [{ name: 'east' }, { name: 'old' }],
    oauth_apps: [
      {
        client_id: '1.2',
        client_secret: 'unused',
        app_id: 'A1',
        name: 'Parley',
        redirect_uris: ['http://127.0.0.1/back'],
        bot_id: 'BBOT',
        bot_user_id: 'UBOT',
        bot_name: 'parley',
        scopes,
      },
    ],
    tokens: [
      token('xoxb-sees', scopes),
      token('xoxb-blind', blindScopes),
      { token: 'xoxp-admin', user: 'admin', scopes: ['channels:manage', 'channels:write'] },
    ],
    strict_scopes: true,
  });
  try {
    const apiUrl = `${url}/api/`;
    const see = (method: string) => ask(apiUrl, 'xoxb-sees', method);
    const me = await see('auth.test');
    const { channels } = await see('conversations.list');
    const { members } = await see('users.list');
    const channel = idOf(channels, 'east');
    const archived = idOf(channels, 'old');
    await ask(apiUrl, 'xoxp-admin', 'conversations.archive', { channel: archived });
    return {
      apiUrl,
      team: String(me.team_id),
      token: 'xoxb-sees',
      blindToken: 'xoxb-blind',
      channel,
      blindChannel: channel,
      archived,
      person: { id: idOf(members, wei.name), name: wei.realName, email: wei.email },
      admin: idOf(members, 'admin'),
      bot: String(me.user_id),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function idOf(list: unknown, name: string): string {
  const found = (list as { id: string; name: string }[]).find((entry) => entry.name === name);
  if (!found) throw new Error(`no ${name} among ${JSON.stringify(list)}`);
  return found.id;
}
