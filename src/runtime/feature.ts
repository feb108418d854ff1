import type { Catalog } from '../kernel/i18n.ts';
import type { Inline } from '../kernel/text.ts';
import type { RecordKind } from '../store/records.ts';
import type { Block } from '../view/card.ts';
import type { Action } from './action.ts';
import type { ApprovalKind } from './approval-kind.ts';
import type { Ctx } from './context.ts';
import type { DigestPart } from './digest.ts';
import type { Subscription } from './event.ts';
import type { Guard } from './guard.ts';
import type { Importer } from './importer.ts';
import type { Job } from './job.ts';
import type { Lookup } from './lookup.ts';
import type { NotificationDefinition } from './notification.ts';
import type { Timer } from './scheduler.ts';

/** A part of the home screen ("my day"): features add their own, ordered by `order`. */
export interface HomeSection {
  order: number;
  title: Inline;
  /** No blocks: the section vanishes. */
  blocks(ctx: Ctx): Promise<Block[]>;
}

/**
 * How the generic verbs (`show`, `set`, `archive`, …) reach the actions of one kind of record: names of actions.
 * A forward passes raw input, so the fields follow one convention: the first is called like the kind and takes
 * the record (`{ deal: 'D-142', … }`, `{ account: 'C-88' }`). Of the others the forward fills, by their types:
 * `set` – any, by name, key word or label; `assign` – the first person field; `merge` – the second reference (the
 * record that stays); `note` – the field that takes this kind of record, the `note` option of a choice, the note.
 */
export interface RecordActions {
  kind: string;
  show: string;
  set?: string;
  assign?: string;
  archive?: string;
  restore?: string;
  merge?: string;
  note?: string;
}

/**
 * A part of the card of a record another feature owns (open deals on a customer's card), ordered by `order`.
 * The owner's show action appends it; see runtime/record-parts.ts.
 */
export interface RecordSection {
  kind: string;
  order: number;
  /** No blocks: the section vanishes. Bounded: one query, a handful of rows. */
  blocks(ctx: Ctx, id: string): Promise<Block[]>;
}

/** How records that point at a record of `kind` follow when it is merged into another one. */
export interface RecordMerge {
  kind: string;
  /** Moves through store/repoint or changeRecord, so that undo brings them back. Says what moved; `undefined`: nothing did. */
  move(ctx: Ctx, fromId: string, intoId: string): Promise<Inline | undefined>;
}

/** What a record of `kind` belongs to: what is said about a deal is said about its account too. */
export interface RecordLinks {
  kind: string;
  /** Ids by kind of record, its own left out: `{ account: '…' }`. */
  links(ctx: Ctx, id: string): Promise<Readonly<Record<string, string>>>;
}

export interface Feature {
  /** `<context>/<feature>`, the folder. */
  name: string;
  messages: Catalog;
  actions: readonly Action[];
  /** Numbered or not, the kinds of record this feature owns. */
  records?: readonly RecordKind[];
  recordActions?: readonly RecordActions[];
  recordSections?: readonly RecordSection[];
  recordMerges?: readonly RecordMerge[];
  recordLinks?: readonly RecordLinks[];
  lookups?: readonly Lookup[];
  subscriptions?: readonly Subscription[];
  notifications?: readonly NotificationDefinition<unknown>[];
  jobs?: readonly Job[];
  /** Recurring jobs of every organization. */
  timers?: readonly Timer[];
  guards?: readonly Guard[];
  home?: readonly HomeSection[];
  digestParts?: readonly DigestPart[];
  /** What people may ask leave for. */
  approvalKinds?: readonly ApprovalKind[];
  importers?: readonly Importer[];
  /** What every new organization starts with; runs in the transaction that makes it. */
  furnish?(ctx: Ctx): Promise<void>;
}

/** Declares a feature. Adding one = its folder and one line in `features/index.ts`. */
export function defineFeature(feature: Feature): Feature {
  return feature;
}
