import { z } from 'zod';
import type { Inline } from '../kernel/text.ts';
import type { SealedPress } from './press.ts';

export interface Button {
  label: Inline;
  press: SealedPress;
  style?: 'primary' | 'danger';
}

export interface LinkButton {
  label: Inline;
  url: string;
}

export interface Row {
  text: Inline;
  detail?: Inline;
  buttons?: Button[];
}

export interface Field {
  label: Inline;
  value: Inline;
}

/** Closed set of elements: a new one must break every renderer's build. */
export type Block =
  | { t: 'heading'; of: Inline }
  | { t: 'text'; of: Inline }
  /** Small print: provenance, the canonical line, hints. */
  | { t: 'context'; of: Inline }
  | { t: 'fields'; fields: Field[] }
  | { t: 'rows'; rows: Row[] }
  /** First row of `cells` is data; at most 6 columns and 100 rows; numbers align right. */
  | { t: 'table'; columns: { label: Inline; align?: 'left' | 'right' }[]; cells: Inline[][] }
  /** Horizontal bars, one per row; `value` is for length only, `label` says the figure. */
  | { t: 'bars'; title: Inline; bars: { label: Inline; value: number; text: Inline }[] }
  | { t: 'quote'; of: Inline }
  | { t: 'divider' }
  | { t: 'buttons'; buttons: (Button | LinkButton)[] };

/** For outputs that carry texts or parts of a screen other features made; only their outline is checked. */
export const inlineShape = z.union([
  z.string(),
  z.looseObject({ t: z.string() }),
]) as unknown as z.ZodType<Inline>;
export const blockShape = z.looseObject({ t: z.string() }) as unknown as z.ZodType<Block>;

export type Tone = 'ok' | 'warn' | 'stop' | 'info' | 'plain';

/** A reply, post or home screen as plain data. `title` carries the tone's sign on every platform. */
export interface Card {
  tone: Tone;
  title?: Inline;
  blocks: Block[];
  /**
   * Some people see it with other buttons than the rest: pressing this gives each of these members their own version,
   * where the platform can (Teams asks by itself, for at most 60).
   */
  personal?: { press: SealedPress; memberIds: string[] };
}

export function isLinkButton(button: Button | LinkButton): button is LinkButton {
  return 'url' in button;
}
