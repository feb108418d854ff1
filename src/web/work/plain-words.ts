import type { Words } from '../../view/screen.ts';

export function plainWords(of: Words): string {
  return of.map(({ text }) => text).join('');
}
