import type { Form, FormField } from '../../../view/form.ts';
import type { Reader } from '../../../view/reader.ts';
import { plain } from '../../../view/spans.ts';
import type { InputElement, ModalView, SlackBlock, SlackOption } from '../block-kit.ts';
import { cut, limits } from '../limits.ts';
import { slackMessages as t } from '../messages.ts';
import { plainText } from './button.ts';
import { plainWords, richText, richTextBlock, section } from './inline.ts';
import { textLength } from './measure.ts';
import { type FormMetadata, writeMetadata } from './metadata.ts';

export const formCallbackId = 'form';
/** `block_id` of a field's input; Slack reports errors by it. */
export const fieldPrefix = 'f:';
export const lookupPrefix = 'lookup:';
/** Tells a single tick from a list of ticks when they come back. */
export const flagPrefix = 'flag:';

/**
 * A form as a modal. Typed kinds (money, dates with times, numbers) are text inputs on purpose: people type
 * `80k` and `fri 10:00`, and our own words stand under the field when they cannot be read.
 * Throws RangeError when the press is past what a view carries; the engine stores such presses first.
 */
export function renderForm(form: Form, reader: Reader, came: Omit<FormMetadata, 'press'> = {}): ModalView {
  let blocks = formBlocks(form, reader, roomy);
  if (textLength(blocks) > limits.totalText) blocks = formBlocks(form, reader, tight);
  return {
    type: 'modal',
    callback_id: formCallbackId,
    private_metadata: writeMetadata({ press: form.press, ...came }),
    title: title(plainWords(form.title, reader, 200), reader),
    submit: plainText(plainWords(form.submit, reader, limits.viewTitle), limits.viewTitle),
    close: plainText(plain(t('cancel'), reader), limits.viewTitle),
    blocks: blocks as ModalView['blocks'],
  };
}

/** How many characters the words around a field may take. */
interface Room {
  intro: number;
  label: number;
  hint: number;
  error: number;
  option: number;
}
const roomy: Room = { intro: 2000, label: 200, hint: 300, error: 300, option: limits.optionText };
const tight: Room = { intro: 300, label: 60, hint: 0, error: 80, option: 20 };

function formBlocks(form: Form, reader: Reader, room: Room): SlackBlock[] {
  const blocks: SlackBlock[] = [];
  if (form.intro !== undefined) {
    const intro = richText(form.intro, reader, () => undefined, room.intro);
    if (intro.length > 0) blocks.push(richTextBlock(section(intro)));
  }
  const fields = form.fields.slice(0, Math.floor((limits.viewBlocks - 1) / 2));
  const first = fields.find(({ value }) => value === undefined || value === '');
  for (const field of fields) {
    if (field.error !== undefined) {
      const words = plainWords(field.error, reader, room.error);
      if (words.trim() !== '') {
        blocks.push({ type: 'context', elements: [plainText(`⚠️ ${words}`, limits.text)] });
      }
    }
    blocks.push(input(field, reader, room, field === first));
  }
  return blocks.length > 0 ? blocks : [{ type: 'divider' }];
}

function title(words: string, reader: Reader) {
  return plainText(words.trim() === '' ? plain(t('title-form'), reader) : words, limits.viewTitle);
}

function input(field: FormField, reader: Reader, room: Room, focus: boolean): SlackBlock {
  const { name, meta } = field;
  const element: InputElement & { focus_on_load?: boolean } = elementOf(field, reader, room);
  if (focus) element.focus_on_load = true;
  const block: SlackBlock = {
    type: 'input',
    block_id: cut(`${fieldPrefix}${name}`, limits.id),
    label: plainText(plainWords(meta.label, reader, room.label), limits.inputLabel),
    element,
    // An unticked box is an answer too; a required input would demand the tick.
    optional: meta.kind === 'flag' || !field.required,
  };
  const isHinted = meta.hint !== undefined && room.hint > 0;
  const hint = isHinted ? plainWords(meta.hint ?? '', reader, room.hint) : '';
  if (hint.trim() !== '') block.hint = plainText(hint, limits.inputHint);
  return block;
}

