import type { Json } from '../json.ts';
import { type Desk, homeOf, personOf } from './desk.ts';
import { valuesOf } from './values.ts';
import { stackOf } from './views.ts';
import { directOf, isVisible, type StandInView } from './world.ts';

/** How many messages of one conversation a screen holds. */
const messagesPerPlace = 200;

/** Everything one person sees, as the page draws it. */
export function screenOf(desk: Desk, id: string, team?: string): Json {
  const person = personOf(desk, id, team);
  const { workspace, user } = person;
  const { world } = desk;
  const direct = directOf(world, workspace.id, user.id);
  const places = [direct.id, ...workspace.channels.map((channel) => channel.id)];
  const visible = world.messages.filter(
    (message) => message.team === workspace.id && isVisible(world, message, user.id),
  );
  const home = homeOf(desk, person);
  const { botToken: _, scopes: __, users, channels, ...shown } = workspace;
  return {
    seq: world.seq,
    workspace: { ...shown, appName: workspace.appName ?? 'Parley' },
    me: user,
    users,
    channels: channels
      .filter((channel) => channel.members.includes(user.id) || !channel.isPrivate)
      .map((channel) => ({ ...channel, isMember: channel.members.includes(user.id) })),
    direct: direct.id,
    messages: places.flatMap((place) =>
      visible
        .filter((message) => message.channel === place)
        .slice(-messagesPerPlace)
        .map(({ metadata: ___, warnings: ____, ...message }) => message),
    ),
    modals: stackOf(world, workspace.id, user.id).map(drawView),
    home: home ? drawView(home) : null,
  };
}

function drawView(view: StandInView): Json {
  const { privateMetadata: _, ...shown } = view;
  return { ...shown, values: valuesOf(view.blocks, view.values) };
}
