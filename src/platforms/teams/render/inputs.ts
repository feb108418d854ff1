import type { FormField } from '../../../view/form.ts';
import type { Reader } from '../../../view/reader.ts';
import { plain } from '../../../view/spans.ts';
import type { Choice, ChoiceSetInput, InputElement, TextInput } from '../adaptive-card.ts';
import { cutBytes, jsonBytes, limits } from '../limits.ts';
import { teamsMessages as t } from '../messages.ts';
import { deadMarkdown } from './dead-text.ts';
import { orDash, plainWords } from './inline.ts';
import { fieldId } from './values.ts';

/** How much the words around a field may take: UTF-16 units, bytes where it says so. */
export interface Room {
  intro: number;
  label: number;
  hint: number;
  error: number;
  option: number;
  /** Options past this are typed instead. */
  optionsBytes: number;
  valueBytes: number;
}

export interface RenderedInput {
  input: InputElement;
  /** The value had no room and only its beginning is in the input. */
  isCut: boolean;
}

/**
 * The input of a field. Typed kinds (money, dates with times, numbers) are text on purpose: people type `80k` and
 * `fri 10:00`. Required ones are only marked: hosts would refuse empty ones in words of their own.
 */
export function inputOf(field: FormField, reader: Reader, room: Room): RenderedInput {
  const { meta } = field;
  const whole = (input: InputElement | undefined) => (input ? { input, isCut: false } : undefined);
  switch (meta.kind) {
    case 'oneOf':
      return whole(oneOf(field, reader, room)) ?? text(field, reader, room);
    case 'manyOf':
      return whole(manyOf(field, reader, room)) ?? text(field, reader, room);
    case 'flag':
      return { input: flag(field, reader, room), isCut: false };
    case 'ref':
    case 'person':
      return whole(typeAhead(field, reader, room)) ?? text(field, reader, room);
    case 'day':
      return whole(day(field, reader, room)) ?? text(field, reader, room);
    case 'text':
      return whole(typeAhead(field, reader, room)) ?? text(field, reader, room, meta.multiline ?? false);
    case 'note':
      return text(field, reader, room, meta.multiline ?? true);
    case 'email':
      return text(field, reader, room, false, 'Email');
    case 'phone':
      return text(field, reader, room, false, 'Tel');
    case 'money':
    case 'percent':
    case 'number':
    case 'minutes':
    case 'when':
    case 'span':
      return text(field, reader, room);
    default:
      return meta.kind satisfies never;
  }
}

function labelOf({ meta, required }: FormField, reader: Reader, room: Room): string {
  const words = plainWords(meta.label, reader, room.label);
  const label = orDash(words);
  // An unticked box is an answer too.
  return required && meta.kind !== 'flag' ? `${label} *` : label;
}

function text(
  field: FormField,
  reader: Reader,
  room: Room,
  multiline = false,
  style?: 'Email' | 'Tel',
): RenderedInput {
  const { meta, name, value = '' } = field;
  const input: TextInput = {
    type: 'Input.Text',
    id: fieldId('text', name),
    label: labelOf(field, reader, room),
  };
  const shown = jsonBytes(value) > room.valueBytes ? cutBytes(value, room.valueBytes) : value.toWellFormed();
  if (shown !== '') input.value = shown;
  if (meta.placeholder) input.placeholder = plainWords(meta.placeholder, reader, limits.placeholder);
  if (multiline) input.isMultiline = true;
  if (style) input.style = style;
  return { input, isCut: shown !== value.toWellFormed() };
}

/** Only for whole days; what is not one yet stays as the person typed it, to be corrected. */
function day(field: FormField, reader: Reader, room: Room): InputElement | undefined {
  const { name, value = '' } = field;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`));
  if (value !== '' && !isDay) return undefined;
  const label = labelOf(field, reader, room);
  return { type: 'Input.Date', id: fieldId('text', name), label, ...(isDay ? { value } : {}) };
}

function flag(field: FormField, reader: Reader, room: Room): InputElement {
  const isTicked = /^(true|yes|y|1|on|✓|是)$/i.test(field.value ?? '');
  return {
    type: 'Input.Toggle',
    id: fieldId('flag', field.name),
    label: labelOf(field, reader, room),
    title: plain(t('yes'), reader),
    valueOn: 'true',
    valueOff: 'false',
    value: isTicked ? 'true' : 'false',
  };
}

/** Options with circles or boxes before them are read as markdown, those of a menu are not. */
function choicesOf(field: FormField, reader: Reader, room: Room, isMenu: boolean): Choice[] | undefined {
  const all = field.meta.options ?? [];
  const values = new Set(all.map(({ value }) => value));
  if (all.length === 0 || all.length > limits.options || values.size !== all.length || values.has('')) {
    return undefined;
  }
  const choices = all.map(({ value, label }) => {
    const words = plainWords(label, reader, room.option);
    return { title: orDash(isMenu ? words : deadMarkdown(words)), value };
  });
  return jsonBytes(choices) > room.optionsBytes ? undefined : choices;
}

/** Few and required: all in sight. Otherwise a menu. */
function oneOf(field: FormField, reader: Reader, room: Room): ChoiceSetInput | undefined {
  const isMenu = (field.meta.options ?? []).length > 4 || !field.required;
  const choices = choicesOf(field, reader, room, isMenu);
  if (!choices) return undefined;
  const isKnown = choices.some(({ value }) => value === field.value);
  const input: ChoiceSetInput = {
    type: 'Input.ChoiceSet',
    id: fieldId('text', field.name),
    label: labelOf(field, reader, room),
    style: isMenu ? 'compact' : 'expanded',
    choices,
  };
  if (!isMenu) input.wrap = true;
  if (isKnown && field.value !== undefined) input.value = field.value;
  return input;
}

function manyOf(field: FormField, reader: Reader, room: Room): ChoiceSetInput | undefined {
  const choices = choicesOf(field, reader, room, false);
  // They come back comma separated.
  if (!choices || choices.some(({ value }) => value.includes(','))) return undefined;
  const chosen = new Set((field.value ?? '').split(',').map((part) => part.trim()));
  const value = choices.filter((choice) => chosen.has(choice.value)).map((choice) => choice.value);
  return {
    type: 'Input.ChoiceSet',
    id: fieldId('many', field.name),
    label: labelOf(field, reader, room),
    style: choices.length <= limits.checkboxes ? 'expanded' : 'compact',
    isMultiSelect: true,
    wrap: true,
    choices,
    ...(value.length > 0 ? { value: value.join(',') } : {}),
  };
}

/** Asks us for options while the person types; the data set says which lookups answer. */
function typeAhead(field: FormField, reader: Reader, room: Room): ChoiceSetInput | undefined {
  const { meta, name, valueLabel } = field;
  const value = (field.value ?? '').toWellFormed();
  const lookups = meta.lookups ?? [];
  if (lookups.length === 0 || jsonBytes(value) > Math.min(room.valueBytes, 600)) return undefined;
  const title = valueLabel === undefined || valueLabel.trim() === '' ? value : valueLabel;
  const current = { title: orDash(plainWords(title, reader, Math.max(room.option, 60))), value };
  const input: ChoiceSetInput = {
    type: 'Input.ChoiceSet',
    id: fieldId('text', name),
    label: labelOf(field, reader, room),
    style: 'filtered',
    choices: value === '' ? [] : [current],
    'choices.data': { type: 'Data.Query', dataset: lookups.join(',') },
  };
  if (value !== '') input.value = value;
  if (meta.placeholder) input.placeholder = plainWords(meta.placeholder, reader, limits.placeholder);
  return input;
}
