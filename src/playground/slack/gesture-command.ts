import { isJson } from '../json.ts';
import { type Desk, personOf, placeFor, responseUrl } from './desk.ts';
import { wireChannelName } from './envelope.ts';
import { escapeCommand } from './escape.ts';
import { addMessage } from './messages.ts';
import { failureOf, type Outcome, unsent, watch } from './outcome.ts';
import { showReply } from './reply.ts';
import type { Workspace } from './workspace.ts';
import type { StandInMessage } from './world.ts';

export interface CommandInput {
  user: string;
  /** What is typed after the command, such as `new-lead Acme 80k`. */
  text: string;
  /** With the slash; `/crm` unless said otherwise. */
  command?: string;
  /** Id or name; `app` is the direct conversation with the app. The person's first channel if absent. */
  channel?: string;
  team?: string;
  /** Inside a thread, where Slack refuses commands. */
  threadTs?: string;
}

/** Types a slash command. */
export async function typeCommand(desk: Desk, input: CommandInput): Promise<Outcome> {
  const person = personOf(desk, input.user, input.team);
  const { workspace, user } = person;
  const place = placeFor(desk, person, input.channel);
  const command = input.command ?? '/crm';
  const seen = watch(desk.world, workspace.id, user.id);
  const mine = { team: workspace.id, channel: place.id, onlyFor: user.id, isBot: false };
  const tell = (text: string, threadTs?: string): StandInMessage =>
    addMessage(desk.world, { ...mine, author: 'USLACKBOT', kind: 'notice', text, threadTs });

  if (input.threadTs) {
    const refusal = `${command} is not supported in threads. Sorry!`;
    tell(refusal, input.threadTs);
    return unsent(seen.stop(), refusal);
  }
  addMessage(desk.world, { ...mine, author: user.id, kind: 'echo', text: `${command} ${input.text}`.trim() });

  const right = { team: workspace.id, user: user.id, channel: place.id };
  const answer = await desk.courier.sendForm({
    token: 'legacy-verification-token',
    team_id: user.teamId ?? workspace.id,
    team_domain: workspace.domain,
    channel_id: place.id,
    channel_name: wireChannelName(place),
    user_id: user.id,
    user_name: user.name,
    command,
    text: escapeTyped(workspace, input.text),
    api_app_id: workspace.appId,
    is_enterprise_install: 'false',
    response_url: responseUrl(desk, right),
    trigger_id: desk.tickets.trigger(workspace.id, user.id),
  });

  const code = failureOf(answer) ?? showAnswer(desk, right, answer.body);
  const error =
    code === undefined
      ? undefined
      : code === 'operation_timeout'
        ? `${command} failed because the app did not respond.`
        : `${command} failed with the error "${code}".`;
  if (error) tell(error);
  const { status, body, ms } = answer;
  return { status, body, ms, ok: !error, shown: seen.stop(), ...(error ? { error } : {}) };
}

/** An empty answer shows nothing, text and JSON become a message, anything else is a failure. */
function showAnswer(desk: Desk, right: Parameters<typeof showReply>[1], body: unknown): string | undefined {
  if (body === '') return undefined;
  const reply = isJson(body) ? body : { text: String(body) };
  if (Object.keys(reply).length === 0) return undefined;
  const refused = showReply(desk.world, right, reply);
  return refused && `invalid_command_response (${refused})`;
}

export function escapeTyped(workspace: Workspace, text: string): string {
  return escapeCommand(text, namesOf(workspace), (id) => nameOf(workspace, id));
}

export function namesOf(workspace: Workspace) {
  return {
    user: (name: string) =>
      name === appHandle(workspace)
        ? workspace.botUserId
        : workspace.users.find((entry) => entry.name === name && !entry.deleted)?.id,
    channel: (name: string) => workspace.channels.find((entry) => entry.name === name)?.id,
  };
}

export function appHandle(workspace: Workspace): string {
  return (workspace.appName ?? 'Parley').toLowerCase().replaceAll(' ', '-');
}

function nameOf(workspace: Workspace, id: string): string {
  const user = workspace.users.find((entry) => entry.id === id);
  return user?.name ?? workspace.channels.find((entry) => entry.id === id)?.name ?? '';
}
