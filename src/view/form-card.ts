import type { Inline } from '../kernel/text.ts';
import type { Card } from './card.ts';
import type { Form } from './form.ts';
import type { Outcome } from './outcome.ts';

/** The button that opens a form, where a platform cannot open it by itself. */
export interface FormButton {
  label: Inline;
  /** Longest press the platform's buttons take, as JSON. */
  pressMax: number;
}

/** A card with the button that opens a form; what was typed goes with it if there is room. */
export function formCard(form: Form, card: Card, { label, pressMax }: FormButton): Card {
  const { press } = form;
  const typed = Object.fromEntries(
    form.fields
      .filter(({ value }) => value !== undefined && value !== '')
      .map(({ name, value }) => [name, value]),
  );
  const whole = 'p' in press ? press : { ...press, i: { ...press.i, ...typed }, form: true as const };
  const fits = JSON.stringify(whole).length <= pressMax;
  const bare = 'p' in press ? press : { ...press, form: true as const };
  return {
    ...card,
    blocks: [
      ...card.blocks,
      { t: 'buttons', buttons: [{ label, press: fits ? whole : bare, style: 'primary' }] },
    ],
  };
}

/** What stands in the chat when a form has problems and its dialog is gone. */
export function problemsCard(outcome: Extract<Outcome, { kind: 'form-errors' }>, button: FormButton): Card {
  const said = [
    ...(outcome.message === undefined ? [] : [outcome.message]),
    ...outcome.fields.map((f) => f.message),
  ];
  return formCard(outcome.form, { tone: 'warn', blocks: said.map((of) => ({ t: 'text', of })) }, button);
}
