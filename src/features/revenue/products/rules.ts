import { nameKey } from '../../../kernel/names.ts';

/** A product name without its spaces, which people set differently: `GTX Pro`, `GTXPro`, `gtx-pro`. */
export function squeezed(name: string): string {
  return nameKey(name).replaceAll(' ', '');
}
