import { type RunningStandIn, serveTeamsStandIn } from '../../../src/playground/serve.ts';
import type { TeamsStandIn } from '../../../src/playground/teams/stand-in.ts';
import type { TeamsUser } from '../../../src/playground/teams/tenant.ts';
import { appId, channel, tenant } from '../../playground/teams-service.ts';

export const appSecret = 'a secret';
export const oldChannel = '19:old@thread.tacv2';
export const sharedChannel = '19:partners@thread.tacv2';
export const farChannel = '19:far-general@thread.tacv2';

/** Works there, but has the app nowhere of their own. */
export const max: TeamsUser = {
  id: '29:max.late',
  aadObjectId: 'bbbbbbbb-0000-4000-8000-000000000004',
  name: 'Max Late',
  email: '',
  userPrincipalName: 'max.late@east.example',
  locale: 'en-US',
  timeZone: 'Europe/London',
  userRole: 'user',
  hasApp: false,
};

/** One company on a Teams of its own, over real HTTP. Nobody listens to what its people say. */
export function openTenant(): Promise<RunningStandIn<TeamsStandIn>> {
  const east = tenant();
  east.users.push(max);
  const everybody = east.users.map(({ aadObjectId }) => aadObjectId);
  east.teams[0]?.channels.push({ id: sharedChannel, name: 'partners', members: everybody, isShared: true });
  for (const { channels } of east.teams) {
    for (const one of channels) if (one.id === channel) one.members = everybody;
  }
  const target = 'http://127.0.0.1:9/api/messages';
  return serveTeamsStandIn({ port: 0, target, appId, appSecret, tenants: [east] });
}
