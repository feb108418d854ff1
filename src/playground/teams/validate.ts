import { asJson, asText, isJson, type Json } from '../json.ts';
import { actions, elements, extensions, type Kind, parts, type Shape } from './card-schema.ts';
import { checkEntities } from './check-entities.ts';

/** What is wrong with a card, and where: a JSON pointer. */
export interface Problem {
  at: string;
  message: string;
}

export const cardLimits = { bytes: 28 * 1024, actions: 6, refreshUsers: 60, depth: 24 } as const;

/** What is gathered on the way through a card. */
interface Walk {
  problems: Problem[];
  /** Ids of inputs: they become field names of what is sent, so each may occur once. */
  inputs: Set<string>;
  ids: Set<string>;
  targets: { at: string; id: string }[];
  texts: string[];
}

/** Judges a card as Teams would: known elements of version 1.5, its own extensions, and its limits. */
export function validateCard(card: unknown): Problem[] {
  const walk: Walk = { problems: [], inputs: new Set(), ids: new Set(), targets: [], texts: [] };
  const bytes = Buffer.byteLength(JSON.stringify(card ?? null));
  if (bytes > cardLimits.bytes) add(walk, '', `has ${bytes} bytes, more than ${cardLimits.bytes}`);
  checkShape(walk, card, parts.card, '', 0);
  const { refresh, msteams } = asJson(card);
  if (refresh !== undefined) checkRefresh(walk, refresh);
  for (const { at, id } of walk.targets) {
    if (!walk.ids.has(id)) add(walk, at, `names "${id}", which no element has as its id`);
  }
  walk.problems.push(...checkEntities(asJson(msteams).entities, walk.texts, '/msteams/entities'));
  return walk.problems;
}

export function problemLine({ at, message }: Problem): string {
  return `${at || '/'} ${message}`;
}

function add(walk: Walk, at: string, message: string): void {
  walk.problems.push({ at, message });
}

function checkShape(walk: Walk, value: unknown, shape: Shape, at: string, depth: number): void {
  if (!isJson(value)) {
    add(walk, at, 'is no object');
    return;
  }
  if (depth > cardLimits.depth) {
    add(walk, at, 'is nested too deeply');
    return;
  }
  for (const name of shape.needs) {
    if (value[name] === undefined) add(walk, `${at}/${name}`, 'is missing');
  }
  for (const [name, field] of Object.entries(value)) {
    const kind = Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
    if (kind === undefined) add(walk, `${at}/${name}`, 'is no field that Teams knows here');
    else checkField(walk, field, kind, `${at}/${name}`, depth + 1);
  }
}

const plainKinds: Partial<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  text: (value) => typeof value === 'string' && value !== '',
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  numeric: (value) => value !== '' && Number.isFinite(Number(value)) && typeof value !== 'boolean',
  boolean: (value) => typeof value === 'boolean',
  url: (value) => typeof value === 'string' && isUrl(value),
  day: (value) => value === '' || (typeof value === 'string' && isDay(value)),
  time: (value) => value === '' || (typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value)),
  object: isJson,
  data: (value) => isJson(value) || typeof value === 'string',
  anything: () => true,
};

function checkField(walk: Walk, value: unknown, kind: Kind, at: string, depth: number): void {
  if (typeof kind !== 'string') {
    const isListed =
      typeof value === 'string' && kind.some((one) => one.toLowerCase() === value.toLowerCase());
    if (!isListed) add(walk, at, `is none of ${kind.join(', ')}`);
    return;
  }
  const isPlain = plainKinds[kind];
  if (isPlain) {
    if (!isPlain(value)) add(walk, at, `is no ${kind}`);
    if (at.endsWith('/text') || at.endsWith('/value')) walk.texts.push(asText(value));
    return;
  }
  if (kind === 'action') {
    checkAction(walk, value, at, depth, 'selectAction');
    return;
  }
  if (kind === 'query') {
    checkShape(walk, value, parts.query, at, depth);
    return;
  }
  if (kind === 'card') {
    checkShape(walk, value, parts.card, at, depth);
    return;
  }
  if (!Array.isArray(value)) {
    add(walk, at, 'is no list');
    return;
  }
  if (kind === 'actions' && value.length > cardLimits.actions) {
    add(walk, at, `has ${value.length} actions; Teams shows ${cardLimits.actions}`);
  }
  value.forEach((item: unknown, index) => {
    checkItem(walk, item, kind, `${at}/${index}`, depth + 1);
  });
}

