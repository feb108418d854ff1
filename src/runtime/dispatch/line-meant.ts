import type { z } from 'zod';
import { AppError } from '../../kernel/errors.ts';
import { fieldMeta } from '../../kernel/fields.ts';
import type { Action } from '../action.ts';
import { type Call, readingContext } from '../execute.ts';
import { typedForm } from '../generic-verbs.ts';
import { printLine } from '../grammar/print.ts';
import { specOf } from '../grammar/spec.ts';
import { resolveRef } from '../resolve.ts';
import type { Session } from '../session.ts';

/** More words than these are no name. */
const mostNameWords = 4;

/**
 * The line that was probably meant where a record cannot be found. It is one the lookup knows to be near; or what was
 * typed begins with the name of a record, and the words after it were meant as something else: the name of what is new
 * (`deal acme pumps 80k 10:00`), who was met (`log visit acme Jane -- ok`), the note (`log call acme talked on price`).
 */
export async function lineMeant(
  session: Session,
  { action, raw }: Call,
  error: AppError,
): Promise<string | undefined> {
  if (error.code !== 'not_found' || error.waysOut.length > 0) return undefined;
  const [problem, more] = error.fields;
  const typed = typedForm(session.engine.registry, action);
  if (!typed || !problem || more) return undefined;
  const { field, suggestion } = problem;
  if (suggestion !== undefined) return printLine(typed, { ...raw, [field]: suggestion }, session.read);
  const schema = action.input.shape[field];
  const lookups = schema && fieldMeta(schema as z.ZodType)?.lookups;
  const text = raw[field];
  if (!lookups || typeof text !== 'string') return undefined;
  const words = text.trim().split(/\s+/);
  for (let count = Math.min(words.length - 1, mostNameWords); count > 0; count--) {
    const placed = placeOf(typed, raw, field, words.slice(count).join(' '));
    if (!placed) return undefined;
    const name = words.slice(0, count).join(' ');
    if (await isFound(session, lookups, name))
      return printLine(typed, { ...raw, [field]: name, ...placed }, session.read);
  }
  return undefined;
}

/** The field the words after a record's name were probably meant for. */
function placeOf(
  action: Action,
  raw: Record<string, unknown>,
  field: string,
  rest: string,
): Record<string, unknown> | undefined {
  const spec = specOf(action);
  const isFree = (name: string) => (raw[name] ?? '') === '';
  const at = spec.positional.findIndex(({ name }) => name === field);
  const next = at < 0 ? undefined : spec.positional.slice(at + 1).find(({ meta }) => meta.kind === 'text');
  if (next) return { [next.name]: isFree(next.name) ? rest : `${rest} ${String(raw[next.name])}` };
  const people = [...spec.fields.values()].find(({ meta, name }) => meta.names && isFree(name));
  const met =
    people &&
    withoutKey(
      rest,
      [...spec.keys].filter(([, of]) => of === people).map(([key]) => key),
    );
  if (people && met !== undefined) return { [people.name]: met };
  if (spec.note && isFree(spec.note.name)) return { [spec.note.name]: rest };
  return people && rest.split(/\s+/).length <= mostNameWords ? { [people.name]: rest } : undefined;
}

/** `met Jane`, `见王敏` without the word that says what they are. */
function withoutKey(text: string, keys: readonly string[]): string | undefined {
  const lower = text.toLowerCase();
  const isHan = (key: string) => /^\p{Script=Han}+$/u.test(key);
  const key = [...keys]
    .sort((a, b) => b.length - a.length)
    .find((one) => lower.startsWith(isHan(one) ? one : `${one} `));
  const rest = key === undefined ? '' : text.slice(key.length).trim();
  return rest === '' ? undefined : rest;
}

async function isFound(session: Session, lookups: readonly string[], name: string): Promise<boolean> {
  try {
    await resolveRef(readingContext(session), lookups, name);
    return true;
  } catch (error) {
    if (error instanceof AppError) return error.code === 'ambiguous';
    throw error;
  }
}
