import { asJson, asList, asText } from '../json.ts';
import type { Problem } from './validate.ts';

/** Mentions, of a message or of a card: the mark of each must stand in a text. */
export function checkEntities(entities: unknown, texts: readonly string[], at: string): Problem[] {
  if (entities === undefined) return [];
  if (!Array.isArray(entities)) return [{ at, message: 'is no list' }];
  return asList(entities).flatMap((entity, index) => {
    if (entity.type !== 'mention') return [];
    const text = asText(entity.text);
    const { id, name } = asJson(entity.mentioned);
    const problems: Problem[] = [];
    if (!/^<at[^>]*>[^<]+<\/at>$/.test(text)) {
      problems.push({ at: `${at}/${index}/text`, message: 'is no <at>…</at>' });
    } else if (!texts.some((one) => one.includes(text))) {
      problems.push({ at: `${at}/${index}/text`, message: `"${text}" stands in no text` });
    }
    if (!asText(id) || !asText(name)) {
      problems.push({ at: `${at}/${index}/mentioned`, message: 'has no id or no name' });
    }
    return problems;
  });
}
