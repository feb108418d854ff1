import type { Ctx } from '../../../runtime/context.ts';
import { changeRecord, createRecord, readRecord, requireRecord } from '../../../store/records.ts';
import type { RelationshipState, SalesState, Twin, ValueClass } from './model.ts';
import { likenessOf, touch, twinsOf } from './queries.ts';
import { type AccountRow, accountRecord } from './record.ts';
import { requireLive, writable } from './rights.ts';
import { relationshipAfter } from './rules.ts';

export { type ClassDecision, decideClasses } from './class-queries.ts';
export { accountClassReleased } from './events.ts';
export {
  besideEachOther,
  fillFrom,
  type MergeRow,
  type MergeWords,
  mergeAskCard,
  mergedCard,
  mergeOutput,
} from './merging.ts';
export type { ClassDecider, RelationshipState, SalesState, Twin, ValueClass } from './model.ts';
export { relationshipStates, salesStates, valueClasses } from './model.ts';
export type { AccountRow } from './record.ts';

export interface NewAccount {
  name: string;
  domain?: string | null | undefined;
  phone?: string | null | undefined;
  industry?: string | null | undefined;
  location?: string | null | undefined;
  parentId?: string | null | undefined;
  ownerId?: string | null | undefined;
  /** Counts as set by hand. */
  valueClass?: ValueClass | null | undefined;
  note?: string | null | undefined;
  /** Default `to-identify`; the relationship state follows. */
  salesState?: SalesState | undefined;
  salesStateReason?: string | undefined;
}

/** Live customers that look like the same company, the surest sign first named. Empty: it is a new one. */
export function findTwins(
  ctx: Ctx,
  like: { name: string; domain?: string | null | undefined; phone?: string | null | undefined },
): Promise<Twin[]> {
  return twinsOf(ctx, likenessOf(like));
}

/** Saves a new customer. Does not look for twins: ask findTwins first. */
export function createAccount(ctx: Ctx, values: NewAccount): Promise<AccountRow> {
  const { salesState = 'to-identify', ...rest } = values;
  return createRecord(ctx, accountRecord, {
    ...rest,
    ...(rest.valueClass ? { valueClassBy: 'hand' as const } : {}),
    ...likenessOf(values),
    salesState,
    relationshipState: relationshipAfter('potential', salesState),
  });
}

/** One customer by id, archived ones included. */
export function readAccount(ctx: Ctx, id: string): Promise<AccountRow | undefined> {
  return readRecord(ctx, accountRecord, id);
}

/** Notes that somebody was in touch with the customer; an earlier touch than the known one changes nothing. */
export function touchAccount(ctx: Ctx, id: string, at: Date): Promise<void> {
  return touch(ctx, id, at);
}

/**
 * Moves the customer through its sales life; the relationship state follows. `reason` is for people (`D-142
 * opened`). The state it already has: nothing happens. Throws AppError `not_found`.
 */
export async function setSalesState(
  ctx: Ctx,
  id: string,
  state: SalesState,
  reason: string,
): Promise<AccountRow> {
  const account = await requireRecord(ctx, accountRecord, id);
  if (account.salesState === state) return account;
  const relationshipState: RelationshipState = relationshipAfter(account.relationshipState, state);
  return changeRecord(ctx, accountRecord, account, {
    salesState: state,
    salesStateReason: reason,
    ...(relationshipState === account.relationshipState
      ? {}
      : { relationshipState, relationshipReason: reason }),
  });
}

/** The customer, refused when archived, with the way on. Throws AppError `not_found`, `rule`. */
export async function requireLiveAccount(ctx: Ctx, id: string): Promise<AccountRow> {
  const account = await requireRecord(ctx, accountRecord, id);
  await requireLive(ctx, account);
  return account;
}

/** Lets pass who may change the customer: owner, manager above, admin. Throws AppError `forbidden`. */
export async function requireAccountWrite(ctx: Ctx, id: string): Promise<AccountRow> {
  return writable(ctx, id);
}

export { type AccountsByName, accountsByName } from './import.ts';
