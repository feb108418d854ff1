import type { FieldMeta } from '../fields.ts';
import { formatNumber, isUuid, parseNumber } from '../ids.ts';
import { channelIn } from './channel.ts';
import type { Recogniser } from './recogniser.ts';
import { ahead, uniform } from './words.ts';

/** A record by number (`D-142`, `d142`), id or name; a channel by link, `#name` or `here`. The value stays text until it is resolved. */
export const ref: Recogniser = {
  take(tokens, at, _read, meta) {
    const channel = tokens[at] && channelIn(tokens[at].text, meta);
    if (channel !== undefined) return { used: 1, value: channel };
    const view = ahead(tokens, at);
    const [first = 0, second = 0] = view?.ends ?? [];
    if (!view || first > 40) return undefined;
    const word = view.typed.slice(0, first);
    const key = numberKey(word, meta);
    if (key) return { used: 1, value: key };
    if (isUuid(word)) return { used: 1, value: word.toLowerCase() };
    // `D 142`
    const spaced = first === 1 && second > 0 ? numberKey(view.typed.slice(0, second), meta) : undefined;
    return spaced ? { used: 2, value: spaced } : undefined;
  },
  read(text, _read, meta) {
    const trimmed = text.trim();
    const channel = channelIn(trimmed, meta);
    if (channel !== undefined) return { value: channel };
    return { value: (trimmed.length <= 40 && numberKey(trimmed, meta)) || trimmed };
  },
  print: printKey,
};

/** What people type for a resolved record, or the text it was asked for by. */
export function printKey(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'key' in value) return String(value.key);
  return typeof value === 'string' ? value : String(value ?? '');
}

/** `D-142` when the text is a number of a kind of record this field takes. */
function numberKey(text: string, meta: FieldMeta): string | undefined {
  const number = parseNumber(uniform(text));
  if (!number || !meta.lookups?.includes(number.kind)) return undefined;
  return formatNumber(number.kind, number.number);
}
