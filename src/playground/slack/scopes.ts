import { asText } from '../json.ts';
import type { ApiCall } from './api-call.ts';
import { placeOf } from './world.ts';

const needed: Record<string, string> = {
  'chat.postMessage': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'chat.update': 'chat:write',
  'chat.delete': 'chat:write',
  'chat.unfurl': 'links:write',
  'conversations.open': 'im:write',
  'conversations.join': 'channels:join',
  'users.info': 'users:read',
  'users.list': 'users:read',
  'users.lookupByEmail': 'users:read.email',
  'team.info': 'team:read',
  'files.getUploadURLExternal': 'files:write',
  'files.completeUploadExternal': 'files:write',
};

/** The scope this call lacks, if the workspace granted only some. */
export function missingScope(call: ApiCall, method: string): string | undefined {
  const granted = call.workspace.scopes;
  if (!granted) return undefined;
  const wanted = needed[method] ?? conversationScope(call, method);
  return wanted && !granted.includes(wanted) ? wanted : undefined;
}

/** Reading a conversation needs the scope of its kind. */
function conversationScope({ world, workspace, args }: ApiCall, method: string): string | undefined {
  const verb = { 'conversations.history': 'history', 'conversations.replies': 'history' }[method];
  const reads = verb ?? (/^conversations\.(info|list|members)$/.test(method) ? 'read' : undefined);
  if (!reads) return undefined;
  const place = placeOf(world, workspace.id, asText(args.channel));
  if (place?.kind === 'direct') return `im:${reads}`;
  return place?.kind === 'channel' && place.channel.isPrivate ? `groups:${reads}` : `channels:${reads}`;
}
