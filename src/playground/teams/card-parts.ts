import { isDeepStrictEqual } from 'node:util';
import { ImpossibleGesture } from '../impossible-gesture.ts';
import { asJson, asList, asText, isJson, type Json } from '../json.ts';

/** A node of a card and its JSON pointer. */
interface Node {
  at: string;
  node: Json;
}

/** Which button: its place among the card's buttons, its JSON pointer, its title, id or verb, or the action itself. */
export type ActionChoice = number | string | Json;

/** Whatever the app put in there is its own: never a button, never a field. */
const opaque = new Set(['data', 'fallback', 'refresh', 'metadata', 'msteams', 'choices']);

function nodesOf(value: unknown, at = ''): Node[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => nodesOf(item, `${at}/${index}`));
  if (!isJson(value)) return [];
  const inner = Object.entries(value)
    .filter(([name]) => !opaque.has(name))
    .flatMap(([name, field]) => nodesOf(field, `${at}/${name}`));
  return [{ at, node: value }, ...inner];
}

/** Every action somebody could press, in the order of the card. */
export function actionsOf(card: Json): Node[] {
  return nodesOf(card).filter(({ node }) => asText(node.type).startsWith('Action.'));
}

export function inputsOf(card: Json): Json[] {
  return nodesOf(card)
    .map(({ node }) => node)
    .filter((node) => asText(node.type).startsWith('Input.'));
}

/** @throws ImpossibleGesture if the card has no such button, or it is switched off */
export function actionIn(card: Json, choice: ActionChoice): Json {
  const all = actionsOf(card);
  const found =
    typeof choice === 'number'
      ? all[choice]
      : typeof choice !== 'string'
        ? all.find(({ node }) => isDeepStrictEqual(node, choice))
        : choice.startsWith('/')
          ? all.find(({ at }) => at === choice)
          : all.find(({ node }) => [node.title, node.id, node.verb].includes(choice));
  const name = typeof choice === 'object' ? 'such action' : `action "${choice}"`;
  if (!found) throw new ImpossibleGesture(`The card has no ${name}.`);
  if (found.node.isEnabled === false) throw new ImpossibleGesture(`The ${name} is switched off.`);
  return found.node;
}

/** What the fields of a card hold when it appears. */
function initialValue(input: Json): string {
  if (input.type === 'Input.Toggle') return asText(input.value) || asText(input.valueOff) || 'false';
  return input.value === undefined || input.value === null ? '' : String(input.value);
}

/** The fields as the client collects them: strings all, those left empty not at all. */
export function collect(card: Json, given: Json): Record<string, string> {
  const inputs = inputsOf(card);
  for (const id of Object.keys(given)) {
    if (!inputs.some((input) => input.id === id))
      throw new ImpossibleGesture(`The card has no input "${id}".`);
  }
  const entries = inputs.map((input): [string, string] => {
    const id = asText(input.id);
    return [id, Object.hasOwn(given, id) ? entered(input, given[id]) : initialValue(input)];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}

function entered(input: Json, value: unknown): string {
  if (input.type === 'Input.Toggle' && typeof value === 'boolean') {
    return value ? asText(input.valueOn) || 'true' : asText(input.valueOff) || 'false';
  }
  if (Array.isArray(value)) return value.map(String).join(',');
  return value === null || value === undefined ? '' : String(value);
}

/** What the client would complain about before it sends anything, by input id. */
export function complaints(
  card: Json,
  values: Readonly<Record<string, string>>,
  offered: readonly string[],
): Record<string, string> {
  const entries = inputsOf(card).flatMap((input): [string, string][] => {
    const id = asText(input.id);
    const value = values[id] ?? '';
    const isWrong = value === '' ? input.isRequired === true : !isAcceptable(input, value, offered);
    return isWrong ? [[id, asText(input.errorMessage) || 'This input is not valid.']] : [];
  });
  return Object.fromEntries(entries);
}

function isAcceptable(input: Json, value: string, offered: readonly string[]): boolean {
  switch (input.type) {
    case 'Input.Text': {
      if (typeof input.maxLength === 'number' && value.length > input.maxLength) return false;
      return typeof input.regex !== 'string' || new RegExp(input.regex).test(value);
    }
    case 'Input.Number': {
      const number = Number(value);
      return (
        Number.isFinite(number) && isWithin(number, Number(input.min ?? number), Number(input.max ?? number))
      );
    }
    case 'Input.Date':
    case 'Input.Time':
      return isWithin(value, asText(input.min) || value, asText(input.max) || value);
    case 'Input.ChoiceSet':
      return chosen(input, value).every((one) => isOffered(input, one, offered));
    default:
      return true;
  }
}

function isWithin<T extends number | string>(value: T, min: T, max: T): boolean {
  return value >= min && value <= max;
}

function chosen(input: Json, value: string): string[] {
  return input.isMultiSelect === true ? value.split(',') : [value];
}

function isOffered(input: Json, value: string, offered: readonly string[]): boolean {
  const listed = asList(input.choices).some((choice) => choice.value === value);
  const preset = chosen(input, asText(input.value)).includes(value);
  return listed || (isJson(input['choices.data']) && (preset || offered.includes(value)));
}

/** The type-ahead list of an input. @throws ImpossibleGesture if it has none */
export function queryOf(card: Json, inputId: string): Json {
  const input = inputsOf(card).find((one) => one.id === inputId);
  const query = asJson(input)['choices.data'];
  if (!isJson(query)) throw new ImpossibleGesture(`The card asks for no choices at "${inputId}".`);
  return query;
}
