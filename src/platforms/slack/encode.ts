import type { FormButton } from '../../view/form-card.ts';
import type { Outcome } from '../../view/outcome.ts';
import type { Reader } from '../../view/reader.ts';
import type { SlackMessage } from './block-kit.ts';
import { literal } from './client.ts';
import { limits } from './limits.ts';
import { slackMessages as t } from './messages.ts';
import { plainText } from './render/button.ts';
import { fieldPrefix } from './render/form.ts';
import { plainWords } from './render/inline.ts';

const errorMax = 1000;

/** A message only its reader sees, as the answer to a command or for a response URL. */
export function ephemeral(message: SlackMessage): object {
  return { response_type: 'ephemeral', replace_original: false, ...message, ...literal };
}

/** The message whose button was pressed, changed. */
export function replacement(message: SlackMessage): object {
  return { replace_original: true, ...message, ...literal };
}

/** Options of a type-ahead field, at most a hundred; a value Slack would refuse is left out. */
export function optionsAnswer(outcome: Outcome, reader: Reader): object {
  if (outcome.kind !== 'options') return { options: [] };
  const options = outcome.options
    .filter(({ value }) => value !== '' && value.length <= limits.optionValue)
    .slice(0, limits.options)
    .map(({ value, label }) => ({
      text: plainText(plainWords(label, reader, limits.optionText), limits.optionText),
      value,
    }));
  return { options };
}

/**
 * Problems of a submitted form under their fields. What belongs to no field of the view stands under the first.
 * `undefined`: the view has no field to put them under.
 */
export function errorsAnswer(
  outcome: Extract<Outcome, { kind: 'form-errors' }>,
  viewBlocks: readonly string[],
  reader: Reader,
): object | undefined {
  const fields = viewBlocks.filter((blockId) => blockId.startsWith(fieldPrefix));
  const order = outcome.form.fields.map(({ name }) => `${fieldPrefix}${name}`);
  const first = order.find((blockId) => fields.includes(blockId)) ?? fields[0];
  if (first === undefined) return undefined;
  const errors = new Map<string, string[]>();
  const add = (blockId: string, words: string) => {
    if (words.trim() === '') return;
    errors.set(blockId, [...(errors.get(blockId) ?? []), words]);
  };
  if (outcome.message !== undefined) add(first, plainWords(outcome.message, reader, errorMax));
  for (const { field, message } of outcome.fields) {
    const blockId = `${fieldPrefix}${field}`;
    add(fields.includes(blockId) ? blockId : first, plainWords(message, reader, errorMax));
  }
  if (errors.size === 0) add(first, plainWords(outcome.form.title, reader, errorMax));
  return {
    response_action: 'errors',
    errors: Object.fromEntries([...errors].map(([blockId, lines]) => [blockId, lines.join(' ')])),
  };
}

/** How a form is opened from a message. */
export const formButton: FormButton = { label: t('open-form'), pressMax: limits.buttonValue };
