import { compact, type Json } from '../json.ts';
import { ApiError, type ApiMethod, cutPage, isTrue, required } from './api-call.ts';
import type { StandInUser, Workspace } from './workspace.ts';

const info: ApiMethod = ({ workspace, args }) => {
  const id = required(args, 'user');
  if (id === workspace.botUserId) return { ok: true, user: wireBot(workspace) };
  const user = workspace.users.find((entry) => entry.id === id);
  if (!user) throw new ApiError('user_not_found');
  return { ok: true, user: wireUser(workspace, user, isTrue(args.include_locale)) };
};

const listAll: ApiMethod = ({ workspace, args }) => {
  const everybody = [
    ...workspace.users
      .filter((user) => user.id !== workspace.botUserId)
      .map((user) => wireUser(workspace, user, isTrue(args.include_locale))),
    wireBot(workspace),
  ];
  const { page, cursor } = cutPage(everybody, args, 1000);
  return { ok: true, members: page, response_metadata: { next_cursor: cursor } };
};

const lookupByEmail: ApiMethod = ({ workspace, args }) => {
  const email = required(args, 'email').toLowerCase();
  const user = workspace.users.find((entry) => entry.email.toLowerCase() === email && !entry.deleted);
  if (!user) throw new ApiError('users_not_found');
  return { ok: true, user: wireUser(workspace, user, false) };
};

/** A user as `users.info` and `user_change` show them; strangers come without e-mail. */
export function wireUser(workspace: Workspace, user: StandInUser, withLocale: boolean): Json {
  const isStranger = user.teamId !== undefined && user.teamId !== workspace.id;
  const isMember = !user.deleted;
  return compact({
    id: user.id,
    team_id: user.teamId ?? workspace.id,
    name: user.name,
    real_name: user.realName,
    deleted: user.deleted ?? false,
    tz: user.tz,
    tz_offset: zoneOffsetSeconds(user.tz),
    profile: compact({
      real_name: user.realName,
      display_name: user.name,
      email: isStranger ? undefined : user.email,
      team: user.teamId ?? workspace.id,
    }),
    is_stranger: isStranger || undefined,
    is_bot: user.isBot ?? false,
    is_app_user: false,
    ...(isMember && !isStranger
      ? {
          is_admin: user.isAdmin === true || user.isOwner === true,
          is_owner: user.isOwner ?? false,
          is_primary_owner: false,
          is_restricted: user.isRestricted === true || user.isUltraRestricted === true,
          is_ultra_restricted: user.isUltraRestricted ?? false,
        }
      : {}),
    locale: withLocale ? user.locale : undefined,
  });
}

function wireBot(workspace: Workspace): Json {
  const name = workspace.appName ?? 'Parley';
  return {
    id: workspace.botUserId,
    team_id: workspace.id,
    name: name.toLowerCase(),
    real_name: name,
    deleted: false,
    is_bot: true,
    profile: { real_name: name, team: workspace.id, api_app_id: workspace.appId },
  };
}

function zoneOffsetSeconds(zone: string): number {
  const part = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts()
    .find((entry) => entry.type === 'timeZoneName');
  const [, sign = '+', hours = '0', minutes = '0'] = /([+-])(\d\d):(\d\d)/.exec(part?.value ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}

export const userMethods: Record<string, ApiMethod> = {
  'users.info': info,
  'users.list': listAll,
  'users.lookupByEmail': lookupByEmail,
};
