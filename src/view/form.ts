import type { FieldMeta } from '../kernel/fields.ts';
import type { Inline } from '../kernel/text.ts';
import type { SealedPress } from './press.ts';

export interface FormField {
  name: string;
  meta: FieldMeta;
  required: boolean;
  /** What the field shows when it opens, as a person would type it (options: their values, comma separated). */
  value?: string;
  /** `ref` and `person`: what the chosen value is called. */
  valueLabel?: string;
  error?: Inline;
}

/** A form for an action. `press` holds what is already known and not asked for. */
export interface Form {
  press: SealedPress;
  title: Inline;
  submit: Inline;
  intro?: Inline;
  fields: FormField[];
}
