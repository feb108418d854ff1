import { pressSchema, type SealedPress } from '../../view/press.ts';
import { type Activity, mentionSchema, type SaidMention } from './activities.ts';
import { withoutThread } from './origin.ts';

/** Who is mentioned in a message, in the order in which they stand there. */
export function mentionsIn(activity: Activity): SaidMention[] {
  return (activity.entities ?? []).flatMap((entity) => {
    const read = mentionSchema.safeParse(entity);
    return read.success ? [read.data] : [];
  });
}

/** Entra object id of a mentioned person. */
export type ObjectIdOf = (mention: SaidMention) => string | undefined;

/**
 * A message as the line that was typed: without the mention of the bot and without a `/crm` before it, people as
 * `<@id|name>`, channels as `<#id|name>`, everything else as plain text. Somebody whose id is not known stays a name.
 */
export function decodeLine(activity: Activity, objectIdOf: ObjectIdOf): string {
  const text = activity.text ?? '';
  const parts: string[] = [];
  let own: number | undefined;
  let at = 0;
  for (const mention of mentionsIn(activity)) {
    const start = text.indexOf(mention.text, at);
    if (start < 0) continue;
    parts.push(decodeText(text.slice(at, start)));
    at = start + mention.text.length;
    if (mention.mentioned.id === activity.recipient.id) own ??= parts.length;
    else if (isConversation(mention)) parts.push(channel(mention));
    else parts.push(person(mention, objectIdOf(mention)));
  }
  parts.push(decodeText(text.slice(at)));
  const after = own === undefined ? '' : parts.slice(own).join('').trim();
  // `help @CRM` means the same as `@CRM help`.
  const line = after === '' || own === undefined ? parts.join('') : after;
  return lineOf(line);
}

/** Channels, and whole teams by their general channel, are mentioned like people. */
export function isConversation({ mentioned }: SaidMention): boolean {
  return mentioned.id.startsWith('19:');
}

function channel({ mentioned, text }: SaidMention): string {
  return `<#${withoutThread(mentioned.id)}|${nameOf(mentioned.name ?? decodeText(text))}>`;
}

/** A name as it may stand in a token. */
function nameOf(name: string): string {
  return name.replace(/[<>|]/g, '').replace(/\s+/g, ' ').trim().slice(0, 80);
}

function person({ mentioned, text }: SaidMention, objectId: string | undefined): string {
  const name = nameOf(mentioned.name ?? decodeText(text));
  return objectId === undefined ? `@${name}` : `<@${objectId}|${name}>`;
}

const prefix = /^[/@]?crm(?=$|[\s:,\uff1a\uff0c])[\s:,\uff1a\uff0c]*/iu;
const greeting = /^(?:hi|hello|hey|help|你好|您好|嗨|帮助)[\s!\uff01.。~～?？]*$/iu;

function lineOf(text: string): string {
  const line = text
    .replace(/^[\s:,\uff1a\uff0c]+/, '')
    .replace(prefix, '')
    .trim();
  return greeting.test(line) ? 'help' : line;
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** Teams' text without its marks: entities as the signs they stand for, `<at>` tags as the names in them. */
function decodeText(text: string): string {
  return unescaped(text.replace(/<\/?at\b[^>]{0,200}>/gi, ''));
}

function unescaped(text: string): string {
  return text
    .replace(/&(?:(amp|lt|gt|quot|apos|nbsp)|#(\d{1,7})|#x([\da-f]{1,6}));/gi, (whole, name, dec, hex) => {
      if (name !== undefined) return named[String(name).toLowerCase()] ?? whole;
      const code = dec === undefined ? Number.parseInt(hex, 16) : Number(dec);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    })
    .replace(/[\u00a0\u202f]/g, ' ')
    .toWellFormed();
}

/**
 * What somebody wrote in a message that is handed over as HTML: words and line breaks. A tag ends before the next one
 * begins, so that a row of openings is read once and not from each of them to the end.
 */
export function decodeHtml(html: string): string {
  const text = html.replace(/<(?:br|\/p|\/div|\/li|\/tr|\/h\d)\b[^<>]*>/gi, '\n').replace(/<[^<>]*>/g, '');
  return unescaped(text)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n\s*/g, '\n')
    .trim();
}

/** The press of a button of ours. `undefined`: not made here, or broken. */
export function decodePress(value: unknown): SealedPress | undefined {
  const read = pressSchema.safeParse(value);
  return read.success ? read.data : undefined;
}
