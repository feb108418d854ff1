import { asJson, type Json } from '../json.ts';
import type { Person } from './desk.ts';
import { appNameOf, findPlace, isVisible, personalOf, placesOf } from './places.ts';
import type { TeamsDialog, TeamsMessage, TeamsScreen } from './screen-model.ts';
import type { TeamsUser } from './tenant.ts';
import { cardLimits } from './validate.ts';
import type { StoredDialog, StoredMessage, World } from './world.ts';

/** How many messages of one conversation a screen holds. */
const messagesPerPlace = 200;

/** Everything one person sees, as the page draws it. */
export function screenOf(world: World, botId: string, { tenant, user }: Person): TeamsScreen {
  personalOf(world, tenant, user);
  const places = placesOf(world, tenant).filter(({ members }) => members.includes(user.aadObjectId));
  const visible = world.messages.filter(
    (message) => message.tenant === tenant.id && isVisible(world, message, user.aadObjectId),
  );
  return {
    seq: world.seq,
    tenant: { id: tenant.id, name: tenant.name, appName: appNameOf(tenant), botId },
    me: user,
    users: tenant.users,
    conversations: places.map(({ kind, id, name, team, members, isInstalled, isArchived }) => ({
      id,
      kind,
      name,
      ...(team ? { teamName: team.name } : {}),
      isInstalled,
      ...(isArchived ? { isArchived } : {}),
      members,
      ...(world.typing.has(id) ? { typing: true } : {}),
    })),
    messages: places.flatMap(({ id }) =>
      visible
        .filter((message) => message.conversation === id)
        .slice(-messagesPerPlace)
        .map((message) => shownTo(world, message, user)),
    ),
    dialogs: world.dialogs
      .filter((dialog) => dialog.tenant === tenant.id && dialog.user === user.aadObjectId)
      .map(drawDialog),
  };
}

/** A message as one person sees it; nothing is left of a deleted one. */
export function shownTo(
  world: World,
  message: StoredMessage,
  user: Pick<TeamsUser, 'id' | 'aadObjectId'>,
): TeamsMessage {
  const { tenant: _, views, refreshed, ...shown } = message;
  if (message.isDeleted) {
    const { text: __, summary: ___, preview: ____, mentions: _____, ...empty } = shown;
    return { ...empty, cards: [] };
  }
  const cards = views.get(user.aadObjectId) ?? message.cards;
  const needsRefresh =
    !refreshed.has(user.aadObjectId) &&
    cards.some((card) => refreshesFor(card, user, membersOf(world, message)));
  return structuredClone({ ...shown, cards, ...(needsRefresh ? { needsRefresh } : {}) });
}

/** Whether the card asks for a version of its own for this person; one that names nobody, for all of a few people. */
export function refreshesFor(card: Json, user: Pick<TeamsUser, 'id'>, members: number): boolean {
  const { action, userIds } = asJson(card.refresh);
  if (action === undefined) return false;
  return Array.isArray(userIds) ? userIds.includes(user.id) : members <= cardLimits.refreshUsers;
}

function membersOf(world: World, { conversation }: StoredMessage): number {
  return findPlace(world, conversation)?.members.length ?? 0;
}

export function drawDialog({ tenant: _, user: __, payload: ___, ...shown }: StoredDialog): TeamsDialog {
  return structuredClone(shown);
}
