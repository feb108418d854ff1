import type { Money } from '../kernel/money.ts';
import type { Inline } from '../kernel/text.ts';
import type { Block } from '../view/card.ts';
import type { Ctx } from './context.ts';

/** What somebody asks for, as its kind stores it: JSON that survives a database. */
export type Asked = Readonly<Record<string, unknown>>;

/** What policies look at. What is not known, no rule speaks of. */
export interface ApprovalFacts {
  /** How much is asked (15 % = 1500). */
  percentBasisPoints?: number | undefined;
  /** What it is about; compared within one currency only. Minor units as text. */
  amount?: { amountMinor: string; currency: string } | undefined;
  /** Of the sale, should it be granted; where not every cost is known, the most it can be. */
  marginBasisPoints?: number | undefined;
  /** The product's own; without it the policy's. */
  floorBasisPoints?: number | undefined;
  productIds?: readonly string[] | undefined;
  valueClass?: 'A' | 'B' | 'C' | undefined;
}

export type Terms = Readonly<Record<string, string | number | null>>;

/** `{ kind: 'deal', id, number: 'D-142', name: 'Acme Pumps' }`. */
export interface ApprovalSubject {
  kind: string;
  id: string;
  number: string;
  name: string;
}

/** A request as it stands now. */
export interface ApprovalCase {
  subject: ApprovalSubject;
  /** Who answers for the subject; its owner's team decides who is in charge. */
  ownerId: string | null;
  /** Those who have a hand in it and therefore never decide: owner, creator, last editor. The requester is added. */
  involvedIds: readonly string[];
  /** Everything an answer rests on. When any of it differs later, the request is superseded. */
  terms: Terms;
  facts: ApprovalFacts;
}

/** What somebody who decides offers instead. */
export interface CounterOffer {
  percentBasisPoints?: number | undefined;
  amount?: Money | undefined;
}

/** One kind of thing people ask leave for; the feature that owns it says what it means. */
export interface ApprovalKind {
  /** `discount`. */
  kind: string;
  label: Inline;
  /** "15 % off D-142 Acme Pumps · CNY 95,000 → 80,750", of terms as they were read. */
  headline(subject: ApprovalSubject, terms: Terms): Inline;
  /**
   * The request as it stands now, in the caller's transaction; `undefined`: there is nothing left to decide (the deal
   * is closed or gone). `lock`: keeps what it rests on from changing until the commit.
   */
  read(ctx: Ctx, asked: Asked, options?: { lock?: boolean }): Promise<ApprovalCase | undefined>;
  /** What whoever decides wants to know besides: margin, class, earlier ones. Bounded; at most four blocks. */
  blocks(ctx: Ctx, asked: Asked): Promise<Block[]>;
  /** Less than was asked. Throws AppError for what is not less. Without it nothing else can be offered. */
  counter?(ctx: Ctx, asked: Asked, offer: CounterOffer): Promise<Asked>;
  /** Lookup of what it is about, and what would be asked about one of them: rules are tried out with it. */
  subject?: string;
  propose?(ctx: Ctx, subjectId: string, offer: CounterOffer): Promise<Asked>;
  /** Asked for again as it stands now: input of the action that does it. */
  again?(asked: Asked): { action: string; input: Record<string, unknown> };
  /** Makes it so, in the transaction of the decision; `null`: nobody had to decide. */
  grant(ctx: Ctx, asked: Asked, approval: { id: string; number: string } | null): Promise<void>;
}

export function defineApprovalKind(kind: ApprovalKind): ApprovalKind {
  return kind;
}
