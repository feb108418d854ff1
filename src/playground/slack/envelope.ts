import { randomBytes } from 'node:crypto';
import { compact, type Json } from '../json.ts';
import type { StandInUser, Workspace } from './workspace.ts';
import { type Place, placeOf, type World } from './world.ts';

/** The outer part of an Events API delivery. */
export function eventEnvelope(world: World, workspace: Workspace, event: Json, actor?: StandInUser): Json {
  const at = world.now();
  const place = typeof event.channel === 'string' ? placeOf(world, workspace.id, event.channel) : undefined;
  const isStranger = actor?.teamId !== undefined && actor.teamId !== workspace.id;
  return {
    token: 'legacy-verification-token',
    team_id: workspace.id,
    context_team_id: workspace.id,
    context_enterprise_id: null,
    api_app_id: workspace.appId,
    event: compact({
      event_ts: world.nextTs(),
      ...(isStranger ? { user_team: actor.teamId, source_team: actor.teamId } : {}),
      ...event,
    }),
    type: 'event_callback',
    event_id: `Ev${randomBytes(6).toString('hex').toUpperCase()}`,
    event_time: Math.floor(at / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: workspace.id,
        user_id: workspace.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: place?.kind === 'channel' && place.channel.isExtShared === true,
    event_context: `4-${randomBytes(12).toString('base64url')}`,
  };
}

/** Fields that every interactive payload begins with. */
export function payloadBase(workspace: Workspace, user: StandInUser): Json {
  const team = user.teamId ?? workspace.id;
  return {
    team: { id: team, domain: team === workspace.id ? workspace.domain : 'elsewhere' },
    user: { id: user.id, username: user.name, name: user.name, team_id: team },
    api_app_id: workspace.appId,
    token: 'legacy-verification-token',
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** How a place is called in commands: direct messages and private channels keep their names to themselves. */
export function wireChannelName(place: Place): string {
  if (place.kind === 'direct') return 'directmessage';
  return place.channel.isPrivate ? 'privategroup' : place.name;
}
