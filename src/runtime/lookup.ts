import type { Ref } from '../kernel/fields.ts';
import type { Inline } from '../kernel/text.ts';
import type { Ctx } from './context.ts';

export interface LookupOption {
  ref: Ref;
  /** What tells it apart from others of the same name. */
  detail?: Inline;
  /** Won, lost, dropped: of several kinds a name fits, one with something still worked on is meant. */
  isClosed?: boolean;
}

/** Finds records of one kind by what people type for them. */
export interface Lookup {
  /** `deal`, `account`, `member`, `stage`. */
  kind: string;
  label: Inline;
  /**
   * Records meant by `text` (a number, a uuid, a name): one when it is clear, up to six when it is not, none when
   * nothing fits. Never looks into another organization.
   */
  resolve(ctx: Ctx, text: string): Promise<LookupOption[]>;
  /** Type-ahead: at most `limit` options, best first; an empty query gives the most useful ones. */
  search(ctx: Ctx, query: string, limit: number): Promise<LookupOption[]>;
  /** So few that all can be named where none fits. */
  isShort?: boolean;
  /** Saves a record of that kind: offered, with the name filled in, where a line names one that is not there yet. */
  create?: { action: string; field: string; label: Inline };
}

export function defineLookup(lookup: Lookup): Lookup {
  return lookup;
}
