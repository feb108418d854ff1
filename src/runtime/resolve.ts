import { AppError } from '../kernel/errors.ts';
import type { Ref } from '../kernel/fields.ts';
import { parseNumber } from '../kernel/ids.ts';
import { nameKey } from '../kernel/names.ts';
import { command, dotted, type Inline, strong } from '../kernel/text.ts';
import type { Ctx } from './context.ts';
import type { LookupOption } from './lookup.ts';
import { engineMessages as t } from './messages.ts';

/** A name fits several records; dispatch turns the candidates into buttons. */
export class AmbiguousRef extends AppError {
  readonly field: string | undefined;
  readonly candidates: { ref: Ref; label: Inline }[];

  constructor(text: string, candidates: LookupOption[], field: string | undefined) {
    super('ambiguous', t('ambiguous', { text: strong(text) }));
    this.field = field;
    this.candidates = candidates.slice(0, 5).map(({ ref, detail }) => ({ ref, label: labelOf(ref, detail) }));
  }
}

/**
 * Finds the one record a person means. A visible number decides its kind. A name means a record called exactly
 * that, and of several kinds the first in the order of `lookups`: `acme` is the customer, not also each of its
 * deals. Another organization's record is simply not found. Throws AppError `not_found`, AmbiguousRef.
 */
export async function resolveRef(
  ctx: Ctx,
  lookups: readonly string[],
  text: string,
  field?: string,
): Promise<Ref> {
  const number = parseNumber(text);
  const kinds = number && lookups.includes(number.kind) ? [number.kind] : lookups;
  const byKind: LookupOption[][] = [];
  for (const kind of kinds) {
    const lookup = ctx.catalog.lookup(kind);
    if (lookup) byKind.push(await lookup.resolve(ctx, text));
  }
  const key = nameKey(text);
  const equal = byKind.map((options) => options.filter(({ ref }) => nameKey(ref.label) === key));
  const found = [...equal, ...byKind].find((options) => options.length > 0) ?? [];
  const [only] = found;
  if (found.length === 1 && only) return only.ref;
  if (found.length > 1) throw new AmbiguousRef(text, found, field);
  const message = t('not-found', { text, find: command(`find ${text}`) });
  throw new AppError('not_found', message, field === undefined ? {} : { fields: [{ field, message }] });
}

export function labelOf(ref: Ref, detail?: Inline): Inline {
  const name = ref.key === ref.label ? ref.label : `${ref.key} ${ref.label}`;
  return detail === undefined ? name : dotted(name, detail);
}
