import type { AdaptiveCard, CardElement, Mention } from '../adaptive-card.ts';
import { cut, limits } from '../limits.ts';
import { mentionWords } from './dead-text.ts';

/** Somebody as Teams knows them; asked for mentions only. */
export type MentionOf = (memberId: string) => { id: string; name: string } | undefined;

/** Who is mentioned in one card. Teams finds a mention by its words, so no two people may have the same ones. */
export class Mentions {
  private readonly known = new Map<string, Mention | undefined>();
  private readonly taken = new Set<string>();
  private readonly mentionOf: MentionOf;

  constructor(mentionOf: MentionOf) {
    this.mentionOf = mentionOf;
  }

  /** What stands in a TextBlock for a member. `undefined`: only the name can be shown. */
  tag(memberId: string): string | undefined {
    if (!this.known.has(memberId)) this.known.set(memberId, this.make(memberId));
    return this.known.get(memberId)?.text;
  }

  private make(memberId: string): Mention | undefined {
    if (this.taken.size >= limits.mentions) return undefined;
    const person = this.mentionOf(memberId);
    if (!person || person.id === '') return undefined;
    const name = mentionWords(cut(person.name, 100));
    if (name === '') return undefined;
    let words = name;
    for (let n = 2; this.taken.has(words); n += 1) words = `${name} (${n})`;
    this.taken.add(words);
    return { type: 'mention', text: `<at>${words}</at>`, mentioned: { id: person.id, name } };
  }

  all(): Mention[] {
    return [...this.known.values()].filter((mention) => mention !== undefined);
  }

  /** Those that stand in what is shown: Teams refuses a card that lists others. */
  in(body: readonly CardElement[]): AdaptiveCard['msteams'] {
    const shown = JSON.stringify(body);
    const entities = this.all().filter(({ text }) => shown.includes(JSON.stringify(text).slice(1, -1)));
    return entities.length > 0 ? { entities } : undefined;
  }
}
