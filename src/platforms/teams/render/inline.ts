import { withoutControls } from '../../../kernel/fields.ts';
import type { Inline } from '../../../kernel/text.ts';
import type { Reader } from '../../../view/reader.ts';
import { type Span, spans } from '../../../view/spans.ts';
import type { Paragraph, RichTextBlock, TextBlock, TextRun } from '../adaptive-card.ts';
import { cut, limits } from '../limits.ts';
import { deadMarkdown, deadText } from './dead-text.ts';
import type { Mentions } from './mentions.ts';

/** How a whole paragraph looks. */
export type Look = Pick<TextRun, 'size' | 'weight' | 'color' | 'isSubtle'>;

export interface Writing {
  reader: Reader;
  mentions?: Mentions;
}

export const small: Look = { size: 'Small', isSubtle: true };

/**
 * Inline text as paragraphs, usually one: literal by construction, nothing in it is read as markup. A paragraph
 * that mentions somebody can show no other looks, and its links follow in one of their own. None for no words.
 */
export function paragraphs(
  inline: Inline,
  writing: Writing,
  look: Look = {},
  max: number = limits.text,
): Paragraph[] {
  const parts = cutSpans(spans(inline, writing.reader), max);
  if (parts.every(({ text }) => text.trim() === '')) return [];
  const mention = mentionBlock(parts, writing, look);
  if (!mention) return [richText(runsOf(parts, look))];
  const links = parts.filter(isLink);
  if (links.length === 0) return [mention];
  const listed = links.flatMap((span, index) => (index === 0 ? [span] : [{ text: ' · ' }, span]));
  return [mention, { ...richText(runsOf(listed, look)), spacing: 'None' }];
}

/** Inline text as runs, for paragraphs put together from several; mentions are only names here. */
export function runs(inline: Inline, reader: Reader, look: Look = {}, max: number = limits.text): TextRun[] {
  return runsOf(cutSpans(spans(inline, reader), max), look);
}

export function richText(inlines: TextRun[]): RichTextBlock {
  return { type: 'RichTextBlock', inlines };
}

/** Words of an inline without looks, at most `max` characters, for titles and labels. */
export function plainWords(inline: Inline, reader: Reader, max: number): string {
  const text = spans(inline, reader)
    .map((span) => span.text)
    .join('');
  return cut(deadText(withoutControls(text)), max);
}

/** Titles, labels and options must show something. */
export function orDash(words: string): string {
  return words.trim() === '' ? '–' : words;
}

/** Whether anything would be lost if the inline were shown without looks. */
export function isPlain(inline: Inline, reader: Reader): boolean {
  return spans(inline, reader).every((span) => !span.code && !span.url && !span.mention && !span.strike);
}

/** Only web and mail addresses become links; anything else stays text. */
export function isLinkable(url: string): boolean {
  return url.length <= limits.url && /^(https?:\/\/|mailto:)[^\s<>|]+$/i.test(url) && URL.canParse(url);
}

function isLink(span: Span): boolean {
  return span.url !== undefined && isLinkable(span.url) && span.text.trim() !== '';
}

/** Mentions work in TextBlocks alone, which read markdown. `undefined`: nobody is mentioned. */
function mentionBlock(parts: readonly Span[], { mentions }: Writing, look: Look): TextBlock | undefined {
  if (!mentions) return undefined;
  const words: string[] = [];
  let found = false;
  // Neighbours are escaped together: `[a]` and `(b)` would be harmless alone.
  let dead = '';
  for (const { text, mention } of parts) {
    const tag = mention === undefined ? undefined : mentions.tag(mention);
    if (tag === undefined) {
      dead += text;
      continue;
    }
    words.push(deadMarkdown(dead), tag);
    dead = '';
    found = true;
  }
  if (!found) return undefined;
  // A single line break is none in markdown.
  const text = [...words, deadMarkdown(dead)].join('').replace(/\n+/g, '\n\n');
  return { type: 'TextBlock', text, wrap: true, ...look };
}

function runsOf(parts: readonly Span[], look: Look): TextRun[] {
  const out: TextRun[] = [];
  let links: number = limits.links;
  for (const [index, span] of parts.entries()) {
    if (index >= limits.runs) {
      const rest = parts.slice(index).map(({ text }) => text);
      return [...out, { type: 'TextRun', text: deadText(rest.join('')), ...look }];
    }
    const run: TextRun = { type: 'TextRun', text: deadText(span.text), ...look };
    if (span.bold) run.weight = 'Bolder';
    if (span.italic) run.italic = true;
    if (span.strike) run.strikethrough = true;
    if (span.code) run.fontType = 'Monospace';
    if (isLink(span) && span.url !== undefined && span.url.length <= links) {
      links -= span.url.length;
      run.selectAction = { type: 'Action.OpenUrl', url: span.url };
    }
    out.push(run);
  }
  return out;
}

function cutSpans(whole: readonly Span[], max: number): Span[] {
  const total = whole.reduce((sum, span) => sum + span.text.length, 0);
  const kept: Span[] = [];
  let room = max;
  for (const span of whole) {
    const isLast = total > max && span.text.length >= room;
    const text = cut(isLast ? `${span.text} ` : span.text, isLast ? room : span.text.length);
    if (text !== '') kept.push({ ...span, text });
    if (isLast) break;
    room -= span.text.length;
  }
  return kept;
}
