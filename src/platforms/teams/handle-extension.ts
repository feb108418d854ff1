import { command } from '../../kernel/text.ts';
import type { Card } from '../../view/card.ts';
import { plain } from '../../view/spans.ts';
import { chosenSchema, linkSchema, messageActionSchema, querySchema, searchSchema } from './activities.ts';
import { choicesAnswer, extensionMessage, type Result, resultsAnswer } from './answers.ts';
import { decodeHtml } from './decode.ts';
import type { Delivery, Search, Surroundings } from './delivery.ts';
import { logCommandId, newLeadCommandId, searchedKind, searchParameter } from './extension-ids.ts';
import { open } from './handle-dialog.ts';
import { limits } from './limits.ts';
import { teamsMessages as t } from './messages.ts';
import { refusal } from './refusal.ts';
import { renderCard } from './render/card.ts';
import { plainWords } from './render/inline.ts';
import { cardOf } from './show.ts';

/** Teams refuses more options than this at once, of a field and of the message extension. */
const mostChoices = 15;
const mostResults = 25;
/** Longer than any message; what a note takes of it is the engine's business. */
const mostText = 30_000;

/** Type-ahead of a field. An empty list is the answer to everything it cannot be asked. */
export async function handleTypeAhead(around: Surroundings, delivery: Delivery): Promise<object> {
  const read = searchSchema.safeParse(delivery.activity.value);
  const lookups = read.success ? (read.data.dataset ?? '').split(',').filter((name) => name !== '') : [];
  if (!read.success || lookups.length === 0) return choicesAnswer([]);
  const query = read.data.queryText ?? '';
  const { visitor, requestId } = delivery;
  const { outcome, reader } = await around.dispatch(visitor, { kind: 'lookup', lookups, query }, requestId);
  if (outcome.kind !== 'options') return choicesAnswer([]);
  const most = Math.min(read.data.queryOptions?.top ?? mostChoices, mostChoices);
  const choices = outcome.options.map(({ value, label }) => ({
    title: plainWords(label, reader, limits.label) || value,
    value,
  }));
  return choicesAnswer(choices.filter(({ value }) => value !== '').slice(0, most));
}

/** Finds records for somebody who is writing a message. Only they see the list. */
export async function handleQuery(around: Surroundings, delivery: Delivery): Promise<object> {
  const read = querySchema.safeParse(delivery.activity.value);
  const kind = read.success ? searchedKind(read.data.commandId) : undefined;
  const search = searchOf(around, kind);
  if (!read.success || !search) return unknownRequest(delivery);
  const typed = (read.data.parameters ?? []).find(({ name }) => name === searchParameter)?.value;
  const query = typeof typed === 'string' ? typed : '';
  const { visitor, requestId } = delivery;
  const lookup = { kind: 'lookup', lookups: [search.kind], query } as const;
  const { outcome, reader } = await around.dispatch(visitor, lookup, requestId);
  if (outcome.kind !== 'options') {
    return extensionMessage(plainWords(cardOf(outcome).title ?? '–', reader, limits.title));
  }
  const results = outcome.options.slice(0, mostResults).map(({ value, label }): Result => {
    const title = plainWords(label, reader, limits.label) || value;
    // Shown if a client does not ask for the whole: no more than the number.
    const { card } = renderCard(shared(value, search, value), reader);
    return { card, title, text: plain(search.label, reader), tap: { kind: search.kind, key: value } };
  });
  return resultsAnswer(results);
}

/** A chosen record, to be sent to whoever reads the conversation. */
export async function handleSelect(around: Surroundings, delivery: Delivery): Promise<object> {
  const read = chosenSchema.safeParse(delivery.activity.value);
  const result = read.success ? await sharedResult(around, delivery, read.data) : undefined;
  return result ? resultsAnswer([result]) : unknownRequest(delivery);
}

/** A pasted link of ours. Nothing is shown of what the person who pastes it may not see. */
export async function handleLink(around: Surroundings, delivery: Delivery): Promise<object> {
  const read = linkSchema.safeParse(delivery.activity.value);
  const link = read.success ? around.extension.readLink(read.data.url) : undefined;
  const result = link ? await sharedResult(around, delivery, link) : undefined;
  return resultsAnswer(result ? [result] : []);
}

/** *New lead* from the composer, *Log to CRM* on a message. */
export async function handleCommand(around: Surroundings, delivery: Delivery): Promise<object> {
  const read = messageActionSchema.safeParse(delivery.activity.value);
  if (!read.success) return unknownRequest(delivery);
  const { commandId, messagePayload } = read.data;
  if (commandId === newLeadCommandId) return open(around, delivery, around.extension.newLead());
  if (commandId !== logCommandId) return unknownRequest(delivery);
  const { content, contentType } = messagePayload?.body ?? {};
  const said = (content ?? '').slice(0, mostText);
  const text = contentType === 'text' ? said : decodeHtml(said);
  return open(around, delivery, around.extension.logMessage({ text }));
}

function searchOf({ extension }: Surroundings, kind: string | undefined): Search | undefined {
  return extension.searches.find((search) => search.kind === kind);
}

/**
 * What of a record may stand before everybody in a conversation: number and name. Whoever wants more presses, and gets
 * what they may see. `undefined`: there is no such record, or not for whoever would show it.
 */
async function sharedResult(
  around: Surroundings,
  delivery: Delivery,
  { kind, key }: { kind: string; key: string },
): Promise<Result | undefined> {
  const { visitor, requestId } = delivery;
  const search = searchOf(around, kind);
  if (!search) return undefined;
  const found = await around.dispatch(visitor, { kind: 'lookup', lookups: [kind], query: key }, requestId);
  const options = found.outcome.kind === 'options' ? found.outcome.options : [];
  if (!options.some(({ value }) => value === key)) return undefined;
  const press = search.show(key);
  const { outcome, reader } = await around.dispatch(visitor, { kind: 'press', press }, requestId);
  if (outcome.kind !== 'card' || outcome.refused === true) return undefined;
  const title = plainWords(outcome.card.title ?? key, reader, limits.title);
  // A record's own card begins with its number; anything else is a reason why it is not shown.
  if (!title.startsWith(key)) return undefined;
  const { card } = await around.present.message(visitor.installation, shared(title, search, key), reader);
  return { card, title, text: plain(search.label, reader) };
}

function shared(title: string, search: Search, key: string): Card {
  return {
    tone: 'plain',
    title,
    blocks: [
      { t: 'context', of: t('shared-hint') },
      { t: 'buttons', buttons: [{ label: t('show'), press: search.show(key), style: 'primary' }] },
    ],
  };
}

function unknownRequest(delivery: Delivery): object {
  return refusal(delivery, t('unknown-request', { help: command('help') }));
}
