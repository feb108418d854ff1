import type { Inline } from '../kernel/text.ts';
import type { Card } from './card.ts';
import type { Form } from './form.ts';

/** What an interaction leads to; each platform shows it in its own way. */
export type Outcome =
  /**
   * `update`: replace the message whose button was pressed. `refused`: nothing was done; a form that was
   * submitted stays open under the card. `done`: something was, whatever the card's tone says of it (a request was
   * rejected, as its form asked for).
   */
  | { kind: 'card'; card: Card; update?: boolean; refused?: boolean; done?: true }
  | { kind: 'form'; form: Form }
  /** A submitted form came back with problems; values stay as the person left them. */
  | { kind: 'form-errors'; form: Form; fields: { field: string; message: Inline }[]; message?: Inline }
  | { kind: 'options'; options: { value: string; label: Inline }[] }
  /** The work goes on; its result will be sent. */
  | { kind: 'later'; card: Card };
