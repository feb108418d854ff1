import type { Catalog } from '../kernel/i18n.ts';
import type { Inline } from '../kernel/text.ts';
import type { RecordKind } from '../store/records.ts';
import type { Block } from '../view/card.ts';
import type { Action } from './action.ts';
import type { Ctx } from './context.ts';
import type { Subscription } from './event.ts';
import type { Guard } from './guard.ts';
import type { Job } from './job.ts';
import type { Lookup } from './lookup.ts';
import type { NotificationDefinition } from './notification.ts';

/** A part of the home screen ("my day"): features add their own, ordered by `order`. */
export interface HomeSection {
  order: number;
  title: Inline;
  /** No blocks: the section vanishes. */
  blocks(ctx: Ctx): Promise<Block[]>;
}

/** How the generic verbs (`show`, `set`, `archive`, …) reach the actions of one kind of record. */
export interface RecordActions {
  kind: string;
  show: string;
  set?: string;
}

export interface Feature {
  /** `<context>/<feature>`, the folder. */
  name: string;
  messages: Catalog;
  actions: readonly Action[];
  /** Numbered or not, the kinds of record this feature owns. */
  records?: readonly RecordKind[];
  recordActions?: readonly RecordActions[];
  lookups?: readonly Lookup[];
  subscriptions?: readonly Subscription[];
  notifications?: readonly NotificationDefinition<never>[];
  jobs?: readonly Job[];
  guards?: readonly Guard[];
  home?: readonly HomeSection[];
}

/** Declares a feature. Adding one = its folder and one line in `features/index.ts`. */
export function defineFeature(feature: Feature): Feature {
  return feature;
}
