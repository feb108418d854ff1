import type { FieldKind } from '../fields.ts';
import { email } from './email.ts';
import { flag } from './flag.ts';
import { minutes } from './minutes.ts';
import { money } from './money.ts';
import { number } from './number.ts';
import { manyOf, oneOf } from './one-of.ts';
import { percent } from './percent.ts';
import { person } from './person.ts';
import { phone } from './phone.ts';
import type { Recogniser } from './recogniser.ts';
import { ref } from './ref.ts';
import { span } from './span.ts';
import { text } from './text.ts';
import { day, when } from './when.ts';

export { kernelMessages } from './messages.ts';

/** How each kind of field is read from words and printed back. */
export const recognisers: Readonly<Record<FieldKind, Recogniser>> = {
  text,
  note: text,
  ref,
  money,
  percent,
  number,
  minutes,
  day,
  when,
  span,
  email,
  phone,
  person,
  oneOf,
  manyOf,
  flag,
};
