import type { Ref } from '../kernel/fields.ts';
import type { Inline } from '../kernel/text.ts';
import type { Ctx } from './context.ts';

export interface LookupOption {
  ref: Ref;
  /** What tells it apart from others of the same name. */
  detail?: Inline;
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
}

export function defineLookup(lookup: Lookup): Lookup {
  return lookup;
}
