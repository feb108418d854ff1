import type { Outcome } from '../../view/outcome.ts';
import { readingContext } from '../execute.ts';
import { labelOf } from '../resolve.ts';
import type { Session } from '../session.ts';

const optionLimit = 20;

/** Options for a type-ahead field, best first, at most twenty. */
export async function typeAhead(
  session: Session,
  lookups: readonly string[],
  query: string,
): Promise<Outcome> {
  const ctx = readingContext(session);
  const found = [];
  for (const kind of lookups) {
    const lookup = session.engine.registry.lookup(kind);
    if (lookup) found.push(...(await lookup.search(ctx, query.slice(0, 100), optionLimit)));
  }
  const options = found
    .slice(0, optionLimit)
    .map(({ ref, detail }) => ({ value: ref.key, label: labelOf(ref, detail) }));
  return { kind: 'options', options };
}
