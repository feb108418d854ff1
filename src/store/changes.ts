import type { Tx } from './tx.ts';

/** The part of an action's context that writing a record needs. */
export interface RecordContext {
  readonly org: { id: string };
  readonly now: Date;
  readonly tx: Tx;
  /** Everything is rolled back in the end: no number is drawn. */
  readonly isDryRun: boolean;
  newId(): string;
  changed(change: {
    kind: string;
    recordId: string;
    number: string | null;
    op: 'create' | 'update' | 'archive' | 'restore';
    version: number;
    before: Record<string, unknown>;
    after: Record<string, unknown>;
  }): void;
}
