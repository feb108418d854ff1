import { asJson, asText } from '../../json.ts';
import type { Json } from '../model.ts';
import { Mrkdwn, plainText } from './mrkdwn.tsx';

/** A text object of either kind. */
export function Text({ of }: { of: unknown }) {
  const { type, text } = asJson(of);
  if (type === 'mrkdwn') return <Mrkdwn text={asText(text)} />;
  return <span className="plain">{plainText(asText(text))}</span>;
}

/** The bare words of a text object. */
export function wordsOf(text: unknown): string {
  return plainText(asText(asJson(text).text));
}

export function Picture({ of, className }: { of: Json; className: string }) {
  return <img className={className} src={asText(of.image_url)} alt={asText(of.alt_text)} loading="lazy" />;
}
