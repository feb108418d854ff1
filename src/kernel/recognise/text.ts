import type { Recogniser } from './recogniser.ts';

/** Free text is never recognised: the parser gives words to it by position. */
export const text: Recogniser = {
  take: () => undefined,
  read: (typed) => ({ value: typed.trim() }),
  print: (value) => (typeof value === 'string' ? value : String(value ?? '')),
};
