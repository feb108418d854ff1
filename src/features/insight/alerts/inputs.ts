import { type FieldMeta, f } from '../../../kernel/fields.ts';
import { alertKinds } from './kinds.ts';
import { t } from './messages.ts';
import { kindTexts, kindWords } from './words.ts';

export const kindOptions = alertKinds.map((value) => ({
  value,
  label: kindTexts[value],
  words: kindWords[value],
}));

/** How a single kind is read and printed. */
export const kindMeta: FieldMeta = { kind: 'oneOf', label: t('kind'), options: kindOptions };
export const floorMeta: FieldMeta = { kind: 'money', label: t('floor') };

/** Where: a channel, else oneself if said or in a direct message, else where one stands. */
export const placeFields = () => ({
  channel: f.channel(t('channel')).optional(),
  me: f.flag(t('me')).optional(),
});

export const kindField = () => f.manyOf(t('kinds'), kindOptions);
