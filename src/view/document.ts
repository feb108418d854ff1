import type { Inline } from '../kernel/text.ts';
import type { Field } from './card.ts';

/**
 * Something to print or to send, as plain data: what a customer reads outside the chat. Words are made when it is
 * rendered, in the language it is asked for in; whatever a customer is called stays dead text.
 */
export interface Document {
  /** Without its ending: `Q-57-v2`. */
  fileName: string;
  /** What it is, e.g. *Quote*. */
  title: Inline;
  number: Inline;
  /** Whose paper it is on. */
  issuer: Inline;
  /** What a reader must not overlook, e.g. that it is a draft. */
  mark?: Inline;
  /** Date, validity and the like. */
  facts: Field[];
  parties: DocumentParty[];
  table: DocumentTable;
  totals: DocumentTotal[];
  notes: Inline[];
  /** Small print at the foot of every page, beside the number of the page. */
  footer: Inline;
}

export interface DocumentParty {
  label: Inline;
  /** Name, then what else is known of them. Empty ones are left out. */
  lines: Inline[];
}

/** Its head is repeated on every page. */
export interface DocumentTable {
  /** One `wide` column takes the room the others leave; figures align right and are never broken. */
  columns: { label: Inline; align?: 'left' | 'right'; wide?: true }[];
  rows: Inline[][];
}

export interface DocumentTotal {
  label: Inline;
  value: Inline;
  /** The sum that counts. */
  isGrand?: true;
}
