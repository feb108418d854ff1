import { kernelMessages as t } from './messages.ts';
import type { Recogniser } from './recogniser.ts';
import { flat, shown } from './words.ts';

const yes = new Set(['yes', 'y', 'true', 'on', '1', 'ok', '是', '对', '好', '开', '有', '√', '✓', '✔']);
const no = new Set(['no', 'n', 'false', 'off', '0', '否', '不', '不是', '关', '无', '×', '✗']);

/** Yes or no; only ever read after a key, since the words mean too much elsewhere. */
export const flag: Recogniser = {
  take: () => undefined,
  read(text) {
    const word = flat(text);
    if (yes.has(word)) return { value: true };
    if (no.has(word)) return { value: false };
    return { problem: { message: t('not-flag', { text: shown(text) }) } };
  },
  print: (value) => (value === true ? 'yes' : 'no'),
};
