import type { ScreenField } from '../../view/screen.ts';

/** What a field holds: text as it was typed, a list for many-of, a boolean for a tick. */
export type Value = string | string[] | boolean;

export function initialValue({ kind, value = '', options }: ScreenField): Value {
  if (kind === 'flag') return /^(true|yes|y|1|on|✓|是)$/i.test(value);
  if (kind === 'manyOf' && options) {
    const chosen = value.split(/[,，、]/).map((one) => one.trim());
    return options.flatMap((option) => (chosen.includes(option.value) ? [option.value] : []));
  }
  return value;
}
