import type { RecordContext } from './changes.ts';
import {
  changeRecord,
  createRecords,
  type NewRecord,
  type RecordKind,
  type RecordPatch,
  type RecordTable,
} from './records.ts';

/** What an import wants of one record: a new one, or an existing one with these values. */
export interface Wanted<T extends RecordTable> {
  existing: T['$inferSelect'] | undefined;
  /** Of a new record. */
  values: NewRecord<T>;
  /** Of an existing record: only what the file says, so that blanks leave values alone. */
  patch: RecordPatch<T>;
}

export interface Upserted {
  created: number;
  matched: number;
  changed: number;
}

/** Creates what is new in bulk and changes what differs; what is equal is left untouched and counted as matched. */
export async function upsertRecords<T extends RecordTable>(
  ctx: RecordContext,
  kind: RecordKind<T>,
  wanted: readonly Wanted<T>[],
  options: { firstNumber?: number | undefined; progress?: (done: number) => void } = {},
): Promise<Upserted> {
  const fresh = wanted.filter((one) => one.existing === undefined).map((one) => one.values);
  await createRecords(ctx, kind, fresh, options);
  let matched = 0;
  let changed = 0;
  for (const { existing, patch } of wanted) {
    if (existing === undefined) continue;
    const row = (await changeRecord(ctx, kind, existing as never, patch)) as unknown;
    if (row === existing) matched++;
    else changed++;
    options.progress?.(fresh.length + matched + changed);
  }
  return { created: fresh.length, matched, changed };
}
