import { type Inline, seq } from '../../../kernel/text.ts';
import type { Form, FormField } from '../../../view/form.ts';
import type { Reader } from '../../../view/reader.ts';
import type { AdaptiveCard, CardElement, SubmitAction } from '../adaptive-card.ts';
import { jsonBytes, limits } from '../limits.ts';
import { teamsMessages as t } from '../messages.ts';
import { wellFormed } from './button.ts';
import { type Look, orDash, paragraphs, plainWords, small } from './inline.ts';
import { inputOf, type Room } from './inputs.ts';

export interface FormOptions {
  /** Problems of what was submitted; those of no field of the form stand above all fields. */
  errors?: readonly { field: string; message: Inline }[];
  message?: Inline;
  /** Comes back with the values: where the form was opened from. */
  place?: unknown;
}

/** A form as the card of a dialog, and the dialog's title. What was typed stays in its fields. */
export function renderForm(
  form: Form,
  reader: Reader,
  options: FormOptions = {},
): { card: AdaptiveCard; title: string } {
  const words = plainWords(form.title, reader, limits.dialogTitle);
  const title = words.trim() === '' ? plainWords(t('title-form'), reader, limits.dialogTitle) : words;
  for (const room of rooms) {
    const card = formCard(form, reader, options, room);
    if (jsonBytes(card) <= limits.cardBytes) return { card, title };
  }
  return { card: formCard(form, reader, options, shared(form, reader, options)), title };
}

const roomy: Room = {
  intro: 2000,
  label: limits.label,
  hint: 300,
  error: 300,
  option: 75,
  optionsBytes: 8000,
  valueBytes: limits.cardBytes,
};
const tight: Room = { ...roomy, intro: 300, label: 60, hint: 0, error: 80, option: 20, optionsBytes: 4000 };
const bare: Room = { ...tight, intro: 100, label: 30, error: 40, optionsBytes: 500 };
const rooms = [roomy, tight, bare];

/** The barest words, and what they leave shared so that short values stay whole. */
function shared(form: Form, reader: Reader, options: FormOptions): Room {
  let left = limits.cardBytes - jsonBytes(formCard(form, reader, options, { ...bare, valueBytes: 0 }));
  const sizes = form.fields.map(({ value = '' }) => jsonBytes(value)).sort((a, b) => a - b);
  for (const [index, size] of sizes.entries()) {
    const fair = Math.floor(left / (sizes.length - index));
    if (size > fair) return { ...bare, valueBytes: Math.max(0, fair) };
    left -= size;
  }
  return bare;
}

function formCard(form: Form, reader: Reader, options: FormOptions, room: Room): AdaptiveCard {
  const body: CardElement[] = [];
  const say = (inline: Inline, look: Look, max: number) =>
    body.push(...paragraphs(inline, { reader }, look, max));
  if (options.message !== undefined) say(options.message, warning, room.error);
  const names = new Set(form.fields.map(({ name }) => name));
  for (const { field, message } of options.errors ?? []) {
    if (!names.has(field)) say(message, warning, room.error);
  }
  if (form.intro !== undefined) say(form.intro, {}, room.intro);
  for (const field of form.fields) {
    body.push(...fieldElements(field, reader, room, errorsOf(field, options.errors ?? [])));
  }
  if (form.fields.some(({ required, meta }) => required && meta.kind !== 'flag')) {
    say(t('required'), small, room.label);
  }
  // A dialog without anything in it does not open.
  if (body.length === 0) say(form.title, {}, room.intro);
  if (body.length === 0) say('–', {}, 1);
  const { place } = options;
  const press = wellFormed(form.press);
  const submit: SubmitAction = {
    type: 'Action.Submit',
    title: orDash(plainWords(form.submit, reader, limits.actionTitle)),
    style: 'positive',
    data: place === undefined ? { press } : { press, place },
  };
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    body,
    actions: [submit],
  };
}

const warning: Look = { color: 'Attention' };

/** What was found wrong on submission, else what the form itself knows. */
function errorsOf(field: FormField, errors: NonNullable<FormOptions['errors']>): Inline[] {
  const found = errors.filter(({ field: name }) => name === field.name).map(({ message }) => message);
  return found.length > 0 ? found : field.error === undefined ? [] : [field.error];
}

/** The error stands above its field: under it, an open menu or the keyboard of a phone would hide it. */
function fieldElements(field: FormField, reader: Reader, room: Room, errors: Inline[]): CardElement[] {
  const { input, isCut } = inputOf(field, reader, room);
  const say = (problem: Inline, max: number) => paragraphs(seq('⚠️ ', problem), { reader }, warning, max);
  const above = errors.flatMap((error) => say(error, room.error));
  if (isCut) above.push(...say(t('value-cut'), roomy.error));
  const hint = field.meta.hint;
  const below = hint === undefined ? [] : paragraphs(hint, { reader }, small, room.hint);
  const spaced: CardElement = above.length > 0 ? { ...input, spacing: 'Small' } : input;
  return [...above, spaced, ...below.map((words) => ({ ...words, spacing: 'None' as const }))];
}
