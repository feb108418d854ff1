import { ImpossibleGesture } from '../impossible-gesture.ts';
import type { Json } from '../json.ts';
import { channelData, envelope } from './activity.ts';
import { type Desk, type Scene, sceneOf, senderOf } from './desk.ts';
import type { Outcome } from './outcome.ts';
import { outcomeOf, watch } from './watch.ts';

export interface InstallInput {
  user: string;
  tenant?: string;
  /** A channel (the app comes into its whole team) or a group; without one, the person's own scope. */
  conversation?: string;
}

/** Adds the app; Teams tells of it twice. */
export async function install(desk: Desk, input: InstallInput): Promise<Outcome> {
  const scene = sceneOf(desk, input.user, input.tenant, input.conversation);
  if (scene.place.isInstalled) throw new ImpossibleGesture('The app is there already.');
  setInstalled(scene, true);
  desk.world.changed({ kind: 'conversations', tenant: scene.tenant.id });
  return tell(desk, scene, [
    {
      type: 'conversationUpdate',
      membersAdded: [{ id: desk.botId }],
      ...about(scene, 'teamMemberAdded'),
    },
    { type: 'installationUpdate', action: 'add', ...selected(scene) },
  ]);
}

/** Removes the app. Of a personal scope the bot hears once, of the others twice. */
export async function uninstall(desk: Desk, input: InstallInput): Promise<Outcome> {
  const scene = sceneOf(desk, input.user, input.tenant, input.conversation);
  if (!scene.place.isInstalled) throw new ImpossibleGesture('The app is not there.');
  setInstalled(scene, false);
  desk.world.changed({ kind: 'conversations', tenant: scene.tenant.id });
  const removed = {
    type: 'conversationUpdate',
    membersRemoved: [{ id: desk.botId }],
    ...about(scene, 'teamMemberRemoved'),
  };
  return tell(desk, scene, [
    ...(scene.place.kind === 'personal' ? [] : [removed]),
    { type: 'installationUpdate', action: 'remove', ...selected(scene) },
  ]);
}

function setInstalled({ place, tenant, user }: Scene, hasApp: boolean): void {
  const holder =
    place.team ?? (place.kind === 'personal' ? user : tenant.groups?.find(({ id }) => id === place.id));
  if (holder) holder.hasApp = hasApp;
}

function about({ place }: Scene, eventType: string): Json {
  return place.team ? { channelData: { ...channelData(teamOnly(place)), eventType } } : {};
}

/** The channel that whoever added the app had before them. */
function selected({ place }: Scene): Json {
  if (!place.team) return {};
  return {
    channelData: { ...channelData(teamOnly(place)), settings: { selectedChannel: { id: place.id } } },
  };
}

/** Installations are of a team: its conversation is the General channel. */
function teamOnly(place: Scene['place']): Scene['place'] {
  return place.team ? { ...place, id: place.team.id } : place;
}

async function tell(desk: Desk, scene: Scene, events: (Json & { type: string })[]): Promise<Outcome> {
  const seen = watch(desk.world, scene);
  const outcomes: Outcome[] = [];
  for (const event of events) {
    const activity = envelope(senderOf(desk, { ...scene, place: teamOnly(scene.place) }), event);
    outcomes.push(outcomeOf({ activity, answer: await desk.courier.deliver(activity) }, []));
  }
  const told = outcomes.find(({ ok }) => !ok) ?? outcomes.at(-1);
  if (!told) throw new ImpossibleGesture('There was nothing to tell.');
  return { ...told, shown: seen.stop() };
}
