import { ImpossibleGesture } from '../impossible-gesture.ts';
import { asJson, asList, asText, isJson, type Json } from '../json.ts';

/** An element that can be used, and the block it sits in. */
export interface Found {
  block: Json;
  element: Json;
}

/** Every interactive element of these blocks, in reading order. */
export function elementsOf(blocks: readonly Json[]): Found[] {
  return blocks.flatMap((block) => {
    const elements = [...asList(block.elements), ...[block.accessory, block.element].filter(isJson)];
    return elements
      .filter((element) => typeof element.action_id === 'string')
      .map((element) => ({ block, element }));
  });
}

/** Those that hold a value: everything but buttons and menus. */
export function inputsOf(blocks: readonly Json[]): Found[] {
  return elementsOf(blocks).filter(({ element }) => element.type !== 'button' && element.type !== 'overflow');
}

/** `state.values`: what was entered, else what the form came with. */
export function valuesOf(blocks: readonly Json[], entered: Json): Json {
  const values: Json = {};
  for (const { block, element } of inputsOf(blocks)) {
    const given = asJson(entered[asText(block.block_id)])[asText(element.action_id)];
    const state = isJson(given) ? given : initialState(element);
    values[asText(block.block_id)] = {
      ...asJson(values[asText(block.block_id)]),
      [asText(element.action_id)]: state,
    };
  }
  return values;
}

const stateField: Record<string, string> = {
  plain_text_input: 'value',
  email_text_input: 'value',
  url_text_input: 'value',
  number_input: 'value',
  rich_text_input: 'rich_text_value',
  datepicker: 'selected_date',
  timepicker: 'selected_time',
  datetimepicker: 'selected_date_time',
  static_select: 'selected_option',
  external_select: 'selected_option',
  radio_buttons: 'selected_option',
  users_select: 'selected_user',
  conversations_select: 'selected_conversation',
  channels_select: 'selected_channel',
  checkboxes: 'selected_options',
  multi_static_select: 'selected_options',
  multi_external_select: 'selected_options',
  multi_users_select: 'selected_users',
  multi_conversations_select: 'selected_conversations',
  multi_channels_select: 'selected_channels',
  overflow: 'selected_option',
};

/** The name of the field that carries this element's value, such as `selected_date`. */
export function fieldOf(element: Json): string {
  return stateField[asText(element.type)] ?? 'value';
}

function initialState(element: Json): Json {
  const type = asText(element.type);
  const field = fieldOf(element);
  const isMany = field.endsWith('s');
  const initial =
    element[field === 'value' ? 'initial_value' : field.replace(/^selected_|_value$/, 'initial_')];
  const rich = field === 'rich_text_value' ? element.initial_value : undefined;
  return { type, [field]: rich ?? initial ?? (isMany ? [] : null) };
}

/**
 * The state of an element after somebody entered `given`: a plain value (text, day, option value, label or id; lists for
 * several), or an object that is taken as it is. `offered` are options that a type-ahead brought.
 */
export function stateOf(element: Json, given: unknown, offered: readonly Json[] = []): Json {
  const type = asText(element.type);
  const field = fieldOf(element);
  if (isJson(given) && (field in given || 'type' in given)) return { ...given, type };
  if (given === null || given === undefined || given === '') {
    return { type, [field]: field.endsWith('s') ? [] : null };
  }
  if (field === 'selected_option') return { type, [field]: optionOf(element, given, offered) };
  if (field === 'selected_options') {
    const many = Array.isArray(given) ? given : [given];
    return { type, [field]: many.map((one) => optionOf(element, one, offered)) };
  }
  if (field.endsWith('s')) return { type, [field]: (Array.isArray(given) ? given : [given]).map(String) };
  if (field === 'selected_date_time') return { type, [field]: Number(given) };
  if (field === 'rich_text_value') return { type, [field]: given };
  return { type, [field]: String(given) };
}

function optionOf(element: Json, given: unknown, offered: readonly Json[]): Json {
  if (isJson(given)) return given;
  const options = [
    ...asList(element.options),
    ...asList(element.option_groups).flatMap((group) => asList(group.options)),
    ...offered,
  ];
  const found = options.find((option) => option.value === given || asJson(option.text).text === given);
  if (found) return found;
  throw new ImpossibleGesture(
    `"${String(given)}" is not offered by ${asText(element.action_id)}; there are: ${options.map((option) => option.value).join(', ') || 'none (ask for options first)'}.`,
  );
}

/**
 * Typed values by block id, action id or label, as `state.values` wants them.
 * @throws ImpossibleGesture for a field the form doesn't have
 */
export function enter(
  blocks: readonly Json[],
  entered: Json,
  given: Json,
  offered: readonly Json[] = [],
): Json {
  const inputs = inputsOf(blocks);
  const values = structuredClone(entered);
  for (const [name, value] of Object.entries(given)) {
    const found = inputs.filter(
      ({ block, element }) =>
        block.block_id === name || element.action_id === name || asText(asJson(block.label).text) === name,
    );
    if (found.length === 0) throw new ImpossibleGesture(`The form has no field "${name}".`);
    const isNested = found.some(({ element }) => isJson(asJson(value)[asText(element.action_id)]));
    for (const { block, element } of isNested ? found : found.slice(0, 1)) {
      const nested = isNested ? asJson(value)[asText(element.action_id)] : undefined;
      if (isNested && nested === undefined) continue;
      const blockId = asText(block.block_id);
      const state = stateOf(element, nested ?? value, offered);
      values[blockId] = { ...asJson(values[blockId]), [asText(element.action_id)]: state };
    }
  }
  return values;
}

/** What Slack's own client refuses before it sends anything, by block id. */
export function clientErrors(blocks: readonly Json[], values: Json): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { block, element } of inputsOf(blocks)) {
    if (block.type !== 'input') continue;
    const blockId = asText(block.block_id);
    const state = asJson(asJson(values[blockId])[asText(element.action_id)]);
    const value = state[fieldOf(element)];
    const isEmpty =
      value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
    if (isEmpty) {
      if (block.optional !== true) errors[blockId] = 'Please complete this required field.';
      continue;
    }
    const message = typeof value === 'string' ? textError(element, value) : undefined;
    if (message) errors[blockId] = message;
  }
  return errors;
}

function textError(element: Json, value: string): string | undefined {
  const { type } = element;
  if (type === 'email_text_input' && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value))
    return 'Please enter a valid email address.';
  if (type === 'url_text_input' && !URL.canParse(value)) return 'Please enter a valid URL.';
  if (type === 'number_input') {
    const amount = Number(value);
    if (!Number.isFinite(amount)) return 'Please enter a number.';
    if (element.is_decimal_allowed === false && !Number.isInteger(amount))
      return 'Please enter a whole number.';
    if (typeof element.min_value === 'string' && amount < Number(element.min_value))
      return `Must be at least ${element.min_value}.`;
    if (typeof element.max_value === 'string' && amount > Number(element.max_value))
      return `Must be at most ${element.max_value}.`;
  }
  if (typeof element.min_length === 'number' && value.length < element.min_length) {
    return `Must be at least ${element.min_length} characters.`;
  }
  const max = typeof element.max_length === 'number' ? element.max_length : 3_000;
  return value.length > max ? `Must be less than ${max + 1} characters.` : undefined;
}
