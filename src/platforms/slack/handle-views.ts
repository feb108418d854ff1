import type { Place as Standing } from '../../runtime/interaction.ts';
import type { Card } from '../../view/card.ts';
import { problemsCard } from '../../view/form-card.ts';
import type { Reader } from '../../view/reader.ts';
import { decodePress, decodeValues } from './decode.ts';
import type { PressDelivery, SubmitDelivery, Surroundings } from './delivery.ts';
import { errorsAnswer, formButton, replacement } from './encode.ts';
import { linkPrefix } from './render/button.ts';
import { formCallbackId, renderForm } from './render/form.ts';
import { readMetadata } from './render/metadata.ts';
import { openForm, openView, type Place, refreshHome, show, showPrivately } from './show.ts';
import { placeOf } from './whereabouts.ts';

/** A pressed button: in a message, in a dialog or on the home screen. */
export async function handlePress(around: Surroundings, delivery: PressDelivery): Promise<void> {
  const { payload, visitor, requestId } = delivery;
  const [pressed] = payload.actions;
  if (!pressed || pressed.action_id.startsWith(linkPrefix)) {
    delivery.answer();
    return;
  }
  const place: Place = {};
  if (payload.response_url !== undefined) place.responseUrl = payload.response_url;
  if (payload.channel !== undefined) place.channelId = payload.channel.id;
  if (payload.view?.type === 'home') place.home = true;
  const press = decodePress(pressed.action_id, pressed.value);
  // Not a button of ours: the receiver says so.
  if (!press) return;
  const standing = standingOf(payload);
  const interaction = { kind: 'press', press, place: standing } as const;
  const reply = await around.dispatch(visitor, interaction, requestId, delivery.key);
  // Clicks are not sent again, so the answer waits for the work; what is shown comes after it.
  delivery.answer();
  const method = payload.view?.type === 'modal' ? 'views.push' : 'views.open';
  await show(reply, {
    card: (card, reader, update) => showPressResult(around, delivery, card, reader, update, place),
    async form(form, reader) {
      const at = { triggerId: payload.trigger_id, method, place } as const;
      const instead = await openForm(around, delivery, form, reader, at);
      if (instead) await showPrivately(around, delivery, instead, reader, place);
    },
  });
  if (place.home) await refreshHome(around, delivery);
}

/** In a dialog: where it was opened from. */
function standingOf({ channel, message, view }: PressDelivery['payload']): Standing | undefined {
  if (channel !== undefined) return placeOf({ ...channel, threadTs: message?.thread_ts });
  const from = view && readMetadata(view.private_metadata)?.channelId;
  return from === undefined ? undefined : placeOf({ id: from });
}

async function showPressResult(
  around: Surroundings,
  delivery: PressDelivery,
  card: Card,
  reader: Reader,
  update: boolean,
  place: Place,
): Promise<void> {
  const { payload, visitor } = delivery;
  if (payload.view) {
    const view = await around.present.notice(visitor.installation, card, reader);
    if (update && payload.view.type === 'modal') {
      await delivery.call('views.update', { view_id: payload.view.id, view });
      return;
    }
    const method = payload.view.type === 'modal' ? 'views.push' : 'views.open';
    try {
      return await openView(delivery, view, { triggerId: payload.trigger_id, method });
    } catch {
      return showPrivately(around, delivery, card, reader, place);
    }
  }
  const { responseUrl } = place;
  if (update && responseUrl !== undefined) {
    const message = await around.present.message(visitor.installation, card, reader);
    try {
      return await around.respond(responseUrl, replacement(message));
    } catch {
      // Used up or too old: the decision stands, and the person reads it below.
    }
  }
  return showPrivately(around, delivery, card, reader, place);
}

/** A submitted form: its dialog closes when the work is done and stays open with what was typed when it is not. */
export async function handleSubmit(around: Surroundings, delivery: SubmitDelivery): Promise<void> {
  const { payload, visitor, requestId } = delivery;
  const { view } = payload;
  const came = view.callback_id === formCallbackId ? readMetadata(view.private_metadata) : undefined;
  // Not a form of ours: the receiver says so.
  if (!came) return;
  const { press, ...place } = came;
  const state = view.state?.values ?? {};
  const standing = place.channelId === undefined ? undefined : placeOf({ id: place.channelId });
  const interaction = { kind: 'submit', press, values: decodeValues(state), place: standing } as const;
  const { outcome, reader } = await around.dispatch(visitor, interaction, requestId, delivery.key);
  const showHere = (card: Card) => showPrivately(around, delivery, card, reader, place);
  switch (outcome.kind) {
    case 'form-errors': {
      const errors = errorsAnswer(outcome, Object.keys(state), reader);
      const answer = errors ?? {
        response_action: 'update',
        view: await around.present.notice(visitor.installation, problemsCard(outcome, formButton), reader),
      };
      if (!delivery.answer(answer)) await showHere(problemsCard(outcome, formButton));
      return;
    }
    case 'form': {
      const next = renderForm(outcome.form, reader, place);
      delivery.answer({ response_action: 'update', view: next });
      return;
    }
    case 'card':
    case 'later': {
      if (outcome.kind === 'card' && (outcome.refused ?? outcome.card.tone === 'stop')) {
        const notice = await around.present.notice(visitor.installation, outcome.card, reader);
        if (!delivery.answer({ response_action: 'push', view: notice })) await showHere(outcome.card);
        return;
      }
      delivery.answer({ response_action: 'clear' });
      await showHere(outcome.card);
      if (place.home) await refreshHome(around, delivery);
      return;
    }
    case 'options':
      delivery.answer({ response_action: 'clear' });
      return;
    default:
      outcome satisfies never;
  }
}
