import type { Place } from '../../runtime/interaction.ts';
import type { Activity } from './activities.ts';

/** Whose activity it is, as far as the activity says. */
export type Origin =
  | { kind: 'person'; tenantId: string; userId: string }
  /** Of the tenant, but nobody in particular: installation events may have no person. */
  | { kind: 'tenant'; tenantId: string }
  /** Guests without an account, people of another tenant. */
  | { kind: 'stranger' }
  /** Answering bots leads to bots that answer each other. */
  | { kind: 'bot' };

/** The person is the pair of tenant and Entra object id; names and addresses may be anybody's. */
export function originOf({ from, conversation, channelData }: Activity): Origin {
  if (from.role === 'bot' || from.id.startsWith('28:')) return { kind: 'bot' };
  const told = channelData?.tenant?.id;
  const tenantId = told ?? conversation.tenantId;
  if (!tenantId) return { kind: 'stranger' };
  // A conversation shared between companies is the other one's.
  if (told && conversation.tenantId && told !== conversation.tenantId) return { kind: 'stranger' };
  return from.aadObjectId
    ? { kind: 'person', tenantId, userId: from.aadObjectId }
    : { kind: 'tenant', tenantId };
}

export type Scope = 'personal' | 'group' | 'channel';

export function scopeOf({ conversation }: Activity): Scope {
  switch (conversation.conversationType) {
    case 'personal':
      return 'personal';
    case 'channel':
      return 'channel';
    default:
      return 'group';
  }
}

/** A channel's conversation may name the thread: `19:…@thread.tacv2;messageid=1700000000000`. */
export function withoutThread(conversationId: string): string {
  return conversationId.split(';messageid=', 1)[0] ?? conversationId;
}

const longestName = 200;

/** The conversation of an activity. Teams names group chats always and channels now and then. */
export function placeOf(activity: Activity): Place {
  const { conversation, channelData } = activity;
  const scope = scopeOf(activity);
  const id = withoutThread(conversation.id);
  if (scope === 'personal') return { kind: 'direct', id };
  const { name: channelName, type } = channelData?.channel ?? {};
  const name = (scope === 'channel' ? channelName : conversation.name)?.trim().slice(0, longestName);
  const thread = conversation.id.slice(id.length + ';messageid='.length);
  return {
    kind: 'channel',
    id,
    ...(name ? { name } : {}),
    ...(thread === '' ? {} : { thread }),
    // A shared channel may hold people of other companies; which, an activity does not tell.
    ...(type === 'shared' ? { isShared: true } : {}),
  };
}