function checkItem(walk: Walk, item: unknown, kind: Kind, at: string, depth: number): void {
  if (kind === 'elements') {
    checkElement(walk, item, at, depth);
    return;
  }
  if (kind === 'actions') {
    checkAction(walk, item, at, depth);
    return;
  }
  if (kind === 'images') {
    checkTyped(walk, item, 'Image', elements.Image, at, depth);
    return;
  }
  if (kind === 'columns') {
    checkTyped(walk, item, 'Column', parts.column, at, depth);
    return;
  }
  if (kind === 'rows') {
    checkTyped(walk, item, 'TableRow', parts.row, at, depth);
    return;
  }
  if (kind === 'cells') {
    checkTyped(walk, item, 'TableCell', parts.cell, at, depth);
    return;
  }
  if (kind === 'facts') {
    checkShape(walk, item, parts.fact, at, depth);
    return;
  }
  if (kind === 'choices') {
    checkShape(walk, item, parts.choice, at, depth);
    return;
  }
  if (kind === 'inlines') {
    if (typeof item !== 'string') checkTyped(walk, item, 'TextRun', parts.run, at, depth);
    return;
  }
  if (kind === 'targets') {
    walk.targets.push({ at, id: typeof item === 'string' ? item : asText(asJson(item).elementId) });
    return;
  }
  if (!isJson(item)) add(walk, at, 'is no object');
}

function checkTyped(
  walk: Walk,
  item: unknown,
  type: string,
  shape: Shape | undefined,
  at: string,
  depth: number,
): void {
  const { type: given, id } = asJson(item);
  // Columns, rows and cells may leave their type out.
  if (given !== undefined && given !== type) {
    add(walk, `${at}/type`, `is not ${type}`);
    return;
  }
  if (typeof id === 'string') walk.ids.add(id);
  if (shape) checkShape(walk, item, shape, at, depth);
}

function checkElement(walk: Walk, item: unknown, at: string, depth: number): void {
  const element = asJson(item);
  const type = asText(element.type);
  const extension = Object.hasOwn(extensions, type) ? extensions[type] : undefined;
  const shape = extension ?? (Object.hasOwn(elements, type) ? elements[type] : undefined);
  if (!shape) {
    add(walk, `${at}/type`, `"${type}" is no element that Teams knows`);
    return;
  }
  if (extension) checkFallback(walk, element, at, depth);
  else if (isJson(element.fallback)) checkFallback(walk, element, at, depth);
  const id = asText(element.id);
  if (type.startsWith('Input.')) checkInput(walk, element, id, at);
  if (id) walk.ids.add(id);
  checkShape(walk, element, shape, at, depth);
}

/** An extension with nothing to show in its place leaves a hole on older clients. */
function checkFallback(walk: Walk, { type, fallback }: Json, at: string, depth: number): void {
  if (fallback === undefined) add(walk, `${at}/fallback`, `is missing: not every client shows ${type}`);
  else if (fallback !== 'drop') checkElement(walk, fallback, `${at}/fallback`, depth + 1);
}

function checkInput(walk: Walk, element: Json, id: string, at: string): void {
  if (id && walk.inputs.has(id)) add(walk, `${at}/id`, `"${id}" names more than one input`);
  walk.inputs.add(id);
  if (element.isRequired === true && !asText(element.errorMessage)) {
    add(walk, `${at}/errorMessage`, 'is missing: a required input that is empty would say nothing');
  }
  if (element.isRequired === true && !asText(element.label)) {
    add(walk, `${at}/label`, 'is missing: Teams marks what is required at the label');
  }
  if (element.type !== 'Input.ChoiceSet') return;
  const choices = Array.isArray(element.choices) ? element.choices : [];
  if (choices.length === 0 && !element['choices.data']) add(walk, `${at}/choices`, 'is empty');
  const values = choices.map((choice) => asText(asJson(choice).value));
  if (new Set(values).size < values.length) add(walk, `${at}/choices`, 'has the same value twice');
}

function checkAction(walk: Walk, item: unknown, at: string, depth: number, place?: 'selectAction'): void {
  const action = asJson(item);
  const type = asText(action.type);
  const shape = Object.hasOwn(actions, type) ? actions[type] : undefined;
  if (!shape) {
    add(walk, `${at}/type`, `"${type}" is no action that Teams knows`);
    return;
  }
  if (place && type === 'Action.ShowCard') add(walk, `${at}/type`, 'cannot be Action.ShowCard here');
  if (!place && !asText(action.title)) add(walk, `${at}/title`, 'is missing: a button without words');
  if (action.fallback !== undefined && action.fallback !== 'drop') {
    checkAction(walk, action.fallback, `${at}/fallback`, depth + 1, place);
  }
  checkShape(walk, action, shape, at, depth);
}

function checkRefresh(walk: Walk, refresh: unknown): void {
  const { action, userIds } = asJson(refresh);
  if (asJson(action).type !== 'Action.Execute') {
    add(walk, '/refresh/action/type', 'is not Action.Execute');
  }
  if (userIds === undefined) return;
  if (!Array.isArray(userIds) || !userIds.every((id) => typeof id === 'string')) {
    add(walk, '/refresh/userIds', 'is no list of ids');
  } else if (userIds.length > cardLimits.refreshUsers) {
    add(walk, '/refresh/userIds', `has ${userIds.length} ids, more than ${cardLimits.refreshUsers}`);
  }
}

function isUrl(value: string): boolean {
  if (/^data:image\/(png|jpeg|gif|svg\+xml);base64,/.test(value)) return true;
  return (
    URL.canParse(value) &&
    ['http:', 'https:', 'mailto:', 'tel:', 'msteams:'].includes(new URL(value).protocol)
  );
}

function isDay(value: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`));
}
