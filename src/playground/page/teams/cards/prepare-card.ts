import { asJson, asList, asText, isJson, type Json } from '../../../json.ts';

/** Whatever the app put in there is its own: never a button, never a field. */
const opaque = new Set(['data', 'refresh', 'metadata', 'msteams', 'choices']);

/**
 * A copy of the card to draw: every button carries its JSON pointer as its id, so that a press can be told, and
 * lists that ask the app for their choices become an element of ours.
 */
export function prepareCard(card: Json): Json {
  return asJson(prepared(card, ''));
}

function prepared(value: unknown, at: string): unknown {
  if (Array.isArray(value)) return value.map((item: unknown, index) => prepared(item, `${at}/${index}`));
  if (!isJson(value)) return value;
  const copy = Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      opaque.has(name) ? field : prepared(field, `${at}/${name}`),
    ]),
  );
  const type = asText(value.type);
  if (type.startsWith('Action.')) copy.id = at;
  if (type === 'Input.ChoiceSet' && isJson(value['choices.data'])) copy.type = 'Input.TypeAhead';
  return copy;
}

/** The marks of a card that really are mentions. */
export function mentionMarks(card: Json): string[] {
  return asList(asJson(card.msteams).entities)
    .filter((entity) => entity.type === 'mention')
    .map((entity) => asText(entity.text))
    .filter((mark) => /^<at[^>]*>[^<]+<\/at>$/.test(mark));
}
