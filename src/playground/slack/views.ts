import { asJson, asList, asText, compact, isJson, type Json } from '../json.ts';
import { limits } from './limits.ts';
import { botIdOf, withBlockIds } from './messages.ts';
import { inputsOf, valuesOf } from './values.ts';
import { type StandInView, viewKey, type World, workspaceOf } from './world.ts';

export function stackOf(world: World, team: string, user: string): StandInView[] {
  return world.stacks.get(viewKey(team, user)) ?? [];
}

/** The open modal or published home with this id. */
export function findView(world: World, id: string): StandInView | undefined {
  const homes = [...world.homes.values()];
  return (
    [...world.stacks.values()].flat().find((view) => view.id === id) ?? homes.find((view) => view.id === id)
  );
}

export function findByExternalId(world: World, team: string, externalId: string): StandInView | undefined {
  return [...world.stacks.values(), [...world.homes.values()]]
    .flat()
    .find((view) => view.team === team && view.externalId === externalId && externalId !== '');
}

/** Puts a modal on top of the person's stack; `isFirst` closes what was open. The payload must be valid. */
export function openView(
  world: World,
  team: string,
  user: string,
  payload: Json,
  isFirst: boolean,
): StandInView {
  const below = isFirst ? [] : stackOf(world, team, user);
  const id = world.nextId('V');
  const view: StandInView = {
    ...fieldsOf(payload),
    id,
    team,
    user,
    type: 'modal',
    hash: newHash(world),
    rootId: below[0]?.id ?? id,
    previousId: below.at(-1)?.id ?? null,
    values: {},
  };
  world.stacks.set(viewKey(team, user), [...below, view]);
  world.changed({ kind: 'view_opened', team, user, view: structuredClone(view) });
  return view;
}

export function hasRoomFor(world: World, team: string, user: string): boolean {
  return stackOf(world, team, user).length < limits.viewStack;
}

/** Replaces a view's content. What was entered stays where block and action are still the same. */
export function updateView(world: World, view: StandInView, payload: Json): void {
  Object.assign(view, { title: undefined, submit: undefined, close: undefined }, fieldsOf(payload));
  view.hash = newHash(world);
  const kept = new Set(
    inputsOf(view.blocks).map(({ block, element }) => `${block.block_id} ${element.action_id}`),
  );
  const values: Json = {};
  for (const [block, actions] of Object.entries(view.values)) {
    const stay = Object.entries(asJson(actions)).filter(([action]) => kept.has(`${block} ${action}`));
    if (stay.length > 0) values[block] = Object.fromEntries(stay);
  }
  view.values = values;
  world.changed({
    kind: view.type === 'home' ? 'home' : 'view_updated',
    team: view.team,
    user: view.user,
    view: structuredClone(view),
  });
}

/** Takes the top modal, or all of them, off the person's screen and returns what went. */
export function closeViews(world: World, team: string, user: string, all: boolean): StandInView[] {
  const stack = stackOf(world, team, user);
  const gone = all ? [...stack].reverse() : stack.slice(-1);
  const left = all ? [] : stack.slice(0, -1);
  if (left.length > 0) world.stacks.set(viewKey(team, user), left);
  else world.stacks.delete(viewKey(team, user));
  for (const view of gone) world.changed({ kind: 'view_closed', team, user, view });
  return gone;
}

export function publishHome(world: World, team: string, user: string, payload: Json): StandInView {
  const existing = world.homes.get(viewKey(team, user));
  if (existing) {
    updateView(world, existing, payload);
    return existing;
  }
  const id = world.nextId('V');
  const view: StandInView = {
    ...fieldsOf(payload),
    id,
    team,
    user,
    type: 'home',
    hash: newHash(world),
    rootId: id,
    previousId: null,
    values: {},
  };
  world.homes.set(viewKey(team, user), view);
  world.changed({ kind: 'home', team, user, view: structuredClone(view) });
  return view;
}

/** The view as payloads and the Web API show it; `state` holds what the person has entered. */
export function wireView(world: World, view: StandInView): Json {
  const { appId, botUserId } = workspaceOf(world, view.team);
  return compact({
    id: view.id,
    team_id: view.team,
    type: view.type,
    title: view.title,
    submit: view.submit ?? null,
    close: view.close ?? null,
    blocks: view.blocks,
    private_metadata: view.privateMetadata,
    callback_id: view.callbackId,
    external_id: view.externalId,
    state: { values: valuesOf(view.blocks, view.values) },
    hash: view.hash,
    clear_on_close: view.clearOnClose,
    notify_on_close: view.notifyOnClose,
    previous_view_id: view.previousId,
    root_view_id: view.rootId,
    app_id: appId,
    app_installed_team_id: view.team,
    bot_id: botIdOf(botUserId),
  });
}

function fieldsOf(payload: Json) {
  const { title, submit, close } = payload;
  return {
    ...(isJson(title) ? { title } : {}),
    ...(isJson(submit) ? { submit } : {}),
    ...(isJson(close) ? { close } : {}),
    blocks: withBlockIds(asList(payload.blocks)),
    callbackId: asText(payload.callback_id),
    privateMetadata: asText(payload.private_metadata),
    externalId: asText(payload.external_id),
    clearOnClose: payload.clear_on_close === true,
    notifyOnClose: payload.notify_on_close === true,
  };
}

let versions = 0;
function newHash(world: World): string {
  versions += 1;
  return `${Math.floor(world.now() / 1000)}.${versions.toString(16).padStart(8, '0')}`;
}
