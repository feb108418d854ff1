import type { FieldMeta } from '../fields.ts';
import { uniform } from './words.ts';

const hereWords = new Set(['here', '#here', '这里', '此处', '本频道', '这个频道', '本群']);
const link = /^<#[\w.:@-]{1,200}(?:\|[^<>|]{0,80})?>$/;
const named = /^#[\p{L}\p{N}][\p{L}\p{N}._-]{0,79}$/u;

/** `here`, `#name` or the platform's link, where the field takes channels and the text is one beyond doubt. */
export function channelIn(text: string, meta: FieldMeta): string | undefined {
  if (!meta.lookups?.includes('channel') || text.length > 300) return undefined;
  if (link.test(text)) return text;
  const word = uniform(text);
  if (hereWords.has(word.toLowerCase())) return 'here';
  return named.test(word) ? word : undefined;
}

/** Id and name in a platform's link to a channel: `<#C123|sales-east>`. */
export function readChannelLink(text: string): { id: string; name: string | undefined } | undefined {
  if (!link.test(text)) return undefined;
  const [id = '', name] = text.slice(2, -1).split('|');
  return { id, name: name || undefined };
}

export function channelLink({ id, name }: { id: string; name?: string | null }): string {
  const clean = name?.replace(/[<>|]/g, '').replace(/\s+/g, ' ').trim().slice(0, 80);
  return clean ? `<#${id}|${clean}>` : `<#${id}>`;
}
