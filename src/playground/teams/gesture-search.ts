import { ImpossibleGesture } from '../impossible-gesture.ts';
import { asJson, asList, asText, type Json } from '../json.ts';
import { collect, queryOf } from './card-parts.ts';
import { cardsFor, type Desk, invoke, messageOf, personOf, sceneOf } from './desk.ts';
import { dialogOf } from './gesture-dialog.ts';
import type { Outcome, TeamsChoice } from './outcome.ts';
import { failureOf, outcomeOf, useless, watch } from './watch.ts';

export interface SearchInput {
  user: string;
  tenant?: string;
  /** Where the field is: in a message, or in a dialog (the one in front if neither is named). */
  message?: string;
  card?: number;
  dialog?: string;
  /** Id of the field. */
  input: string;
  text: string;
  /** What has been entered beside it, by input id. */
  values?: Json;
}

/** Most choices that the client asks for at once. */
const top = 15;

/** Types into a list of choices that asks the app for them. */
export async function search(desk: Desk, input: SearchInput): Promise<Outcome> {
  const person = personOf(desk, input.user, input.tenant);
  const message = input.message ? messageOf(desk, person, input.message) : undefined;
  const dialog = message ? undefined : dialogOf(desk, person, input.dialog);
  const card = message ? cardsFor(message, person)[input.card ?? 0] : dialog?.card;
  if (!card) throw new ImpossibleGesture('There is no card to search in.');
  const query = queryOf(card, input.input);
  const scene = sceneOf(desk, input.user, input.tenant, message?.conversation ?? dialog?.conversation);
  const beside = query.associatedInputs === 'auto' ? { data: collect(card, input.values ?? {}) } : {};
  const seen = watch(desk.world, scene);
  const origin = message ?? desk.world.messages.find((one) => one.id === dialog?.message);
  const sent = await invoke(desk, scene, {
    name: 'application/search',
    value: {
      queryText: input.text,
      queryOptions: { skip: 0, top },
      dataset: query.dataset,
      ...beside,
    },
    ...(message ? { replyToId: message.id } : {}),
    ...(origin ? { thread: origin.replyTo ?? origin.id } : {}),
  });
  const failed = failureOf(sent.answer);
  const read = failed ? { error: failed } : readChoices(sent.answer.body);
  if ('choices' in read) {
    const key = person.user.aadObjectId;
    const known = desk.offered.get(key) ?? [];
    desk.offered.set(key, [...known, ...read.choices.map(({ value }) => value)].slice(-500));
  }
  return outcomeOf(sent, seen.stop(), read);
}

function readChoices(body: unknown): { choices: TeamsChoice[] } | { error: string } {
  const { type, value } = asJson(body);
  const { results } = asJson(value);
  if (type !== 'application/vnd.microsoft.search.searchResponse' || !Array.isArray(results)) {
    return { error: `${useless} (no list of choices)` };
  }
  const choices = asList(results).map((one) => ({ title: asText(one.title), value: asText(one.value) }));
  const isWhole = choices.length === results.length && choices.every((one) => one.title && one.value);
  if (!isWhole) return { error: `${useless} (a choice without title or value)` };
  if (choices.length > top) return { error: `${useless} (more than ${top} choices)` };
  return { choices };
}
