import { asText, isJson, type Json } from '../json.ts';
import { type ApiCall, ApiError, type ApiMethod, required, structured } from './api-call.ts';
import { limits } from './limits.ts';
import type { Trigger } from './tickets.ts';
import { checkView, problemLine } from './validate.ts';
import {
  findByExternalId,
  findView,
  hasRoomFor,
  openView,
  publishHome,
  updateView,
  wireView,
} from './views.ts';
import { type StandInView, viewKey } from './world.ts';

const open: ApiMethod = (call) => {
  const view = payload(call, 'modal');
  const { team, user } = trigger(call);
  return shown(call, openView(call.world, team, user, view, true));
};

const push: ApiMethod = (call) => {
  const view = payload(call, 'modal');
  const { team, user, viewId } = trigger(call);
  if (!viewId || !findView(call.world, viewId)) throw new ApiError('not_found');
  if (!hasRoomFor(call.world, team, user)) throw new ApiError('push_limit_reached');
  return shown(call, openView(call.world, team, user, view, false));
};

const update: ApiMethod = (call) => {
  const { world, workspace, args } = call;
  const id = asText(args.view_id);
  const externalId = asText(args.external_id);
  if (!id && !externalId) throw new ApiError('invalid_arguments');
  const found = id ? findView(world, id) : findByExternalId(world, workspace.id, externalId);
  if (!found || found.team !== workspace.id) throw new ApiError('not_found');
  const view = payload(call, found.type, found);
  refuseStale(args, found);
  updateView(world, found, view);
  return shown(call, found);
};

const publish: ApiMethod = (call) => {
  const { world, workspace, args } = call;
  const user = required(args, 'user_id');
  if (!workspace.users.some((entry) => entry.id === user)) throw new ApiError('invalid_arguments');
  const existing = world.homes.get(viewKey(workspace.id, user));
  const view = payload(call, 'home', existing);
  if (existing) refuseStale(args, existing);
  return shown(call, publishHome(world, workspace.id, user, view));
};

function trigger(call: ApiCall): Trigger {
  const found = call.tickets.takeTrigger(asText(call.args.trigger_id));
  if (typeof found === 'string') throw new ApiError(found);
  if (found.team !== call.workspace.id) throw new ApiError('invalid_trigger_id');
  return found;
}

function payload(call: ApiCall, kind: 'modal' | 'home', replaced?: StandInView): Json {
  const view = structured(call.args.view);
  if (!isJson(view)) throw new ApiError('invalid_arguments');
  if (JSON.stringify(view).length > limits.viewBytes) throw new ApiError('view_too_large');
  const problems = checkView(view, '/view').map(problemLine);
  if (view.type !== kind) problems.push(`must be of type ${kind} [json-pointer:/view/type]`);
  if (problems.length > 0) {
    const messages = problems.map((line) => `[ERROR] ${line}`);
    throw new ApiError('invalid_arguments', { response_metadata: { messages } });
  }
  const twin = findByExternalId(call.world, call.workspace.id, asText(view.external_id));
  if (twin && twin.id !== replaced?.id) throw new ApiError('duplicate_external_id');
  return view;
}

function refuseStale(args: Json, view: StandInView): void {
  const hash = asText(args.hash);
  if (hash && hash !== view.hash) throw new ApiError('hash_conflict');
}

function shown(call: ApiCall, view: StandInView): Json {
  return { ok: true, view: wireView(call.world, view) };
}

export const viewMethods: Record<string, ApiMethod> = {
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
};