function elementOf(field: FormField, reader: Reader, room: Room): InputElement {
  const { meta, value = '' } = field;
  switch (meta.kind) {
    case 'oneOf':
      return oneOf(field, reader, room) ?? textInput(field, false);
    case 'manyOf':
      return manyOf(field, reader, room) ?? textInput(field, false);
    case 'flag': {
      const option = { text: plainText(plain(t('yes'), reader), limits.optionText), value: 'true' };
      const isTicked = /^(true|yes|y|1|on|✓|是)$/i.test(value);
      return {
        type: 'checkboxes',
        action_id: cut(`${flagPrefix}${field.name}`, limits.id),
        options: [option],
        ...(isTicked ? { initial_options: [option] } : {}),
      };
    }
    case 'ref':
    case 'person':
      return typeAhead(field) ?? textInput(field, false);
    case 'day':
      return datePicker(field) ?? textInput(field, false);
    case 'text':
      return typeAhead(field) ?? textInput(field, meta.multiline ?? false);
    case 'note':
      return textInput(field, meta.multiline ?? true);
    case 'money':
    case 'percent':
    case 'number':
    case 'minutes':
    case 'when':
    case 'span':
    case 'email':
    case 'phone':
      return textInput(field, false);
    default:
      return meta.kind satisfies never;
  }
}

function actionId(field: FormField): string {
  return cut(`v:${field.name}`, limits.id);
}

function textInput(field: FormField, multiline: boolean): InputElement {
  const { meta, value = '' } = field;
  const element: InputElement = { type: 'plain_text_input', action_id: actionId(field), multiline };
  if (value !== '') element.initial_value = cut(value, limits.inputValue);
  if (meta.placeholder) element.placeholder = plainText(meta.placeholder, limits.placeholder);
  return element;
}

/** Only for whole days; what is not one yet stays as the person typed it, to be corrected. */
function datePicker(field: FormField): InputElement | undefined {
  const { value = '' } = field;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`));
  if (value !== '' && !isDay) return undefined;
  const picker: InputElement = { type: 'datepicker', action_id: actionId(field) };
  if (isDay) picker.initial_date = value;
  return picker;
}

function optionsOf(field: FormField, reader: Reader, room: Room): SlackOption[] | undefined {
  const all = field.meta.options ?? [];
  const values = new Set(all.map(({ value }) => value));
  const fits = all.every(({ value }) => value !== '' && value.length <= limits.optionValue);
  if (all.length === 0 || all.length > limits.options || values.size !== all.length || !fits)
    return undefined;
  return all.map(({ value, label }) => ({
    text: plainText(plainWords(label, reader, room.option), limits.optionText),
    value,
  }));
}

/** Few and required: all in sight. Otherwise a menu, which can be emptied again. */
function oneOf(field: FormField, reader: Reader, room: Room): InputElement | undefined {
  const all = optionsOf(field, reader, room);
  if (!all) return undefined;
  const initial = all.find(({ value }) => value === field.value);
  const element = {
    action_id: actionId(field),
    options: all,
    ...(initial ? { initial_option: initial } : {}),
  };
  return all.length <= 4 && field.required
    ? { type: 'radio_buttons', ...element }
    : { type: 'static_select', ...element };
}

function manyOf(field: FormField, reader: Reader, room: Room): InputElement | undefined {
  const all = optionsOf(field, reader, room);
  if (!all) return undefined;
  const chosen = new Set((field.value ?? '').split(',').map((part) => part.trim()));
  const initial = all.filter(({ value }) => chosen.has(value));
  const element = {
    action_id: actionId(field),
    options: all,
    ...(initial.length > 0 ? { initial_options: initial } : {}),
  };
  return all.length <= limits.checkboxes
    ? { type: 'checkboxes', ...element }
    : { type: 'multi_static_select', ...element };
}

/** Asks us for options while the person types; the `action_id` says which lookups answer. */
function typeAhead(field: FormField): InputElement | undefined {
  const { meta, name, value = '', valueLabel } = field;
  const id = `${lookupPrefix}${(meta.lookups ?? []).join(',')}#${name}`;
  if ((meta.lookups ?? []).length === 0 || id.length > limits.id || value.length > limits.optionValue) {
    return undefined;
  }
  const element: InputElement = { type: 'external_select', action_id: id, min_query_length: 0 };
  if (value !== '') {
    const label = valueLabel === undefined || valueLabel === '' ? value : valueLabel;
    element.initial_option = { text: plainText(label, limits.optionText), value };
  }
  if (meta.placeholder) element.placeholder = plainText(meta.placeholder, limits.placeholder);
  return element;
}
