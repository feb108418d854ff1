import { ImpossibleGesture } from '../impossible-gesture.ts';
import { asJson, asText, isJson, type Json } from '../json.ts';
import { type Desk, offeredTo, type Person, personOf, topModal } from './desk.ts';
import { payloadBase } from './envelope.ts';
import { failureOf, type Outcome, trouble, unsent, watch } from './outcome.ts';
import { checkView, problemLine } from './validate.ts';
import { clientErrors, enter, inputsOf, valuesOf } from './values.ts';
import { closeViews, findView, hasRoomFor, openView, updateView, wireView } from './views.ts';
import type { StandInView } from './world.ts';

export interface SubmitInput {
  user: string;
  team?: string;
  /** By block id, action id or label: text, day, option value or label, id; lists for several; or a raw state. */
  values?: Json;
  /** Sends even what Slack's own client would refuse: empty required fields, malformed e-mails. */
  force?: boolean;
}

/** Fills in and submits the modal on top. */
export async function submitModal(desk: Desk, input: SubmitInput): Promise<Outcome> {
  const person = personOf(desk, input.user, input.team);
  const view = needModal(desk, person);
  const { workspace, user } = person;
  if (!view.submit) throw new ImpossibleGesture('This form has no submit button.');
  const offered = inputsOf(view.blocks).flatMap(({ element }) => offeredTo(desk, user.id, element));
  view.values = enter(view.blocks, view.values, asJson(input.values), offered);
  const seen = watch(desk.world, workspace.id, user.id);
  if (!input.force) {
    const errors = clientErrors(view.blocks, valuesOf(view.blocks, view.values));
    if (Object.keys(errors).length > 0) return unsent(seen.stop(), 'The form is not complete.', errors);
  }
  const answer = await desk.courier.sendForm({
    payload: JSON.stringify({
      type: 'view_submission',
      ...payloadBase(workspace, user),
      trigger_id: desk.tickets.trigger(workspace.id, user.id, view.id),
      view: wireView(desk.world, view),
      response_urls: [],
    }),
  });
  const { status, body, ms } = answer;
  const verdict = failureOf(answer) ? { error: trouble } : applyAnswer(desk, person, view, body);
  return { status, body, ms, ok: !verdict.error && !verdict.errors, shown: seen.stop(), ...verdict };
}

export interface CloseInput {
  user: string;
  team?: string;
  /** The ✕ closes everything that is stacked; Cancel only the top one. */
  all?: boolean;
}

/** Cancels the modal on top; a view that wished for it is told. */
export async function closeModal(desk: Desk, input: CloseInput): Promise<Outcome> {
  const person = personOf(desk, input.user, input.team);
  const { workspace, user } = person;
  const view = needModal(desk, person);
  const seen = watch(desk.world, workspace.id, user.id);
  const isCleared = input.all === true || view.clearOnClose;
  const gone = closeViews(desk.world, workspace.id, user.id, isCleared);
  let last: Outcome = { status: 0, body: '', ms: 0, ok: true, shown: [] };
  for (const closed of gone.filter((entry) => entry.notifyOnClose)) {
    const payload = {
      ...payloadBase(workspace, user),
      view: wireView(desk.world, closed),
      is_cleared: isCleared,
    };
    const answer = await desk.courier.sendForm({
      payload: JSON.stringify({ type: 'view_closed', ...payload }),
    });
    last = { status: answer.status, body: answer.body, ms: answer.ms, ok: !failureOf(answer), shown: [] };
  }
  return { ...last, shown: seen.stop() };
}

function needModal(desk: Desk, person: Person): StandInView {
  const view = topModal(desk, person);
  if (!view) throw new ImpossibleGesture(`${person.user.realName} has no form open.`);
  return view;
}

/** What the answer to a submission does; the words are Slack's when it doesn't understand the answer. */
function applyAnswer(
  desk: Desk,
  { workspace, user }: Person,
  view: StandInView,
  body: unknown,
): { error?: string; errors?: Record<string, string> } {
  const isStillOpen = findView(desk.world, view.id) !== undefined;
  if (body === '' || (isJson(body) && Object.keys(body).length === 0)) {
    if (isStillOpen) closeViews(desk.world, workspace.id, user.id, false);
    return {};
  }
  if (!isJson(body)) return { error: `${trouble} (the answer is neither empty nor JSON)` };
  switch (body.response_action) {
    case 'clear':
      closeViews(desk.world, workspace.id, user.id, true);
      return {};
    case 'errors':
      return fieldErrors(view, body.errors);
    case 'update':
    case 'push': {
      const problems = checkView(body.view, '/view');
      if (asJson(body.view).type !== 'modal' || problems.length > 0) {
        return {
          error: `${trouble} (${problems.map(problemLine).join('; ') || 'only a modal can be shown'})`,
        };
      }
      if (body.response_action === 'update') {
        updateView(desk.world, view, asJson(body.view));
        return {};
      }
      if (!hasRoomFor(desk.world, workspace.id, user.id)) return { error: `${trouble} (push_limit_reached)` };
      openView(desk.world, workspace.id, user.id, asJson(body.view), false);
      return {};
    }
    default:
      return { error: `${trouble} (unknown response_action ${String(body.response_action)})` };
  }
}

function fieldErrors(view: StandInView, given: unknown): { error?: string; errors?: Record<string, string> } {
  const entries = Object.entries(asJson(given));
  const inputs = new Set(
    view.blocks.filter((block) => block.type === 'input').map((block) => block.block_id),
  );
  const stray = entries.filter(([blockId, text]) => !inputs.has(blockId) || asText(text) === '');
  if (entries.length === 0 || stray.length > 0) {
    return {
      error: `${trouble} (no input block for: ${stray.map(([blockId]) => blockId).join(', ') || 'any error'})`,
    };
  }
  return { errors: Object.fromEntries(entries.map(([blockId, text]) => [blockId, asText(text)])) };
}
