import type { Role } from '../../../kernel/context.ts';
import type { RecordChange } from '../../../runtime/context.ts';
import type { RecordKind } from '../../../store/records.ts';

/** How long after a write `undo` takes it back. */
export const undoMinutes = 10;

export function isUndoable(at: Date, now: Date): boolean {
  return now.getTime() - at.getTime() <= undoMinutes * 60_000;
}

/** An entry of the audit with the one it followed from. */
export type Consequence = {
  id: string;
  causeId: string | null;
  /** It changed a record on which an undo has no hold. */
  isFinal: boolean;
};

/**
 * What an undo of the entry takes back with it, and what stays: the final ones, and everything that followed from
 * those (the news of them).
 */
export function splitAtFinal(
  entryId: string,
  consequences: readonly Consequence[],
): { undone: string[]; final: string[] } {
  const undone = [entryId];
  const final: string[] = [];
  // Grows while it is gone through: each adds those that followed from it.
  for (const causeId of undone) {
    for (const one of consequences) {
      if (one.causeId === causeId) (one.isFinal ? final : undone).push(one.id);
    }
  }
  return { undone, final };
}

/** Everything one action and what followed from it did to one record, as one step back. */
export interface Reversal {
  kind: string;
  recordId: string;
  number: string | null;
  /** Version after the first of the changes. */
  firstVersion: number;
  /** Version the record must still have. */
  version: number;
  /** The action made the record: undo archives it. */
  wasCreated: boolean;
  /** Values from before the first of the changes. */
  before: Record<string, unknown>;
  /** Somebody else's change lies between the noted ones. */
  isInterrupted: boolean;
}

/**
 * One step back per record. Created records come first: archiving them makes room for what they replaced.
 */
export function reversalsOf(changes: readonly RecordChange[]): Reversal[] {
  const byRecord = new Map<string, RecordChange[]>();
  for (const change of changes) {
    const id = `${change.kind} ${change.recordId}`;
    byRecord.set(id, [...(byRecord.get(id) ?? []), change]);
  }
  const reversals = [...byRecord.values()].map((all): Reversal => {
    const inOrder = [...all].sort((a, b) => a.version - b.version);
    const first = inOrder[0] as RecordChange;
    const last = inOrder[inOrder.length - 1] as RecordChange;
    return {
      kind: first.kind,
      recordId: first.recordId,
      number: first.number,
      firstVersion: first.version,
      version: last.version,
      wasCreated: first.op === 'create',
      before: Object.assign({}, ...inOrder.map(({ before }) => before).reverse()),
      isInterrupted: last.version - first.version !== inOrder.length - 1,
    };
  });
  return [
    ...reversals.filter((reversal) => reversal.wasCreated),
    ...reversals.filter((reversal) => !reversal.wasCreated),
  ];
}

/** Which entry changed a record, and what that entry belongs to. */
export interface Trace {
  auditId: string;
  /** The entry this one took back. */
  undoes: string | null;
  /** The entry this one followed from. */
  causeId: string | null;
}

/**
 * Of later changes those that still count: an entry and its undo cancel each other, with everything that
 * followed from them. So a person may undo step by step.
 */
export function stillCounting<T extends Trace>(later: readonly T[]): T[] {
  const present = new Set(later.map(({ auditId }) => auditId));
  const gone = new Set<string>();
  for (const { auditId, undoes } of later) {
    if (undoes !== null && present.has(undoes)) gone.add(auditId).add(undoes);
  }
  for (let before = -1; before !== gone.size; ) {
    before = gone.size;
    for (const { auditId, causeId } of later) if (causeId !== null && gone.has(causeId)) gone.add(auditId);
  }
  return later.filter(({ auditId }) => !gone.has(auditId));
}

const technicalNames = new Set([
  'archivedAt',
  'createdAt',
  'updatedAt',
  'version',
  'source',
  'externalId',
  'emailDomain',
  'position',
  'currency',
]);

/** Columns people never see: keys for look-up, bookkeeping, and the currency that is shown with its amount. */
export function isTechnical(column: string): boolean {
  return technicalNames.has(column) || column.endsWith('Key') || column.endsWith('Currency');
}

/** `closeOn` → `close on`: what a column is called where nobody has given it a name. */
export function wordsOf(column: string): string {
  return column
    .replace(/(Minor|Id|At|BasisPoints)$/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
}

/** Fields of a change a reader with these roles is not told of. */
export function withheldFields(
  kind: Pick<RecordKind, 'restricted'>,
  { before, after }: Pick<RecordChange, 'before' | 'after'>,
  roles: readonly Role[],
): string[] {
  return Object.entries(kind.restricted ?? {}).flatMap(([field, readers]) =>
    (field in before || field in after) && !roles.some((role) => readers.includes(role)) ? [field] : [],
  );
}
