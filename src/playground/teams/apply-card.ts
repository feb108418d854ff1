import { asJson, asText, isJson, type Json } from '../json.ts';
import type { Answer } from './delivery.ts';
import { problemLine, validateCard } from './validate.ts';
import { failureOf, useless } from './watch.ts';

/** What an answer to `adaptiveCard/action` makes the client do. */
export type CardAnswer =
  | { kind: 'card'; card: Json }
  | { kind: 'toast'; toast: string }
  | { kind: 'error'; error: string };

export function readCardAnswer(answer: Answer): CardAnswer {
  const failed = failureOf(answer);
  if (failed) return { kind: 'error', error: failed };
  const { statusCode, type, value } = asJson(answer.body);
  if (typeof statusCode !== 'number') return { kind: 'error', error: `${useless} (no statusCode)` };
  if (type === 'application/vnd.microsoft.card.adaptive') {
    const problems = validateCard(value);
    if (problems.length === 0) return { kind: 'card', card: asJson(value) };
    return { kind: 'error', error: `${useless} (${problems.map(problemLine).join('; ')})` };
  }
  if (type === 'application/vnd.microsoft.activity.message' && typeof value === 'string' && value) {
    return { kind: 'toast', toast: value };
  }
  if (type === 'application/vnd.microsoft.error' && isJson(value)) {
    return { kind: 'error', error: asText(value.message) || useless };
  }
  return { kind: 'error', error: `${useless} (an answer of type ${JSON.stringify(type)})` };
}
