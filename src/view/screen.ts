import type { FieldKind } from '../kernel/fields.ts';
import type { Inline } from '../kernel/text.ts';
import type { Block, Button, Card, LinkButton, Tone } from './card.ts';
import { isLinkButton } from './card.ts';
import type { Form, FormField } from './form.ts';
import type { Outcome } from './outcome.ts';
import { cardText } from './plain-text.ts';
import type { SealedPress } from './press.ts';
import type { Reader } from './reader.ts';
import { plain, type Span, spans } from './spans.ts';

/** Words of one reader, as runs of equal look. A page shows `text` as text, never as markup. */
export type Words = Span[];

export interface ScreenButton {
  label: string;
  press: SealedPress;
  style?: 'primary' | 'danger';
}

export interface ScreenLink {
  label: string;
  url: string;
}

export interface ScreenRow {
  text: Words;
  detail?: Words;
  buttons: ScreenButton[];
}

/** The elements of a card (view/card.ts) with their words made. */
export type ScreenBlock =
  | { t: 'heading' | 'text' | 'context' | 'quote'; of: Words }
  | { t: 'fields'; fields: { label: Words; value: Words }[] }
  | { t: 'rows'; rows: ScreenRow[] }
  | { t: 'table'; columns: { label: Words; align: 'left' | 'right' }[]; cells: Words[][] }
  | { t: 'bars'; title: Words; bars: { label: Words; value: number; text: Words }[] }
  | { t: 'divider' }
  | { t: 'buttons'; buttons: (ScreenButton | ScreenLink)[] };

export interface ScreenCard {
  tone: Tone;
  title?: Words;
  blocks: ScreenBlock[];
  /** The whole as plain text, for live regions. */
  text: string;
}

export interface ScreenField {
  name: string;
  kind: FieldKind;
  label: string;
  required: boolean;
  multiline: boolean;
  hint?: string;
  placeholder?: string;
  options?: { value: string; label: string }[];
  /** Type-ahead: the lookups to ask. */
  lookups?: readonly string[];
  value?: string;
  valueLabel?: string;
  error?: string;
}

export interface ScreenForm {
  press: SealedPress;
  title: string;
  submit: string;
  intro?: Words;
  fields: ScreenField[];
}

/** An outcome (view/outcome.ts) as JSON for our own pages; `form-errors` carry their words in the fields. */
export type ScreenOutcome =
  | { kind: 'card'; card: ScreenCard; refused: boolean; done?: true }
  | { kind: 'form'; form: ScreenForm; message?: string }
  | { kind: 'options'; options: { value: string; label: string }[] };

export function screenOf(outcome: Outcome, reader: Reader): ScreenOutcome {
  switch (outcome.kind) {
    case 'card':
      return {
        kind: 'card',
        card: screenCard(outcome.card, reader),
        refused: outcome.refused ?? outcome.card.tone === 'stop',
        ...(outcome.done ? { done: true as const } : {}),
      };
    case 'later':
      return { kind: 'card', card: screenCard(outcome.card, reader), refused: false };
    case 'form':
      return { kind: 'form', form: screenForm(outcome.form, reader) };
    case 'form-errors': {
      const form = screenForm(outcome.form, reader);
      for (const { field, message } of outcome.fields) {
        const at = form.fields.find(({ name }) => name === field) ?? form.fields[0];
        if (at) at.error = plain(message, reader);
      }
      return {
        kind: 'form',
        form,
        ...(outcome.message === undefined ? {} : { message: plain(outcome.message, reader) }),
      };
    }
    case 'options':
      return {
        kind: 'options',
        options: outcome.options.map(({ value, label }) => ({ value, label: plain(label, reader) })),
      };
    default:
      return outcome satisfies never;
  }
}

function screenCard(card: Card, reader: Reader): ScreenCard {
  return {
    tone: card.tone,
    ...(card.title === undefined ? {} : { title: spans(card.title, reader) }),
    blocks: card.blocks.map((block) => screenBlock(block, reader)),
    text: cardText(card, reader),
  };
}

function screenBlock(block: Block, reader: Reader): ScreenBlock {
  const words = (inline: Inline) => spans(inline, reader);
  switch (block.t) {
    case 'heading':
    case 'text':
    case 'context':
    case 'quote':
      return { t: block.t, of: words(block.of) };
    case 'fields':
      return {
        t: 'fields',
        fields: block.fields.map(({ label, value }) => ({ label: words(label), value: words(value) })),
      };
    case 'rows':
      return {
        t: 'rows',
        rows: block.rows.map(({ text, detail, buttons = [] }) => ({
          text: words(text),
          ...(detail === undefined ? {} : { detail: words(detail) }),
          buttons: buttons.map((button) => screenButton(button, reader)),
        })),
      };
    case 'table':
      return {
        t: 'table',
        columns: block.columns.map(({ label, align }) => ({ label: words(label), align: align ?? 'left' })),
        cells: block.cells.map((row) => row.map(words)),
      };
    case 'bars':
      return {
        t: 'bars',
        title: words(block.title),
        bars: block.bars.map(({ label, value, text }) => ({ label: words(label), value, text: words(text) })),
      };
    case 'divider':
      return { t: 'divider' };
    case 'buttons':
      return { t: 'buttons', buttons: block.buttons.map((button) => anyButton(button, reader)) };
    default:
      return block satisfies never;
  }
}

function anyButton(button: Button | LinkButton, reader: Reader): ScreenButton | ScreenLink {
  return isLinkButton(button)
    ? { label: plain(button.label, reader), url: button.url }
    : screenButton(button, reader);
}

function screenButton({ label, press, style }: Button, reader: Reader): ScreenButton {
  return { label: plain(label, reader), press, ...(style === undefined ? {} : { style }) };
}

function screenForm(form: Form, reader: Reader): ScreenForm {
  return {
    press: form.press,
    title: plain(form.title, reader),
    submit: plain(form.submit, reader),
    ...(form.intro === undefined ? {} : { intro: spans(form.intro, reader) }),
    fields: form.fields.map((field) => screenField(field, reader)),
  };
}

function screenField(field: FormField, reader: Reader): ScreenField {
  const { name, meta, required, value, valueLabel, error } = field;
  const { hint, placeholder, options, lookups } = meta;
  return {
    name,
    kind: meta.kind,
    label: plain(meta.label, reader),
    required,
    multiline: meta.multiline ?? meta.kind === 'note',
    ...(hint === undefined ? {} : { hint: plain(hint, reader) }),
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(options === undefined
      ? {}
      : { options: options.map((one) => ({ value: one.value, label: plain(one.label, reader) })) }),
    ...(lookups === undefined ? {} : { lookups }),
    ...(value === undefined ? {} : { value }),
    ...(valueLabel === undefined ? {} : { valueLabel }),
    ...(error === undefined ? {} : { error: plain(error, reader) }),
  };
}
