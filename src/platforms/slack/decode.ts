import { pressSchema, type SealedPress } from '../../view/press.ts';
import type { ViewState } from './payloads.ts';
import { pressPrefix } from './render/button.ts';
import { fieldPrefix, flagPrefix, lookupPrefix } from './render/form.ts';

/**
 * A command's text as the line that was typed. With `should_escape` Slack sends people, channels and addresses as
 * `<…>` tokens and escapes every other `& < >`; people and channels stay tokens, the rest becomes what was typed.
 */
export function decodeLine(text: string): string {
  return text.replace(/<([^<>\n]*)>|&(?:lt|gt|amp);/g, (whole, token: string | undefined) => {
    if (token !== undefined) return decodeToken(whole, token);
    return whole === '&lt;' ? '<' : whole === '&gt;' ? '>' : '&';
  });
}

function decodeToken(whole: string, token: string): string {
  const bar = token.indexOf('|');
  const target = bar < 0 ? token : token.slice(0, bar);
  const label = bar < 0 ? '' : unescaped(token.slice(bar + 1));
  if (/^[@#][A-Z0-9]+$/.test(target)) return whole;
  if (target.startsWith('mailto:') || target.startsWith('tel:')) {
    return label || unescaped(target.slice(target.indexOf(':') + 1));
  }
  if (target.startsWith('!')) return label || `@${target.slice(1)}`;
  return label || unescaped(target);
}

function unescaped(text: string): string {
  return text.replace(/&(lt|gt|amp);/g, (_, name) => (name === 'lt' ? '<' : name === 'gt' ? '>' : '&'));
}

/** What was said to the app by mention, without the mention. `botUserId`: whose mention it is, where known. */
export function decodeMention(text: string, botUserId: string | undefined): string {
  const own = botUserId ? new RegExp(`<@${botUserId}(\\|[^<>]*)?>`) : /<@[A-Z0-9]+(\|[^<>]*)?>/;
  const found = own.exec(text);
  const rest = found ? text.slice(found.index + found[0].length) : text;
  return decodeLine(rest.replace(/^[\s:,\uff1a\uff0c]+/, '')).trim();
}

/** The press of a button of ours. `undefined`: not made here, or broken. */
export function decodePress(actionId: string, value: string | undefined): SealedPress | undefined {
  if (!actionId.startsWith(pressPrefix) || value === undefined) return undefined;
  try {
    const read = pressSchema.safeParse(JSON.parse(value));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

/** Names of the lookups a type-ahead field asks. */
export function decodeLookups(actionId: string): string[] | undefined {
  if (!actionId.startsWith(lookupPrefix)) return undefined;
  const names = actionId.slice(lookupPrefix.length).split('#', 1)[0] ?? '';
  return names === '' ? undefined : names.split(',');
}

/** What a submitted view holds, by field: text, a list for many-of, a boolean for flags; empty inputs are left out. */
export function decodeValues(state: ViewState): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [blockId, inputs] of Object.entries(state)) {
    if (!blockId.startsWith(fieldPrefix)) continue;
    const [entry] = Object.entries(inputs);
    if (!entry) continue;
    const [actionId, input] = entry;
    const value = decodeInput(actionId, input);
    if (value !== undefined) values[blockId.slice(fieldPrefix.length)] = value;
  }
  return values;
}

function decodeInput(actionId: string, input: unknown): unknown {
  if (typeof input !== 'object' || input === null) return undefined;
  const state = input as Record<string, unknown>;
  switch (state.type) {
    case 'plain_text_input':
      return textOf(state.value);
    case 'datepicker':
      return textOf(state.selected_date);
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return optionValue(state.selected_option);
    case 'multi_static_select':
      return optionValues(state.selected_options);
    case 'checkboxes': {
      const chosen = optionValues(state.selected_options) ?? [];
      return actionId.startsWith(flagPrefix) ? chosen.length > 0 : chosen;
    }
    default:
      return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function optionValue(option: unknown): string | undefined {
  if (typeof option !== 'object' || option === null || !('value' in option)) return undefined;
  return textOf(option.value);
}

function optionValues(options: unknown): string[] | undefined {
  if (!Array.isArray(options)) return undefined;
  return options.map(optionValue).filter((value) => value !== undefined);
}
