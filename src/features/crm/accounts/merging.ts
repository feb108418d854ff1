import { z } from 'zod';
import { dotted, type Inline, record, strike, strong } from '../../../kernel/text.ts';
import type { Block, Button, Card } from '../../../view/card.ts';
import { inlineShape } from '../../../view/card.ts';
import { t } from './messages.ts';

const named = z.strictObject({ number: z.string(), name: z.string() });
const results = ['same', 'kept', 'filled', 'taken'] as const;

/** Output of merging two records of a kind with these fields: what was done, or would be. */
export function mergeOutput<const F extends string>(fields: readonly [F, ...F[]]) {
  return z.strictObject({
    kept: named,
    gone: named,
    /** Side by side; `kept`: the value of the record that stays, `other`: of the one that goes. */
    rows: z.array(
      z.strictObject({
        field: z.enum(fields),
        kept: z.string().nullable(),
        other: z.string().nullable(),
        result: z.enum(results),
      }),
    ),
    /** What else moved, in words. */
    moved: z.array(inlineShape),
  });
}

export interface MergeRow<F extends string> {
  field: F;
  kept: string | null;
  other: string | null;
  result: (typeof results)[number];
}

export interface Merge<F extends string> {
  kept: { number: string; name: string };
  gone: { number: string; name: string };
  rows: MergeRow<F>[];
  moved: Inline[];
}

/**
 * What the kept record gets from the other one: its blanks, and the fields in `take`. `columns` says which
 * columns of a field travel together; the first tells whether there is a value.
 */
export function fillFrom<R extends object, F extends string>(
  kept: R,
  gone: R,
  columns: Readonly<Record<F, readonly [keyof R, ...(keyof R)[]]>>,
  take: readonly F[],
): Partial<R> {
  const patch: Partial<R> = {};
  for (const field of Object.keys(columns) as F[]) {
    const [main] = columns[field];
    if (gone[main] === null || (kept[main] !== null && !take.includes(field))) continue;
    for (const column of columns[field]) patch[column] = gone[column];
  }
  return patch;
}

/** Values of both records as text, field by field; fields neither has are left out. */
export function besideEachOther<F extends string>(
  fields: readonly F[],
  kept: Readonly<Record<F, string | null>>,
  other: Readonly<Record<F, string | null>>,
  isChanged: (field: F) => boolean,
): MergeRow<F>[] {
  return fields
    .filter((field) => kept[field] !== null || other[field] !== null)
    .map((field) => {
      const [own, their] = [kept[field], other[field]];
      const changed = own === null ? 'filled' : 'taken';
      const result = own === their ? 'same' : isChanged(field) ? changed : 'kept';
      return { field, kept: own, other: their, result };
    });
}

/** How the records of one kind are shown when two of them are merged. */
export interface MergeWords<F extends string> {
  /** Name of the merge action and of its field for the record that goes. */
  action: string;
  from: string;
  show: string;
  /** Fields of which either value may be chosen. */
  takeable: readonly F[];
  label(field: F): Inline;
  value(field: F, text: string): Inline;
  /** What follows the record that goes. */
  explain(from: Inline, into: Inline): Inline;
}

/** Asks before a merge: both records side by side; where both have a value, a button takes the other one. */
export function mergeAskCard<F extends string>(
  words: MergeWords<F>,
  merge: Merge<F>,
  take: readonly F[],
): Card {
  const from = record(merge.gone.number, merge.gone.name);
  const into = record(merge.kept.number, merge.kept.name);
  const rows = merge.rows.flatMap((row) => {
    const choice = choiceButton(words, merge, row, take);
    return choice ? [{ text: rowText(words, merge, row), buttons: [choice] }] : [];
  });
  return {
    tone: 'warn',
    title: t('merge-ask', { from, into }),
    blocks: [
      { t: 'text', of: words.explain(from, into) },
      sideBySide(words, merge),
      ...(rows.length > 0 ? [{ t: 'rows' as const, rows }] : []),
    ],
  };
}

export function mergedCard<F extends string>(words: MergeWords<F>, merge: Merge<F>): Card {
  const from = record(merge.gone.number, merge.gone.name);
  const into = record(merge.kept.number, merge.kept.name);
  const blocks: Block[] = [sideBySide(words, merge)];
  if (merge.moved.length > 0) blocks.push({ t: 'text', of: t('moved', { what: dotted(...merge.moved) }) });
  const open = { label: t('open-it'), press: { a: words.show, i: { [words.from]: merge.kept.number } } };
  blocks.push({ t: 'buttons', buttons: [open] });
  return { tone: 'ok', title: t('merge-done', { from, into }), blocks };
}

function sideBySide<F extends string>(words: MergeWords<F>, merge: Merge<F>): Block {
  const text = (field: F, value: string | null) => (value === null ? t('empty') : words.value(field, value));
  return {
    t: 'table',
    columns: [
      { label: t('merge-field') },
      { label: t('merge-stays', { number: merge.kept.number }) },
      { label: t('merge-goes', { number: merge.gone.number }) },
    ],
    cells: merge.rows.map(({ field, kept, other, result }) => [
      words.label(field),
      result === 'taken' ? strike(text(field, kept)) : text(field, kept),
      result === 'taken' || result === 'filled' ? strong(text(field, other)) : text(field, other),
    ]),
  };
}

function rowText<F extends string>(words: MergeWords<F>, merge: Merge<F>, row: MergeRow<F>): Inline {
  const { field, kept, other, result } = row;
  const own = kept === null ? t('empty') : words.value(field, kept);
  const their = other === null ? t('empty') : words.value(field, other);
  const what =
    result === 'taken'
      ? t('taken-value', { value: their, other: own })
      : t('kept-value', { value: own, other: their, number: merge.gone.number });
  return dotted(strong(words.label(field)), what);
}

/** Toggles which of two values stays. What nobody may choose (states, a parent that must give way) has none. */
function choiceButton<F extends string>(
  words: MergeWords<F>,
  merge: Merge<F>,
  { field, kept, other, result }: MergeRow<F>,
  take: readonly F[],
): Button | undefined {
  if (!words.takeable.includes(field) || kept === null || other === null || result === 'same')
    return undefined;
  const isTaken = take.includes(field);
  if (isTaken !== (result === 'taken')) return undefined;
  const next = isTaken ? take.filter((name) => name !== field) : [...take, field];
  const label = isTaken
    ? t('keep-it', { value: words.value(field, kept) })
    : t('take-it', { value: words.value(field, other) });
  const input = { [words.from]: merge.gone.number, into: merge.kept.number };
  return { label, press: { a: words.action, i: next.length > 0 ? { ...input, take: next } : input } };
}
