import type { Inline } from '../../../kernel/text.ts';
import type { Reader } from '../../../view/reader.ts';
import { type Span, spans } from '../../../view/spans.ts';
import type { RichText, RichTextElement, RichTextPart } from '../block-kit.ts';
import { cut, limits } from '../limits.ts';

/** Slack's id of a member, where they have one there; asked for mentions only. */
export type MentionOf = (memberId: string) => string | undefined;

type Style = NonNullable<Extract<RichTextElement, { type: 'text' }>['style']>;

/**
 * Inline text as rich text elements: literal by construction, nothing in it is read as markup. Together at most
 * `max` characters.
 */
export function richText(
  inline: Inline,
  reader: Reader,
  mentionOf: MentionOf,
  max: number = limits.text,
): RichTextElement[] {
  return cutSpans(spans(inline, reader), max).map((span) => element(span, mentionOf));
}

/** Plain words of an inline, at most `max` characters. */
export function plainWords(inline: Inline, reader: Reader, max: number): string {
  const text = spans(inline, reader)
    .map((span) => span.text)
    .join('');
  return cut(text, max);
}

/** Bold throughout, for headings and labels. */
export function boldText(
  inline: Inline,
  reader: Reader,
  mentionOf: MentionOf,
  max: number = limits.text,
): RichTextElement[] {
  return richText({ t: 'strong', of: inline }, reader, mentionOf, max);
}

export function section(elements: RichTextElement[]): RichTextPart {
  return { type: 'rich_text_section', elements };
}

export function richTextBlock(...elements: RichTextPart[]): RichText {
  return { type: 'rich_text', elements };
}

function element(span: Span, mentionOf: MentionOf): RichTextElement {
  const style = styleOf(span);
  if (span.mention !== undefined) {
    const userId = mentionOf(span.mention);
    if (userId !== undefined) return { type: 'user', user_id: userId };
  }
  if (span.url !== undefined && isLinkable(span.url)) {
    return { type: 'link', url: span.url, text: span.text, ...style };
  }
  return { type: 'text', text: span.text, ...style };
}

function styleOf(span: Span): { style?: Style } {
  const style: Style = {};
  if (span.bold) style.bold = true;
  if (span.italic) style.italic = true;
  if (span.strike) style.strike = true;
  if (span.code) style.code = true;
  return Object.keys(style).length > 0 ? { style } : {};
}

/** Only web and mail addresses become links; anything else stays text. */
export function isLinkable(url: string): boolean {
  return url.length <= limits.url && /^(https?:\/\/|mailto:)[^\s<>|]+$/i.test(url) && URL.canParse(url);
}

function cutSpans(whole: Span[], max: number): Span[] {
  const total = whole.reduce((sum, span) => sum + span.text.length, 0);
  if (total <= max) return whole.map((span) => ({ ...span, text: span.text.toWellFormed() }));
  const kept: Span[] = [];
  let room = max;
  for (const span of whole) {
    if (span.text.length >= room) {
      kept.push({ ...span, text: cut(`${span.text} `, room) });
      break;
    }
    kept.push({ ...span, text: span.text.toWellFormed() });
    room -= span.text.length;
  }
  return kept;
}
