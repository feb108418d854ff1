import type { Outcome } from '../../view/outcome.ts';
import { lookUp, optionLimit } from '../look-up.ts';
import { labelOf } from '../resolve.ts';
import type { Session } from '../session.ts';

/** Options for a type-ahead field, best first, at most twenty. */
export async function typeAhead(
  session: Session,
  lookups: readonly string[],
  query: string,
): Promise<Outcome> {
  const found = [];
  for (const kind of lookups) found.push(...((await lookUp(session, kind, query)) ?? []));
  const options = found
    .slice(0, optionLimit)
    .map(({ ref, detail }) => ({ value: ref.key, label: labelOf(ref, detail) }));
  return { kind: 'options', options };
}
