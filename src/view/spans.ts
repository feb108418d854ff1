import { formatMoney } from '../kernel/money.ts';
import type { Inline, Locale } from '../kernel/text.ts';
import type { Reader } from './reader.ts';

/** A run of literal text with one look. Renderers escape `text`; nothing in it is markup. */
export interface Span {
  text: string;
  bold?: true;
  italic?: true;
  strike?: true;
  code?: true;
  url?: string;
  /** Notify this member where the platform can; `text` is the name. */
  mention?: string;
}

type Look = Omit<Span, 'text'>;

/** Words of an inline for one reader, as runs of equal look. */
export function spans(inline: Inline, reader: Reader): Span[] {
  const out: Span[] = [];
  append(inline, {}, reader, out);
  return out;
}

/** The same without looks. */
export function plain(inline: Inline, reader: Reader): string {
  return spans(inline, reader)
    .map((span) => span.text)
    .join('');
}

function append(inline: Inline, look: Look, reader: Reader, out: Span[]): void {
  if (typeof inline === 'string') {
    push(inline, look, out);
    return;
  }
  switch (inline.t) {
    case 'msg': {
      for (const part of reader.translate(inline.key, inline.values ?? {}, reader.locale)) {
        append(part, look, reader, out);
      }
      return;
    }
    case 'seq':
      inline.of.forEach((part, index) => {
        if (index > 0 && inline.separator) push(separatorFor(inline.separator, reader.locale), look, out);
        append(part, look, reader, out);
      });
      return;
    case 'strong':
      append(inline.of, { ...look, bold: true }, reader, out);
      return;
    case 'em':
      append(inline.of, { ...look, italic: true }, reader, out);
      return;
    case 'strike':
      append(inline.of, { ...look, strike: true }, reader, out);
      return;
    case 'code':
      append(inline.of, { ...look, code: true }, reader, out);
      return;
    case 'link':
      append(inline.of, { ...look, url: inline.url }, reader, out);
      return;
    case 'person':
      push(inline.name, inline.mention ? { ...look, mention: inline.memberId } : look, out);
      return;
    case 'command':
      push(
        reader.commandLine((reader.locale === 'zh-CN' && inline.chinese) || inline.line),
        { ...look, code: true },
        out,
      );
      return;
    case 'money':
    case 'percent':
    case 'number':
    case 'day':
    case 'instant':
      push(formatValue(inline, reader), look, out);
      return;
    default:
      inline satisfies never;
  }
}

const hanSeparators: Readonly<Record<string, string>> = { ', ': '、', '; ': '；' };

function separatorFor(separator: string, locale: Locale): string {
  return (locale === 'zh-CN' ? hanSeparators[separator] : undefined) ?? separator;
}

type ValueNode = Extract<Inline, { t: 'money' | 'percent' | 'number' | 'day' | 'instant' }>;

function formatValue(node: ValueNode, reader: Reader): string {
  switch (node.t) {
    case 'money':
      return formatMoney({ amountMinor: BigInt(node.amountMinor), currency: node.currency }, reader.locale);
    case 'percent':
      return formatPercent(node.basisPoints, reader.locale);
    case 'number':
      return node.value.toLocaleString(reader.locale);
    case 'day':
      return formatDay(node.on, reader.locale);
    case 'instant':
      return formatInstant(node.at, node.style, reader);
    default:
      return node satisfies never;
  }
}

function push(text: string, look: Look, out: Span[]): void {
  if (text === '') return;
  const last = out.at(-1);
  if (last && sameLook(last, look)) last.text += text;
  else out.push({ text, ...look });
}

function sameLook(span: Span, look: Look): boolean {
  return (
    span.bold === look.bold &&
    span.italic === look.italic &&
    span.strike === look.strike &&
    span.code === look.code &&
    span.url === look.url &&
    span.mention === look.mention
  );
}

const formats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const id = `${locale} ${JSON.stringify(options)}`;
  let format = formats.get(id);
  if (!format) {
    // British order (4 Nov 2026) is what an international sales team reads without ambiguity.
    format = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, options);
    formats.set(id, format);
  }
  return format;
}

/** `4 Nov 2026`, `2026年11月4日`. */
export function formatDay(on: string, locale: Locale): string {
  const options: Intl.DateTimeFormatOptions = {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  };
  return dateFormat(locale, options).format(new Date(`${on}T00:00:00Z`));
}

export function formatInstant(at: string, style: 'datetime' | 'time', reader: Reader): string {
  const time: Intl.DateTimeFormatOptions = {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    timeZone: reader.timeZone,
  };
  const options: Intl.DateTimeFormatOptions =
    style === 'time' ? time : { ...time, weekday: 'short', day: 'numeric', month: 'short' };
  return dateFormat(reader.locale, options).format(new Date(at));
}

/** `15 %` in English typography with a narrow space is not what people type; `15%` is. */
export function formatPercent(basisPoints: number, locale: Locale): string {
  return `${(basisPoints / 100).toLocaleString(locale, { maximumFractionDigits: 2 })}%`;
}
