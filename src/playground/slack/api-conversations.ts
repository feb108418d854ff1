import { asText, compact, type Json } from '../json.ts';
import {
  type ApiCall,
  ApiError,
  type ApiMethod,
  conversation,
  cutPage,
  hasBot,
  isTrue,
  required,
} from './api-call.ts';
import { wireMessage } from './messages.ts';
import { directOf, type Place, placeOf, type StandInMessage } from './world.ts';

const open: ApiMethod = ({ world, workspace, args }) => {
  const channel = asText(args.channel);
  if (channel) {
    if (placeOf(world, workspace.id, channel)?.kind !== 'direct') throw new ApiError('channel_not_found');
    return { ok: true, no_op: true, already_open: true, channel: { id: channel } };
  }
  const users = required(args, 'users').split(',');
  const [id, ...others] = users;
  if (others.length > 0) throw new ApiError('method_not_supported_for_channel_type');
  const person = workspace.users.find((user) => user.id === id);
  if (!person) throw new ApiError('user_not_found');
  if (person.deleted) throw new ApiError('user_disabled');
  if (person.isBot) throw new ApiError('cannot_dm_bot');
  const direct = directOf(world, workspace.id, person.id);
  return {
    ok: true,
    channel: { id: direct.id, ...(isTrue(args.return_im) ? { is_im: true, user: person.id } : {}) },
  };
};

const info: ApiMethod = (call) => {
  const place = conversation(call);
  const count = isTrue(call.args.include_num_members);
  return { ok: true, channel: wirePlace(call, place, count) };
};

const listAll: ApiMethod = (call) => {
  const { world, workspace, args } = call;
  const types = (asText(args.types) || 'public_channel').split(',').map((type) => type.trim());
  const channels: Place[] = workspace.channels
    .filter((channel) =>
      channel.isPrivate ? types.includes('private_channel') : types.includes('public_channel'),
    )
    .filter((channel) => !(isTrue(args.exclude_archived) && channel.isArchived))
    .filter((channel) => !channel.isPrivate || channel.hasBot !== false)
    .map((channel) => ({ kind: 'channel', id: channel.id, name: channel.name, channel }));
  const directs: Place[] = world.directs
    .filter((direct) => direct.team === workspace.id && types.includes('im'))
    .map((direct) => ({ kind: 'direct', id: direct.id, name: 'directmessage', user: direct.user }));
  const { page, cursor } = cutPage([...channels, ...directs], args, 100);
  return {
    ok: true,
    channels: page.map((place) => wirePlace(call, place, true)),
    response_metadata: { next_cursor: cursor },
  };
};

const history: ApiMethod = (call) => {
  const place = conversation(call);
  if (!hasBot(place)) throw new ApiError('not_in_channel');
  const found = posted(call, place).filter((message) => !message.threadTs);
  return messagesPage(call, found.reverse());
};

const replies: ApiMethod = (call) => {
  const place = conversation(call);
  if (!hasBot(place)) throw new ApiError('not_in_channel');
  const ts = required(call.args, 'ts');
  const thread = posted(call, place).filter((message) => message.ts === ts || message.threadTs === ts);
  if (thread.length === 0) throw new ApiError('thread_not_found');
  return messagesPage(call, thread);
};

const members: ApiMethod = (call) => {
  const place = conversation(call);
  const people = place.kind === 'direct' ? [place.user] : place.channel.members;
  const all = [...new Set([...people, ...(hasBot(place) ? [call.workspace.botUserId] : [])])];
  const { page, cursor } = cutPage(all, call.args, 100);
  return { ok: true, members: page, response_metadata: { next_cursor: cursor } };
};

const join: ApiMethod = (call) => {
  const place = conversation(call);
  if (place.kind === 'direct' || place.channel.isPrivate) {
    throw new ApiError('method_not_supported_for_channel_type');
  }
  if (place.channel.isArchived) throw new ApiError('is_archived');
  place.channel.hasBot = true;
  call.world.changed({ kind: 'channels', team: call.workspace.id });
  return { ok: true, channel: wirePlace(call, place, false) };
};

function posted({ world, workspace }: ApiCall, place: Place): StandInMessage[] {
  return world.messages.filter(
    (message) =>
      message.team === workspace.id &&
      message.channel === place.id &&
      message.kind === 'message' &&
      !message.isDeleted,
  );
}

function messagesPage(call: ApiCall, found: StandInMessage[]): Json {
  const { args, world } = call;
  const oldest = Number(args.oldest ?? 0);
  const latest = args.latest === undefined ? Number.POSITIVE_INFINITY : Number(args.latest);
  const isInclusive = isTrue(args.inclusive);
  const within = found.filter(({ ts }) => {
    const at = Number(ts);
    return isInclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  });
  const { page, cursor } = cutPage(within, args, 100);
  const withMetadata = isTrue(args.include_all_metadata);
  return compact({
    ok: true,
    messages: page.map((message) => wireMessage(world, message, withMetadata)),
    has_more: cursor !== '',
    response_metadata: cursor ? { next_cursor: cursor } : undefined,
  });
}

function wirePlace({ workspace }: ApiCall, place: Place, withCount: boolean): Json {
  if (place.kind === 'direct') {
    return { id: place.id, is_im: true, user: place.user, is_org_shared: false, is_archived: false };
  }
  const { channel } = place;
  return compact({
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: true,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: channel.isPrivate ?? false,
    is_archived: channel.isArchived ?? false,
    is_member: hasBot(place),
    is_shared: channel.isExtShared ?? false,
    is_ext_shared: channel.isExtShared ?? false,
    is_org_shared: false,
    context_team_id: workspace.id,
    topic: { value: channel.topic ?? '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    num_members: withCount ? channel.members.length : undefined,
  });
}

export const conversationMethods: Record<string, ApiMethod> = {
  'conversations.open': open,
  'conversations.info': info,
  'conversations.list': listAll,
  'conversations.history': history,
  'conversations.replies': replies,
  'conversations.members': members,
  'conversations.join': join,
};
