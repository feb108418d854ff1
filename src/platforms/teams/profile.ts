import type { Profile } from '../../runtime/interaction.ts';
import type { PlaceAddress } from '../../runtime/ports.ts';
import type { TeamsMember } from './connector.ts';

/**
 * A member of a conversation as who the person is. Language and zone come with what they write, so they are read from
 * the place it came from. Teams does not tell a bot who administers the tenant. `installation`: the tenant that asks.
 */
export function readProfile(
  member: TeamsMember,
  installation: string,
  place: PlaceAddress | undefined,
): Profile {
  const { name, email, userPrincipalName } = member;
  return {
    name: name?.trim() || userPrincipalName || member.id,
    email: email || null,
    locale: place?.locale?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en',
    timeZone: knownZone(place?.timeZone),
    isOwnerOrAdmin: false,
    isOutsider: isOutsider(member, installation),
  };
}

/** Shared channels hold people of other companies, whose role there is an ordinary one. */
function isOutsider({ userRole, tenantId }: TeamsMember, installation: string): boolean {
  if (tenantId !== undefined && tenantId !== installation) return true;
  return userRole !== undefined && userRole !== 'user';
}

function knownZone(zone: string | undefined): string {
  if (!zone) return 'UTC';
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
