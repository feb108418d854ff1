import { AppError } from '../kernel/errors.ts';
import type { Ref } from '../kernel/fields.ts';
import { parseNumber } from '../kernel/ids.ts';
import { nameKey } from '../kernel/names.ts';
import { command, dotted, type Inline, strong } from '../kernel/text.ts';
import type { Ctx } from './context.ts';
import type { Lookup, LookupOption } from './lookup.ts';
import { engineMessages as t } from './messages.ts';

/** A name fits several records; dispatch turns the candidates into buttons. */
export class AmbiguousRef extends AppError {
  readonly field: string | undefined;
  readonly options: readonly LookupOption[];
  readonly candidates: { ref: Ref; label: Inline }[];

  /** `question`: what is asked instead of which one is meant. */
  constructor(
    text: string,
    candidates: readonly LookupOption[],
    field: string | undefined,
    question: Inline = t('ambiguous', { text: strong(text) }),
  ) {
    super('ambiguous', question);
    this.field = field;
    this.options = candidates;
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
    if (lookup) byKind.push(await asked(lookup, ctx, text, field));
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

/** A lookup that asks by itself does not know for which field. */
async function asked(
  lookup: Lookup,
  ctx: Ctx,
  text: string,
  field: string | undefined,
): Promise<LookupOption[]> {
  try {
    return await lookup.resolve(ctx, text);
  } catch (error) {
    if (!(error instanceof AppError) || field === undefined) throw error;
    if (error instanceof AmbiguousRef) throw new AmbiguousRef(text, error.options, field, error.text);
    if (error.fields.length > 0) throw error;
    const { code, text: message, waysOut, cause } = error;
    throw new AppError(code, message, { fields: [{ field, message }], waysOut, cause });
  }
}

export function labelOf(ref: Ref, detail?: Inline): Inline {
  const name = ref.key === ref.label ? ref.label : `${ref.key} ${ref.label}`;
  return detail === undefined ? name : dotted(name, detail);
}
