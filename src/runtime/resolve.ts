import { AppError } from '../kernel/errors.ts';
import type { Ref } from '../kernel/fields.ts';
import { parseNumber } from '../kernel/ids.ts';
import { nameKey } from '../kernel/names.ts';
import { editDistance, nearest } from '../kernel/recognise/spelling.ts';
import { flat } from '../kernel/recognise/words.ts';
import { code, command, dotted, type Inline, listed, strong } from '../kernel/text.ts';
import type { Ctx } from './context.ts';
import type { Lookup, LookupOption } from './lookup.ts';
import { engineMessages as t } from './messages.ts';

/** More choices than these are no help. */
const mostNamed = 12;

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
 * that, and of several kinds the first in the order of `lookups` that has something still worked on: `acme` is the
 * customer, not also each of its deals, nor the only one, which is won. Another organization's record is simply not found. Throws AppError `not_found`, AmbiguousRef.
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
  const found = firstOpen(equal) ?? firstOpen(byKind) ?? [];
  const [only] = found;
  if (found.length === 1 && only) return only.ref;
  if (found.length > 1) throw new AmbiguousRef(text, found, field);
  const { message, suggestion } = (await closedList(ctx, kinds, text)) ?? {
    message: notFound(ctx, kinds, text),
  };
  const problem = suggestion === undefined ? { message } : { message, suggestion };
  throw new AppError('not_found', message, field === undefined ? {} : { fields: [{ field, ...problem }] });
}

function notFound(ctx: Ctx, kinds: readonly string[], text: string): Inline {
  // Our own pages have nothing to type into.
  if (ctx.platform === 'web') return t('not-found-page', { text });
  if (kinds.every((kind) => kind === 'member'))
    return t('not-found-person', { text, list: command('team', '团队') });
  return t('not-found', { text, find: command(`find ${text}`) });
}

/** Of two Chinese characters one wrong is half the word: it is meant if only one word is that near. */
function onlyLike(text: string, words: readonly string[]): string | undefined {
  if (!/^\p{Script=Han}{2}$/u.test(text)) return undefined;
  const [only, more] = words.filter((word) => word.length === 2 && editDistance(text, word, 1) === 1);
  return more === undefined ? only : undefined;
}

/** `move D-142 qoute`: of few there are all are named, and the one that was probably meant. */
async function closedList(
  ctx: Ctx,
  kinds: readonly string[],
  text: string,
): Promise<{ message: Inline; suggestion?: string } | undefined> {
  const lookups = kinds.map((kind) => ctx.catalog.lookup(kind));
  if (lookups.length === 0 || lookups.some((lookup) => !lookup?.isShort)) return undefined;
  const found = await Promise.all(lookups.map((lookup) => lookup?.search(ctx, '', mostNamed) ?? []));
  const options = found.flat().map(({ ref }) => ref);
  const typed = ({ key, label }: Ref) => (ctx.read.locale === 'zh-CN' ? label : key);
  const all = listed(options.map((ref) => code(typed(ref))));
  const words = new Map(
    options.flatMap((ref) => [ref.key, ref.label].map((word) => [flat(word), typed(ref)] as const)),
  );
  const near = nearest(flat(text), words.keys()) ?? onlyLike(flat(text), [...words.keys()]);
  const meant = near === undefined ? undefined : words.get(near);
  return meant === undefined
    ? { message: t('not-found-of', { text, all }) }
    : { message: t('not-found-meant', { text, meant, all }), suggestion: meant };
}

/** The first kind with a record that is not closed; where all are, the first with any. */
function firstOpen(byKind: readonly LookupOption[][]): LookupOption[] | undefined {
  return (
    byKind.find((options) => options.some(({ isClosed }) => !isClosed)) ??
    byKind.find((options) => options.length > 0)
  );
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
