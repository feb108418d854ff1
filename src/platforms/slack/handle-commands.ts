import { command as commandNode } from '../../kernel/text.ts';
import { decodeLine, decodeLookups } from './decode.ts';
import type { Delivery, LookupDelivery, ShortcutDelivery, Surroundings } from './delivery.ts';
import { ephemeral, optionsAnswer } from './encode.ts';
import { globalShortcutId, messageShortcutId } from './manifest.ts';
import { slackMessages as t } from './messages.ts';
import type { CommandPayload } from './payloads.ts';
import { openForm, openView, type Place, show, showPrivately } from './show.ts';
import { placeOf } from './whereabouts.ts';
import { everyLanguage, slackCommand, unknownReader } from './words.ts';

/** `/crm …`: answered in the HTTP response, or with a form. */
export async function handleCommand(around: Surroundings, delivery: Delivery<CommandPayload>): Promise<void> {
  const { payload, visitor, requestId } = delivery;
  const place: Place = { channelId: payload.channel_id };
  if (payload.response_url !== undefined) place.responseUrl = payload.response_url;
  if (payload.command !== slackCommand) {
    const words = t('unknown-command', { command: payload.command, help: commandNode('help') });
    const message = await around.present.message(
      visitor.installation,
      everyLanguage(words, around.translate),
      unknownReader(around.translate),
    );
    delivery.answer(ephemeral(message));
    return;
  }
  const line = decodeLine(payload.text).trim();
  const standing = placeOf({ id: payload.channel_id, name: payload.channel_name });
  const interaction = { kind: 'command', line, place: standing } as const;
  const reply = await around.dispatch(visitor, interaction, requestId, delivery.key);
  await show(reply, {
    async card(card, reader) {
      const message = await around.present.message(visitor.installation, card, reader);
      if (!delivery.answer(ephemeral(message))) await showPrivately(around, delivery, card, reader, place);
    },
    async form(form, reader) {
      const at = { triggerId: payload.trigger_id, method: 'views.open' as const, place };
      const instead = await openForm(around, delivery, form, reader, at);
      if (!instead) {
        delivery.answer();
        return;
      }
      const message = await around.present.message(visitor.installation, instead, reader);
      if (!delivery.answer(ephemeral(message))) await showPrivately(around, delivery, instead, reader, place);
    },
  });
}

/** Type-ahead of a field: must be quick, and an empty list is the answer to everything else. */
export async function handleLookup(around: Surroundings, delivery: LookupDelivery): Promise<void> {
  const { payload, visitor, requestId } = delivery;
  const lookups = decodeLookups(payload.action_id);
  if (!lookups) {
    delivery.answer({ options: [] });
    return;
  }
  const query = payload.value;
  const { outcome, reader } = await around.dispatch(visitor, { kind: 'lookup', lookups, query }, requestId);
  delivery.answer(optionsAnswer(outcome, reader));
}

/** *Log to CRM* on a message, and the shortcut from the search bar. */
export async function handleShortcut(around: Surroundings, delivery: ShortcutDelivery): Promise<void> {
  const { payload, visitor, requestId } = delivery;
  const place: Place = {};
  const known = payload.type === 'shortcut' ? globalShortcutId : messageShortcutId;
  // Made by another version of the app: the receiver says so.
  if (payload.callback_id !== known) return;
  let press = around.shortcuts.global();
  if (payload.type === 'message_action') {
    place.channelId = payload.channel.id;
    if (payload.response_url !== undefined) place.responseUrl = payload.response_url;
    const { text, ts } = payload.message;
    press = around.shortcuts.message({ text: decodeLine(text), channelId: payload.channel.id, ts });
  }
  const reply = await around.dispatch(visitor, { kind: 'press', press }, requestId, delivery.key);
  const triggerId = payload.trigger_id;
  delivery.answer();
  await show(reply, {
    async card(card, reader) {
      if (payload.type === 'message_action') return showPrivately(around, delivery, card, reader, place);
      const view = await around.present.notice(visitor.installation, card, reader);
      await openView(delivery, view, { triggerId, method: 'views.open' });
    },
    async form(form, reader) {
      const at = { triggerId, method: 'views.open' as const, place };
      const instead = await openForm(around, delivery, form, reader, at);
      if (instead) await showPrivately(around, delivery, instead, reader, place);
    },
  });
}
